using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sources.Files;

/// <summary>Counts rows of one kind, for one notice a file.</summary>
/// <param name="code">Code of the notice.</param>
/// <param name="what">What they have, behind "3 rows of this file have".</param>
internal sealed class RowTally(string code, string what)
{
    private SourceLocation _first;
    private long _count;

    public void Add(SourceLocation place)
    {
        _first = _count == 0 ? place : _first;
        _count++;
    }

    /// <summary>Null where none was counted.</summary>
    public SourceNotice? Notice =>
        _count == 0 ? null
        : new SourceNotice(_first, code, $"{Quantity.Format(_count, "row")} of this file {(_count == 1 ? "has" : "have")} {what}");
}
