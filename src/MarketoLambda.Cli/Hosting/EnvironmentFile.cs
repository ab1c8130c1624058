using Microsoft.Extensions.Configuration;

namespace MarketoLambda.Cli.Hosting;

/// <summary>A file <c>.env</c> with a setting a line, as <c>Marketo__ClientId=…</c>.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Values">By their names, as in the environment.</param>
internal sealed record EnvironmentFile(string Path, IReadOnlyDictionary<string, string> Values)
{
    private const string Export = "export ";

    /// <summary>The same, as the program reads settings.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Settings =>
        Values.Select(value => KeyValuePair.Create(
            value.Key.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal),
            (string?)value.Value));

    /// <summary>The one in the folder of that job file; null where there is none.</summary>
    /// <exception cref="WrongInputException">A line of it is no setting.</exception>
    public static EnvironmentFile? Beside(string jobsPath)
    {
        var path = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(jobsPath) ?? "", ".env");
        return File.Exists(path) ? Parse(path, File.ReadAllLines(path)) : null;
    }

    /// <summary>Blank lines and those that begin with # are left out, as are quotes around a value, and <c>export</c>.</summary>
    /// <exception cref="WrongInputException">A line of it is no setting.</exception>
    internal static EnvironmentFile Parse(string path, IReadOnlyList<string> lines)
    {
        Dictionary<string, string> values = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (index, line) in lines.Index())
        {
            var text = line.Trim();
            text = text.StartsWith(Export, StringComparison.Ordinal) ? text[Export.Length..].TrimStart() : text;
            if (text.Length == 0 || text[0] == '#')
            {
                continue;
            }

            var at = text.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0 || text[..at].TrimEnd().Any(char.IsWhiteSpace))
            {
                throw new WrongInputException(
                    $"{path} line {index + 1} is no setting. Write it as NAME=VALUE, or begin it with # as a comment.");
            }

            values[text[..at].TrimEnd()] = Unquoted(text[(at + 1)..].TrimStart());
        }

        return new EnvironmentFile(path, values);
    }

    private static string Unquoted(string value) =>
        value is [('"' or '\'') and var quote, .. var inner, var last] && quote == last ? inner : value;
}
