using System.Globalization;
using System.Text.Json.Nodes;
using MarketoLambda.Sync.Guesses;

namespace MarketoLambda.Sources.Guesses;

/// <summary>Tells the header of a table from titles that stand before it.</summary>
internal static class HeaderGuess
{
    /// <summary>Rows that are looked at.</summary>
    public const int MaxRows = 50;

    /// <summary>The first row that fills the width which most rows have; null where there is none that names columns.</summary>
    public static HeaderCandidate? Find(IReadOnlyList<HeaderCandidate> rows)
    {
        if (rows.Count == 0)
        {
            return null;
        }

        var width = rows.Skip(rows.Count > 1 ? 1 : 0).GroupBy(row => row.Filled).MaxBy(same => (same.Count(), same.Key))?.Key ?? 0;
        var header = rows.FirstOrDefault(row => row.Filled * 5 >= width * 4 && row.Filled * 2 > row.Names.Count) ?? rows[0];
        return header.IsText && header.Names.Count(IsData) * 2 < header.Filled ? header : null;
    }

    /// <summary>What the job file has to say of where the header stands.</summary>
    /// <param name="header">The header.</param>
    /// <param name="first">The row that is taken for it where nothing is said.</param>
    public static IReadOnlyList<GuessedSetting> Settings(HeaderCandidate header, HeaderCandidate first) =>
        header.Line == first.Line ? [] : [new GuessedSetting("headerRow", JsonValue.Create(header.Line))];

    /// <summary>Columns that can be asked for: those with a name that no other has.</summary>
    public static IReadOnlyList<string> Columns(HeaderCandidate header) =>
    [
        .. header.Names.Where(name => name.Length > 0)
            .GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
            .Where(same => same.Count() == 1)
            .Select(same => same.Key),
    ];

    private static bool IsData(string name) =>
        name.Contains('@', StringComparison.Ordinal)
        || decimal.TryParse(name, NumberStyles.Number, CultureInfo.InvariantCulture, out _)
        || decimal.TryParse(name, NumberStyles.Number, CultureInfo.GetCultureInfo("de-DE"), out _);
}

/// <summary>A row that may be the header.</summary>
/// <param name="Line">Where it stands: line of a text file, row of a sheet.</param>
/// <param name="Names">Its cells.</param>
internal sealed record HeaderCandidate(long Line, IReadOnlyList<string> Names)
{
    /// <summary>Cells that are not empty.</summary>
    public int Filled => Names.Count(name => name.Length > 0);

    /// <summary>No cell is a number or a date.</summary>
    public bool IsText { get; init; } = true;
}
