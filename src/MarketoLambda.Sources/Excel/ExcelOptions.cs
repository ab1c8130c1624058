using MarketoLambda.Sources.Csv;

namespace MarketoLambda.Sources.Excel;

/// <summary>How a workbook is to be understood.</summary>
internal sealed record ExcelOptions
{
    /// <summary>The sheet that is read; null for the first.</summary>
    public string? Sheet { get; init; }

    /// <summary>Rows before the header.</summary>
    public int RowsBeforeHeader { get; init; }

    /// <summary>Rows that are no records.</summary>
    public IReadOnlyList<ExcludedRows> Excluded { get; init; } = [];

    /// <summary>Texts, and errors of cells, that stand for nothing.</summary>
    public IReadOnlyList<string> NullValues { get; init; } = [];
}
