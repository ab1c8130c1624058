using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace MarketoLambda.Cli.Arguments;

/// <summary>A point in time on the command line: ISO 8601, UTC unless it says otherwise.</summary>
internal static class PointInTime
{
    public static Option<DateTimeOffset> Required(string name, string description) =>
        Create(name, description, isRequired: true, time => time);

    public static Option<DateTimeOffset?> Optional(string name, string description) =>
        Create<DateTimeOffset?>(name, description, isRequired: false, time => time);

    /// <summary>
    /// What was given, for rules about several options; null where it is absent, or no point in time: a mistake of its own.
    /// </summary>
    public static DateTimeOffset? From(OptionResult? given) => given?.Tokens is [var token] ? Read(token.Value) : null;

    private static Option<T> Create<T>(string name, string description, bool isRequired, Func<DateTimeOffset, T> convert) => new(name)
    {
        Description = $"{description}, as 2026-01-31 or 2026-01-31T13:45:00Z (UTC unless an offset is given)",
        HelpName = "TIME",
        Required = isRequired,
        CustomParser = result =>
        {
            if (Read(result.Tokens[0].Value) is { } time)
            {
                return convert(time);
            }

            result.AddError($"{name} \"{result.Tokens[0].Value}\" is not a point in time. Write it as 2026-01-31 or 2026-01-31T13:45:00Z.");
            return default;
        },
    };

    private static DateTimeOffset? Read(string text) =>
        DateTimeOffset.TryParseExact(
            text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;

    private static readonly string[] Forms =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mm",
        "yyyy-MM-dd'T'HH:mm:ss",
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd'T'HH:mmK",
    ];
}
