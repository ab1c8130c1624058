using System.Globalization;

namespace MarketoLambda.Cli.Output;

/// <summary>Durations as people say them: two units at most.</summary>
internal static class Duration
{
    public static string Text(TimeSpan duration) => duration.Duration() switch
    {
        { TotalSeconds: < 10 } span => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0} s"),
        { TotalMinutes: < 2 } span => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0} s"),
        { TotalHours: < 2 } span => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0} min"),
        { TotalDays: < 2 } span => $"{(int)span.TotalHours} h {span.Minutes} min",
        var span => $"{(int)span.TotalDays} d {span.Hours} h",
    };
}
