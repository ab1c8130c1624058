using MarketoLambda.Sync.Jobs;

namespace MarketoLambda.Sync.Mapping;

/// <summary>Takes the value of one field out of a source record, up to its conversion: picked or composed, trimmed, mapped, and filled in where it is empty.</summary>
internal sealed class FieldSteps
{
    private readonly FieldMapping _mapping;
    private readonly int[] _columns;
    private readonly bool _isPlain;

    private FieldSteps(FieldMapping mapping, int[] columns)
    {
        _mapping = mapping;
        _columns = columns;
        _isPlain = mapping is { From: SourceColumn, Trims: false, Map: null, Default: null };
    }

    /// <param name="mapping">The field.</param>
    /// <param name="columns">Columns of the source's records, in their order.</param>
    public static FieldSteps Of(FieldMapping mapping, IReadOnlyList<string> columns) =>
        new(mapping, [.. mapping.From.Columns.Select(column => columns.ToList().IndexOf(column))]);

    /// <summary>Where in a record's values it takes them from.</summary>
    public IReadOnlyList<int> Columns => _columns;

    /// <summary>False where the value is not in the field's map.</summary>
    public bool TryTake(object?[] values, out object? value)
    {
        if (_isPlain)
        {
            value = values[_columns[0]];
            return true;
        }

        value = Picked(values);
        if (_mapping.Map is { } map && value is not (null or ""))
        {
            value = map.Find(SourceText.Of(value));
            if (value is null)
            {
                return false;
            }
        }

        value = value is null or "" ? _mapping.Default ?? value : value;
        return true;
    }

    private object? Picked(object?[] values) => _mapping.From switch
    {
        FixedValue same => same.Value,
        ComposedText composed => composed.Template.Fill(column => values[_columns[column]], _mapping.Trims),
        _ => _mapping.Trims && values[_columns[0]] is string text ? text.Trim() : values[_columns[0]],
    };
}
