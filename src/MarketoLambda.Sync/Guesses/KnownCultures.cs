using System.Globalization;

namespace MarketoLambda.Sync.Guesses;

/// <summary>Ways to write numbers and dates that are tried.</summary>
internal static class KnownCultures
{
    /// <summary>A point before decimals, and nothing between thousands.</summary>
    public static CultureInfo Plain => CultureInfo.InvariantCulture;

    /// <summary>Those that write numbers differently: 1.234,5 and 1,234.5 and 1 234,5 and 1’234.5. The likeliest first.</summary>
    public static IReadOnlyList<CultureInfo> OfNumbers { get; } = [.. new[] { "de-DE", "en-US", "fr-FR", "de-CH" }.Select(Get)];

    /// <summary>Those that are tried where dates have words.</summary>
    public static IReadOnlyList<CultureInfo> OfDates { get; } =
        [.. new[] { "en-US", "en-GB", "de-DE", "fr-FR", "es-ES", "it-IT", "nl-NL", "pl-PL", "pt-BR" }.Select(Get)];

    private static CultureInfo Get(string name) => CultureInfo.GetCultureInfo(name);
}
