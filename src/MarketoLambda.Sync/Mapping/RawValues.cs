using MarketoLambda.Sync.Jobs;

namespace MarketoLambda.Sync.Mapping;

/// <summary>
/// What happens to a value before everything else: markers for "nothing" become empty, and texts written for Excel what they mean.
/// </summary>
internal sealed class RawValues
{
    private readonly HashSet<string>? _nullValues;

    /// <param name="job">The job.</param>
    /// <param name="mapping">The field that is filled.</param>
    public RawValues(SyncJob job, FieldMapping mapping)
    {
        HashSet<string> markers = [.. job.NullValues, .. mapping.NullValues];
        _nullValues = markers.Count == 0 ? null : markers;
        UnwrapsExcelText = job.UnwrapsExcelText is true;
        KeepsExcelText = job.UnwrapsExcelText is false;
    }

    /// <summary>What is written for Excel becomes what it means.</summary>
    public bool UnwrapsExcelText { get; }

    /// <summary>What is written for Excel, or by it, is meant so.</summary>
    public bool KeepsExcelText { get; }

    /// <summary>What the value means: nothing where it is a marker, and what Excel made of it undone where the job says so.</summary>
    public object? Read(object? value)
    {
        if (value is not string { Length: > 0 } text)
        {
            return value;
        }

        if (IsNull(text))
        {
            return "";
        }

        return UnwrapsExcelText && ExcelText.TryUnwrap(text, out var unwrapped) ? IsNull(unwrapped) ? "" : unwrapped : text;
    }

    private bool IsNull(string text) => _nullValues is { } markers && (markers.Contains(text) || markers.Contains(text.Trim()));
}
