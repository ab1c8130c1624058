using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Mapping;

/// <summary>Takes the value of one field out of a source record, up to its conversion.</summary>
/// <remarks>Cleaned of markers, picked or composed, trimmed, mapped, and filled in where it is empty.</remarks>
internal sealed class FieldSteps
{
    private readonly FieldMapping _mapping;
    private readonly IReadOnlyList<string> _names;
    private readonly int[] _columns;
    private readonly RawValues _raw;
    private readonly bool _isPlain;

    /// <param name="mapping">The field.</param>
    /// <param name="job">Its job, whose columns are those of the source's records.</param>
    public FieldSteps(FieldMapping mapping, SyncJob job)
    {
        _mapping = mapping;
        _names = mapping.From.Columns;
        _columns = [.. _names.Select(column => job.Columns.ToList().IndexOf(column))];
        _raw = new RawValues(job, mapping);
        _isPlain = mapping is { From: SourceColumn, Trims: false, Map: null, Default: null };
    }

    /// <summary>Looks for what is written for Excel or by it, where the job does not say what is to become of it.</summary>
    public void Count(SourceRecord record, ExcelNotices notices, bool isKey)
    {
        if (_raw.KeepsExcelText)
        {
            return;
        }

        for (var i = 0; i < _columns.Length; i++)
        {
            notices.At(record.Location, _names[i], record.Values[_columns[i]], isKey, _raw.UnwrapsExcelText);
        }
    }

    /// <summary>The value as it is before it is mapped.</summary>
    public object? TakeUnmapped(object?[] values) => Picked(values);

    /// <summary>Where in a record's values it takes them from.</summary>
    public ReadOnlySpan<int> Columns => _columns;

    /// <summary>False where the value is not in the field's map.</summary>
    public bool TryTake(object?[] values, out object? value)
    {
        if (_isPlain)
        {
            value = Raw(values, 0);
            return true;
        }

        value = Picked(values);
        if (_mapping.Map is { } map && value is not (null or ""))
        {
            var found = map.Find(SourceText.Format(value));
            if (found is null)
            {
                return false;
            }

            value = ReferenceEquals(found, ValueMap.Kept) ? value : found;
        }

        value = value is null or "" ? _mapping.Default ?? value : value;
        return true;
    }

    private object? Picked(object?[] values) => _mapping.From switch
    {
        FixedValue same => same.Value,
        ComposedText composed => composed.Template.Fill(column => Raw(values, column), _mapping.Trims),
        _ => Raw(values, 0) is var value && _mapping.Trims && value is string text ? text.Trim() : value,
    };

    private object? Raw(object?[] values, int column) => _raw.Read(values[_columns[column]]);
}
