using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Mapping;

namespace MarketoLambda.Sync.Rejects;

/// <summary>
/// Rejects as a file that a person corrects and drops again: the source's columns as they were, and what is wrong with each row.
/// </summary>
/// <param name="job">The job.</param>
public sealed class RejectSheet(SyncJob job)
{
    private readonly IReadOnlyList<string> _columns = job.Columns;
    private readonly char _delimiter = job.Source.Shape?.Delimiter ?? ',';

    /// <summary>
    /// The header line: the source's columns, those a file of it must have, and three of ours: they say which reject a row corrects.
    /// </summary>
    public string Header => Line([.. _columns, .. Cursor, RejectMark.Column, RejectMark.CodeColumn, RejectMark.ReasonColumn]);

    private IReadOnlyList<string> Cursor =>
        job.Source.Shape?.CursorColumn is { } cursor && !_columns.Contains(cursor, StringComparer.OrdinalIgnoreCase) ? [cursor] : [];

    /// <summary>The line of a reject; null where its values are not known, or it is held back, since then it is not to be sent.</summary>
    /// <remarks>
    /// A column for the cursor is left empty, where it is no column of the job: such a row is imported, and moves no mark.
    /// </remarks>
    public string? LineOf(RejectRow row) =>
        row is { Stage: RejectStage.Open or RejectStage.Waiting, Payload: { } payload }
        && RejectPayload.ReadRow(payload, _columns) is { } values
            ? Line([.. values, .. Cursor.Select(_ => ""), RejectMark.Create(row.Number, row.Location), row.Code, row.Reason])
            : null;

    private string Line(IEnumerable<string> cells) => string.Join(_delimiter, cells.Select(Quoted));

    private string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(['"', '\r', '\n', _delimiter]) >= 0
        || (cell.Length > 0 && (char.IsWhiteSpace(cell[0]) || char.IsWhiteSpace(cell[^1])))
            ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : cell;
}
