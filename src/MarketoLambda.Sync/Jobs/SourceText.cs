using System.Globalization;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sync.Jobs;

/// <summary>Writes a value of a source's own type as text that does not depend on any culture.</summary>
internal static class SourceText
{
    public static string Format(object value) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        DateTimeOffset time => UtcText.Exact(time),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
