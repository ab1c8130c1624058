using MarketoLambda.Sources.Files;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Excel;

/// <summary>Tells which rows have to be rejected because a needed cell has no value of its own.</summary>
internal sealed class ExcelCells(ExcelRows rows)
{
    /// <summary>What becomes of the row read last because of a cell; null where the cell is in order.</summary>
    /// <param name="ordinal">Its column, from 0.</param>
    /// <param name="column">The name of that.</param>
    public UnreadableRecord? Problem(int ordinal, string column) =>
        rows.Odd(ordinal) is { } odd ? Reject(odd, column)
        : rows.Merged.Covers(rows.SheetRow, ordinal)
            ? Reject(
                "merged-cell",
                $"\"{column}\" is merged with another cell, and only that one has the value; unmerge them, and fill in each")
        : rows.Value(ordinal) is string text && text.Length > FileLimits.MaxValueCharacters
            ? Reject("cell-too-long", FileLimits.TooLong(column, text.Length))
        : null;

    private UnreadableRecord Reject(OddCell odd, string column) => odd.Error is { } error
        ? Reject(
            "cell-error",
            $"\"{column}\" is the error {error}, which is no value; correct the formula, "
            + $"or list {error} in \"nullValues\" of the source if it stands for nothing")
        : Reject(
            "no-result",
            $"\"{column}\" is a formula whose result is not in the file, as programs other than Excel write it; "
            + "open the workbook in Excel and save it");

    private UnreadableRecord Reject(string code, string reason) => new(rows.Place, code, reason);
}
