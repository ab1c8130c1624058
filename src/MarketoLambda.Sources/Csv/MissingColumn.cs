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

        if (OtherDelimiter(rows, needed) is { } delimiter)
        {
            return $"has another sign between its columns; set \"delimiter\": \"{delimiter}\"";
        }

        var cells = Quantity.Of(header.Count, "cell");
        if (LineOfHeader(rows, needed, cancellationToken) is { } line)
        {
            return $"has its header in line {line}; set \"headerRow\": {line}";
        }

        var hint = header.Nearest(column) is { } meant ? $" (did you mean {HeaderName.Shown(meant)}?)" : "";
        return $"has no column {HeaderName.Shown(column)}{hint}, nor any other of the needed ones; its first line must be a header, "
            + $"and this one has {cells}: check the delimiter too";
    }

    /// <summary>The sign that cuts the header into the needed columns, as the setting names it; null where there is none.</summary>
    public static string? OtherDelimiter(CsvRows rows, IReadOnlyList<string> needed)
    {
        var line = rows.Raw.ToString();
        foreach (var (sign, setting) in Delimiters.Where(other => other.Sign != rows.Delimiter))
        {
            var names = line.Split(sign)
                .Select(cell => HeaderName.Normal(cell.Trim().Trim('"')))
                .ToHashSet(StringComparer.OrdinalIgnoreCase);
            if (needed.All(column => names.Contains(HeaderName.Normal(column))))
            {
                return setting;
            }
        }

        return null;
    }

    private static long? LineOfHeader(CsvRows rows, IReadOnlyList<string> needed, CancellationToken cancellationToken)
    {
        try
        {
            for (var row = 0; row < RowsLookedAt && rows.Read(cancellationToken); row++)
            {
                var names = Enumerable.Range(0, rows.CellCount)
                    .Select(ordinal => HeaderName.Normal(rows.Cell(ordinal).ToString()))
                    .ToHashSet(StringComparer.OrdinalIgnoreCase);
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
