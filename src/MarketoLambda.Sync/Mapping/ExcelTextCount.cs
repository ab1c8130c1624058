using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Mapping;

/// <summary>Counts values that are written for Excel, where the job does not say what is to become of them.</summary>
internal sealed class ExcelTextCount
{
    private readonly HashSet<string> _columns = new(StringComparer.Ordinal);
    private SourceLocation _first;
    private long _count;

    public void Count(SourceLocation location, string column, object? value)
    {
        if (value is not string { Length: > 1 } text || text[0] is not ('=' or '\'') || !ExcelText.TryUnwrap(text, out _))
        {
            return;
        }

        _first = _count == 0 ? location : _first;
        _count++;
        _columns.Add(column);
    }

    /// <summary>Where some were seen.</summary>
    public SourceNotice? Notice() => _count == 0 ? null : new SourceNotice(
        _first,
        "excel-text",
        $"{Quantity.Of(_count, "value")} of {Names()} {(_count == 1 ? "is" : "are")} written for Excel, as =\"…\" or with an apostrophe "
        + "before a number, the first here; they are sent as they stand. Set \"excelText\" of the source to \"unwrap\" to send what they "
        + "mean, or to \"keep\" to leave them so");

    private string Names() => string.Join(", ", _columns.Order(StringComparer.Ordinal).Select(column => $"\"{column}\""));
}
