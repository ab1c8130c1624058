using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace MarketoLambda.EndToEnd.Tests.Deployment;

/// <summary>template.yaml as a tree, its tags (<c>!Ref</c> …) kept.</summary>
internal sealed partial class Template
{
    private readonly YamlMappingNode _root;

    private Template(YamlMappingNode root) => _root = root;

    public IReadOnlyDictionary<string, YamlMappingNode> Parameters => Section("Parameters");

    public IReadOnlyDictionary<string, YamlMappingNode> Resources => Section("Resources");

    public IReadOnlyList<string> Outputs => [.. Section("Outputs").Keys];

    public YamlMappingNode Properties(string resource) => (YamlMappingNode)Resources[resource]["Properties"];

    public IReadOnlyList<string> Conditions => [.. ((YamlMappingNode)_root["Conditions"]).Children.Keys.Select(key => key.ToString())];

    public static Template Read()
    {
        YamlStream stream = [];
        stream.Load(new StringReader(Repository.Read("template.yaml")));
        return new Template((YamlMappingNode)stream.Documents[0].RootNode);
    }

    public IReadOnlyDictionary<string, YamlMappingNode> OfType(string type) =>
        Resources
            .Where(resource => resource.Value["Type"].ToString() == type)
            .ToDictionary(resource => resource.Key, resource => resource.Value);

    public string Text(string resource, string property) => Properties(resource)[property].ToString();

    public int Number(string resource, string property) =>
        int.Parse(Text(resource, property), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Names of parameters and resources that anything refers to.</summary>
    public IEnumerable<string> References() => All(_root).SelectMany(ReferencesOf);

    /// <summary>Names of conditions that anything depends on.</summary>
    public IEnumerable<string> UsedConditions() =>
        All(_root)
            .SelectMany(node =>
                node switch
                {
                    YamlSequenceNode { Tag.IsEmpty: false } choice when choice.Tag == "!If" => new[] { choice[0].ToString() },
                    YamlMappingNode map when map.Children.TryGetValue("Condition", out var condition) && condition is YamlScalarNode =>
                    [
                        condition.ToString(),
                    ],
                    _ => [],
                }
            );

    /// <summary>Every mapping below a node.</summary>
    public static IEnumerable<YamlMappingNode> Mappings(YamlNode node) => All(node).OfType<YamlMappingNode>();

    private Dictionary<string, YamlMappingNode> Section(string name) =>
        ((YamlMappingNode)_root[name]).Children.ToDictionary(child => child.Key.ToString(), child => (YamlMappingNode)child.Value);

    private static IEnumerable<string> ReferencesOf(YamlNode node)
    {
        if (node is not YamlScalarNode { Tag.IsEmpty: false, Value: { } value } scalar)
        {
            return [];
        }

        return scalar.Tag.Value switch
        {
            "!Ref" => [value],
            "!GetAtt" => [value.Split('.')[0]],
            "!Sub" => Substitution().Matches(value).Select(match => match.Groups[1].Value.Split('.')[0]),
            _ => [],
        };
    }

    private static IEnumerable<YamlNode> All(YamlNode node) => node switch
    {
        YamlMappingNode map => map.Children.SelectMany(child => All(child.Value)).Prepend(map),
        YamlSequenceNode sequence => sequence.SelectMany(All).Prepend(sequence),
        _ => [node],
    };

    [GeneratedRegex(@"\$\{([^!}]+)\}")]
    private static partial Regex Substitution();
}
