using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sync.Mapping;

/// <summary>Counts values of one kind in all columns, for one notice a run.</summary>
/// <param name="code">Code of the notice.</param>
/// <param name="isOne">What one of them is, behind "1 value of "S"", and what to do.</param>
/// <param name="areMany">What several are.</param>
internal sealed class ValueTally(string code, string isOne, string areMany)
{
    private readonly HashSet<string> _columns = new(StringComparer.Ordinal);
    private SourceLocation _first;
    private long _count;

    public void Add(SourceLocation location, string column)
    {
        _first = _count == 0 ? location : _first;
        _count++;
        _columns.Add(column);
    }

    /// <summary>Null where none was counted.</summary>
    public SourceNotice? Notice =>
        _count == 0
            ? null
            : new SourceNotice(_first, code, $"{Quantity.Format(_count, "value")} of {Names} {(_count == 1 ? isOne : areMany)}");

    private string Names => string.Join(", ", _columns.Order(StringComparer.Ordinal).Select(column => $"\"{column}\""));
}
