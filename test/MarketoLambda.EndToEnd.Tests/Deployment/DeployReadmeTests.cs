using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace MarketoLambda.EndToEnd.Tests.Deployment;

/// <summary>The README of the functions, followed line by line without an account: whatever a line names is there.</summary>
public sealed partial class DeployReadmeTests
{
    internal const string Path = "src/MarketoLambda.Functions/README.md";

    private static readonly Template Template = Template.Read();
    private static readonly string Readme = Repository.Read(Path);

    private static IReadOnlyList<string> Commands { get; } =
    [
        .. Readme.Split('\n')
            .Where(line => line.StartsWith("    ", StringComparison.Ordinal))
            .Select(line => line.Trim())
            .Where(line => Program().IsMatch(line)),
    ];

    private static IReadOnlyList<string> Puts { get; } =
        [.. Commands.Where(command => command.StartsWith("aws ssm put-parameter", StringComparison.Ordinal))];

    [Fact]
    public void It_has_a_command_for_each_step()
    {
        var programs = Commands
            .Select(command => string.Join(' ', command.Split(' ').SkipWhile(word => word.Contains('=', StringComparison.Ordinal)).Take(2)))
            .ToHashSet();

        Assert.Superset(
            new HashSet<string> { "sam build", "sam deploy", "sam local", "sam delete", "aws ssm", "aws sqs", "aws s3" },
            programs);
    }

    [Fact]
    public void Every_parameter_it_gives_is_one_of_the_template_and_takes_that_value()
    {
        var given = Given().Matches(Readme).Select(match => (Name: match.Groups[1].Value, Value: match.Groups[2].Value)).ToList();

        Assert.True(given.Count > 6);
        Assert.All(given, parameter => Assert.True(Template.Parameters.ContainsKey(parameter.Name), parameter.Name));
        Assert.All(given.Where(parameter => !parameter.Value.Contains("MY_", StringComparison.Ordinal)), AssertTaken);
    }

    [Fact]
    public void Its_example_of_a_deployment_gives_the_seven_that_matter_and_all_that_have_no_default()
    {
        var deploy = Assert.Single(Commands, command => command.Contains("--parameter-overrides", StringComparison.Ordinal));
        var given = Override().Matches(deploy).Select(match => (Name: match.Groups[1].Value, Value: match.Groups[2].Value)).ToList();
        var required = Template
            .Parameters.Where(parameter => !parameter.Value.Children.ContainsKey("Default"))
            .Select(parameter => parameter.Key);

        Assert.Equal(7, given.Count);
        Assert.Empty(required.Except(given.Select(parameter => parameter.Name)));
        Assert.All(given, AssertTaken);
    }

    [Fact]
    public void Its_secrets_are_where_the_template_and_the_sources_look_for_them()
    {
        var names = Puts.Select(command => Regex.Match(command, @"--name (\S+)").Groups[1].Value).ToList();
        var probed = Template.Parameters
            .Where(parameter => parameter.Key.EndsWith("Parameter", StringComparison.Ordinal))
            .Select(parameter => parameter.Value["Default"].ToString())
            .Where(name => name.Length > 0);

        Assert.Empty(probed.Except(names));
        Assert.All(Puts, command => Assert.Contains("--type SecureString", command, StringComparison.Ordinal));
        Assert.All(
            names.Where(name => name.Contains("/connections/", StringComparison.Ordinal)),
            name =>
                Assert.Matches("/connections/(crm/(LoginUrl|ClientId|ClientSecret|Username|PrivateKey)|warehouse/ConnectionString)$", name)
        );
    }

    [Fact]
    public void Every_output_it_names_is_one_of_the_template()
    {
        var named = Output().Matches(Readme).Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.Contains("QueueUrl", named);
        Assert.Empty(named.Except(Template.Outputs));
    }

    [Fact]
    public void Every_path_it_names_is_there_and_every_link_leads_somewhere()
    {
        var paths = RepositoryPath().Matches(string.Join('\n', Commands)).Select(match => match.Value).Distinct()
            .Where(path => !path.EndsWith(".pem", StringComparison.Ordinal)) // is fetched by the line that names it
            .ToList();
        var links = Link().Matches(Readme).Select(match => match.Groups[1].Value)
            .Where(link => !link.StartsWith("http", StringComparison.Ordinal))
            .Select(link => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, link));

        Assert.True(paths.Count > 3);
        Assert.All(paths.Concat(links), path => Assert.True(System.IO.Path.Exists(System.IO.Path.Combine(Repository.Root, path)), path));
    }

    [Fact]
    public void Its_functions_and_configurations_of_sam_are_there()
    {
        var configurations = Regex.Matches(Repository.Read("samconfig.toml"), @"^\[(\w+)\.", RegexOptions.Multiline)
            .Select(match => match.Groups[1].Value).ToHashSet();
        var ignored = Repository.Read(".gitignore").Split('\n');

        Assert.All(Named("--config-env ([a-z]+)"), name => Assert.Contains(name, configurations));
        Assert.All(Named(@"sam local invoke (\w+)"), name => Assert.Contains(name, Template.Resources.Keys));
        Assert.All(
            Named("(sam deploy .*--guided.*)"),
            command => Assert.Contains("--config-file samconfig.local.toml", command, StringComparison.Ordinal));
        Assert.All(["samconfig.local.toml", "env.local.json"], file => Assert.Contains(file, ignored));
    }

    [Fact]
    public async Task Its_commands_of_the_program_are_understood()
    {
        const string program = "MarketoLambda.Cli -- ";
        var commands = Commands.Where(command => command.Contains(program, StringComparison.Ordinal))
            .Select(command => command[(command.IndexOf(program, StringComparison.Ordinal) + program.Length)..].Split(' '))
            .ToList();
        await using var local = await LocalHost.OpenAsync();

        Assert.True(commands.Count >= 3);
        await Assert.AllAsync(
            commands,
            async words =>
            {
                var name = words.TakeWhile(word => !word.StartsWith('-') && !word.Contains('.', StringComparison.Ordinal));
                var help = await local.RunAsync([.. name, "--help"]);

                Assert.Equal(0, help.ExitCode);
                Assert.All(
                    words.Where(word => word.StartsWith("--", StringComparison.Ordinal)),
                    option => Assert.Contains(option, help.Output + help.Error, StringComparison.Ordinal));
            });
    }

    [Theory]
    [InlineData("SyncFunction")]
    [InlineData("WebhookFunction")]
    public void Its_variables_for_sam_local_are_all_that_the_template_fills_from_a_stack_and_no_others(string function)
    {
        using var file = JsonDocument.Parse(Repository.Read("test/local/env.example.json"));
        var given = file.RootElement.GetProperty(function).EnumerateObject().ToList();
        var filled = Variables(function).Where(variable => !variable.Value.Tag.IsEmpty).Select(variable => variable.Key.ToString());

        Assert.Equal(filled.Order(), given.Select(variable => variable.Name).Order());
        Assert.All(
            given.Where(variable => variable.Name.EndsWith("Url", StringComparison.Ordinal)),
            variable => Assert.True(Uri.TryCreate(variable.Value.GetString(), UriKind.Absolute, out _), variable.Name));
    }

    [Fact]
    public void Its_settings_are_those_that_the_template_sets()
    {
        var rows = string.Join('\n', Readme.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)));
        var set = Template
            .OfType("AWS::Serverless::Function")
            .Keys.SelectMany(Variables)
            .Select(variable => variable.Key.ToString())
            .Distinct()
            .Where(name => !Regex.IsMatch(name, "^(ANNOTATIONS_HANDLER|Marketo__.*|FromSsm__.*)$"));

        Assert.All(set, name => Assert.Contains($"`{name}`", rows, StringComparison.Ordinal));
    }

    [Fact]
    public void Menus_of_marketo_are_called_the_same_everywhere()
    {
        string[] menus = ["Users & Roles", "LaunchPoint", "Web Services", "Webhooks", "Marketo Custom Objects", "Marketo Custom Activities"];
        var texts = Repository
            .SourceFiles("src")
            .Select(File.ReadAllText)
            .Concat([
                Repository.Read("README.md"),
                Repository.Read("src/MarketoLambda.Cli/README.md"),
                Readme,
                Repository.Read("template.yaml"),
            ]);

        var named = texts.SelectMany(text => Menu().Matches(text)).Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.NotEmpty(named);
        Assert.Empty(named.Except(menus));
    }

    private static IEnumerable<string> Named(string pattern) => Regex.Matches(Readme, pattern).Select(match => match.Groups[1].Value);

    private static IEnumerable<KeyValuePair<YamlNode, YamlNode>> Variables(string function) =>
        ((YamlMappingNode)Template.Properties(function)["Environment"]["Variables"]).Children;

    private static void AssertTaken((string Name, string Value) parameter)
    {
        var rules = Template.Parameters[parameter.Name].Children.ToDictionary(child => child.Key.ToString(), child => child.Value);
        var values = rules["Type"].ToString() == "CommaDelimitedList" ? parameter.Value.Split(',') : [parameter.Value];
        if (rules.TryGetValue("AllowedPattern", out var pattern))
        {
            Assert.All(values, value => Assert.Matches(pattern.ToString(), value));
        }
        else if (rules.TryGetValue("AllowedValues", out var allowed))
        {
            Assert.Contains(parameter.Value, ((YamlSequenceNode)allowed).Select(value => value.ToString()));
        }
    }

    [GeneratedRegex(@"^(\w+=\S+ )*(sam|aws|dotnet|curl|cp|objdump) ")]
    private static partial Regex Program();

    // In code spans; those of commands are checked with their command.
    [GeneratedRegex(@"`([A-Z]\w+)=([^`\s]+)`")]
    private static partial Regex Given();

    [GeneratedRegex(@"""?(\w+)=(\w+\([^)]*\)|[^\s""]+)""?")]
    private static partial Regex Override();

    [GeneratedRegex(@"(?:output|the) `(\w+(?:Url|Group))`")]
    private static partial Regex Output();

    [GeneratedRegex(@"\]\(([^)#]+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<![\w/.])(?:src|test)/[\w./-]+")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex(@"Admin > ([A-Z][\w&]*( (?:& )?[A-Z]\w*)*)")]
    private static partial Regex Menu();
}
