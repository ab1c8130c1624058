using System.Globalization;

namespace MarketoLambda.Cli.Output;

/// <summary>Durations as people say them: two units at most.</summary>
internal static class Duration
{
    /// <summary>Of two points in time that Marketo keeps in whole seconds.</summary>
    public static string WholeSeconds(TimeSpan duration) => duration.Duration() switch
    {
        { TotalSeconds: < 1 } => "< 1 s",
        { TotalSeconds: < 10 } span => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0} s"),
        var span => Text(span),
    };

    public static string Text(TimeSpan duration) => duration.Duration() switch
    {
        { TotalSeconds: < 10 } span => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0} s"),
        { TotalMinutes: < 2 } span => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0} s"),
        { TotalHours: < 2 } span => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0} min"),
        { TotalDays: < 2 } span => $"{(int)span.TotalHours} h {span.Minutes} min",
        var span => $"{(int)span.TotalDays} d {span.Hours} h",
    };
}
