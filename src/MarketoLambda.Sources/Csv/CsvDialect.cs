namespace MarketoLambda.Sources.Csv;

/// <summary>How the rows of a file are written.</summary>
public sealed record CsvDialect
{
    /// <summary>Between cells: one ASCII character that is no letter, digit, quote or line end. Default a comma.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>Around cells; null where no sign has that meaning. Default a double quote.</summary>
    public char? Quote { get; init; } = '"';

    /// <summary>Takes the meaning of the quote, delimiter, line end or escape behind it. Default none.</summary>
    public char? Escape { get; init; }

    /// <summary>Lines that begin with it are left out. Default none.</summary>
    public string? Comment { get; init; }

    /// <summary>Lines before the header, as an editor counts them. Default 0.</summary>
    public int LinesBeforeHeader { get; init; }

    /// <summary>Cells that a row lacks at its end are empty; otherwise the row is rejected. Default false.</summary>
    public bool FillsShortRows { get; init; }

    /// <summary>Rows that are no records, such as totals: those with one of these values in that column. Default none.</summary>
    public IReadOnlyList<ExcludedRows> Excluded { get; init; } = [];
}

/// <summary>Rows that are left out because of what stands in one of their columns.</summary>
/// <param name="Column">Its name in the header.</param>
/// <param name="Values">Compared without outer blanks and without regard to case.</param>
public sealed record ExcludedRows(string Column, IReadOnlyList<string> Values);
