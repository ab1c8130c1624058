using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sources.Csv;

/// <summary>Finds out why a header lacks a needed column, and says what helps.</summary>
internal static class MissingColumn
{
    /// <summary>Rows behind the supposed header in which the real one is looked for.</summary>
    private const int RowsLookedAt = 50;

    private static readonly (char Sign, string Setting)[] Delimiters = [(',', ","), (';', ";"), ('\t', "tab"), ('|', "|"), (':', ":")];

    /// <summary>The end of a sentence about the file.</summary>
    public static string Explain(
        CsvHeader header, CsvRows rows, string column, IReadOnlyList<string> needed, CancellationToken cancellationToken)
    {
        if (header.HasAnyOf(needed))
        {
            var near = header.Nearest(column) is { } nearest ? $" (did you mean {HeaderName.Shown(nearest)}?)" : "";
            return $"has no column {HeaderName.Shown(column)}{near}; its columns are {header.Shown}";
        }

        if ((OtherDelimiter(rows, needed) ?? OtherDelimiter(rows, needed, isPart: true)) is { } delimiter)
        {
            return $"has another sign between its columns; set \"delimiter\": \"{delimiter}\"";
        }

        if (OtherQuote(rows, needed) is { } quote)
        {
            return $"has {quote} around its columns' names; set \"quote\" to that sign";
        }

        if (LineOfHeader(rows, needed, cancellationToken) is { } line)
        {
            return $"has its header in line {line}; set \"headerRow\": {line}";
        }

        var hint = header.Nearest(column) is { } meant ? $" (did you mean {HeaderName.Shown(meant)}?)" : "";
        var cells = Quantity.Format(header.Count, "cell");
        var others = header.Count == 1 ? Array.Find(Delimiters, other => rows.Raw.Contains(other.Sign)) : default;
        return $"has no column {HeaderName.Shown(column)}{hint}, nor any other of the needed ones; its first line must be a header, "
            + $"and this one has {cells}{(others.Setting is { } sign ? $", and \"{sign}\" in it" : "")}: check the delimiter too";
    }

    /// <summary>The sign that cuts the header into the needed columns, as the setting names it; null where there is none.</summary>
    /// <param name="rows">They stand at the header.</param>
    /// <param name="needed">The columns.</param>
    /// <param name="isPart">Some of them are enough, in a header that is one cell as it is.</param>
    public static string? OtherDelimiter(CsvRows rows, IReadOnlyList<string> needed, bool isPart = false)
    {
        var line = rows.Raw.ToString();
        foreach (var (sign, setting) in Delimiters.Where(other => other.Sign != rows.Delimiter && (!isPart || rows.CellCount == 1)))
        {
            var names = Names(line.Split(sign).Select(cell => cell.Trim().Trim('"')));
            var found = needed.Count(column => names.Contains(HeaderName.Normal(column)));
            if (found == needed.Count || (isPart && found > 0))
            {
                return setting;
            }
        }

        return null;
    }

    // The names as they are, where what stands around them was taken for a part of them.
    private static char? OtherQuote(CsvRows rows, IReadOnlyList<string> needed)
    {
        foreach (var quote in "\"'")
        {
            var names = Names(Enumerable.Range(0, rows.CellCount)
                .Select(ordinal => rows.Cell(ordinal).Trim().ToString())
                .Where(cell => cell is [var first, _, .., var last] && first == quote && last == quote)
                .Select(cell => cell[1..^1]));
            if (needed.Any(column => names.Contains(HeaderName.Normal(column))))
            {
                return quote;
            }
        }

        return null;
    }

    private static HashSet<string> Names(IEnumerable<string> cells) =>
        cells.Select(HeaderName.Normal).ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static long? LineOfHeader(CsvRows rows, IReadOnlyList<string> needed, CancellationToken cancellationToken)
    {
        try
        {
            for (var row = 0; row < RowsLookedAt && rows.Read(cancellationToken); row++)
            {
                var names = Names(Enumerable.Range(0, rows.CellCount).Select(ordinal => rows.Cell(ordinal).ToString()));
                if (needed.All(column => names.Contains(HeaderName.Normal(column))))
                {
                    return rows.Place.Row;
                }
            }
        }
        catch (SourceException)
        {
            // what is said is said of the header
        }

        return null;
    }
}
