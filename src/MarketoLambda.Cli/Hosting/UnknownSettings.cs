using System.Reflection;
using MarketoLambda.Cli.Alerts;
using MarketoLambda.Marketo.Settings;
using MarketoLambda.Sync.Wording;
using Microsoft.Extensions.Configuration;

namespace MarketoLambda.Cli.Hosting;

/// <summary>
/// Settings that nobody reads, each with the one that may have been meant: a misspelled one would be passed over in silence.
/// </summary>
internal static class UnknownSettings
{
    private const string Connections = "Connections";
    private const string Separator = "__";

    private static readonly string[] OfConnections =
        ["ConnectionString", "LoginUrl", "ClientId", "ClientSecret", "Username", "PrivateKey", "ApiVersion"];

    private static readonly Dictionary<string, string[]> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        [MarketoOptions.Section] = NamesOf<MarketoOptions>(),
        [LocalHostOptions.Section] = NamesOf<LocalHostOptions>(),
        [AlertOptions.Section] = [.. NamesOf<AlertOptions>(), "ConfigurationSet"], // the last one is for functions
    };

    /// <summary>A sentence for each.</summary>
    public static IReadOnlyList<string> Find(IConfiguration settings) =>
        [.. settings.GetChildren().SelectMany(InSection)];

    private static IEnumerable<string> InSection(IConfigurationSection section)
    {
        if (Known.TryGetValue(section.Key, out var names))
        {
            return section.GetChildren().SelectMany(setting => Unless(names, $"{section.Key}{Separator}", setting.Key));
        }

        if (section.Key.Equals(Connections, StringComparison.OrdinalIgnoreCase))
        {
            return section.GetChildren().SelectMany(connection => connection.GetChildren().SelectMany(setting =>
                Unless(OfConnections, $"{section.Key}{Separator}{connection.Key}{Separator}", setting.Key)));
        }

        return section.Value is null ? Misspelled(section) : [.. WithOneUnderscore(section.Key), .. InOnePiece(section.Key)];
    }

    private static IEnumerable<string> Unless(IReadOnlyList<string> names, string before, string name) =>
        names.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? []
            : [Sentence($"{before}{name}", NearName.Hint($"{before}{name}", names.Select(known => $"{before}{known}"), mark: ""))];

    /// <summary>A section of somebody else is no mistake.</summary>
    private static IEnumerable<string> Misspelled(IConfigurationSection section) =>
        NearName.Find(section.Key, [.. Known.Keys, Connections]) is { } near && section.Key.Length > 2
            ? section.GetChildren().Select(setting => Sentence(
                $"{section.Key}{Separator}{setting.Key}",
                $" (did you mean {near}{Separator}{setting.Key}?)"))
            : [];

    private static IEnumerable<string> WithOneUnderscore(string name)
    {
        var meant = Known.SelectMany(section => section.Value.Select(setting => (Wrong: $"{section.Key}_{setting}", section.Key, setting)));
        return meant.Where(one => one.Wrong.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(one => Sentence(name, $" (did you mean {one.Key}{Separator}{one.setting}, with two underscores?)"));
    }

    /// <summary>Only a JSON file has such a name: the environment and <c>.env</c> take it apart.</summary>
    private static IEnumerable<string> InOnePiece(string name) =>
        name.Split(Separator) is [var section, var setting] && Known.Keys.Contains(section, StringComparer.OrdinalIgnoreCase)
            ? [$"{name} is how .env and the environment write it: in a JSON file it is {{ \"{section}\": {{ \"{setting}\": … }} }}."]
            : [];

    private static string Sentence(string name, string hint) => $"The setting {name} is not known and changes nothing{hint}.";

    private static string[] NamesOf<T>() =>
        [
            .. typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(setting => setting.CanWrite)
                .Select(setting => setting.Name),
        ];
}
