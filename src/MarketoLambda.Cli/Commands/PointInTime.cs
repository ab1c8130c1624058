using System.CommandLine;
using System.Globalization;

namespace MarketoLambda.Cli.Commands;

/// <summary>A point in time on the command line: ISO 8601, UTC unless it says otherwise.</summary>
internal static class PointInTime
{
    public static Option<DateTimeOffset?> Option(string name, string description, bool isRequired) => new(name)
    {
        Description = $"{description}, as 2026-01-31 or 2026-01-31T13:45:00Z (UTC unless an offset is given)",
        HelpName = "TIME",
        Required = isRequired,
        CustomParser = result =>
        {
            if (DateTimeOffset.TryParseExact(result.Tokens[0].Value, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
            {
                return time;
            }

            result.AddError($"{name} \"{result.Tokens[0].Value}\" is not a point in time. Write it as 2026-01-31 or 2026-01-31T13:45:00Z.");
            return null;
        },
    };

    private static readonly string[] Forms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];
}
