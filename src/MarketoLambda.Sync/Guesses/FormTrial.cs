using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Guesses;

/// <summary>What becomes of a column's values with one way to understand them: the converter of runs decides.</summary>
internal sealed class FormTrial
{
    private readonly string?[] _sent;

    /// <param name="field">The field.</param>
    /// <param name="mapping">How it is filled.</param>
    /// <param name="conventions">Of the source.</param>
    /// <param name="values">The column's.</param>
    /// <param name="isLikely">What is sent may also be too odd to be meant; null where it is not.</param>
    public FormTrial(
        RecordField field,
        FieldMapping mapping,
        SourceConventions conventions,
        IReadOnlyList<ColumnValue> values,
        Func<string, bool>? isLikely = null)
    {
        FieldConverter converter = new(field, mapping, conventions);
        _sent =
        [
            .. values.Select(value => Convert(converter, mapping, value.Value)).Select(sent =>
                sent is null || isLikely is null || isLikely(sent) ? sent : null),
        ];
        for (var i = 0; i < _sent.Length; i++)
        {
            Fitting += _sent[i] is null ? 0 : values[i].Count;
            FirstMisfit ??= _sent[i] is null ? values[i].First : null;
        }
    }

    /// <summary>Rows whose value fits.</summary>
    public long Fitting { get; }

    /// <summary>Where the first value stands that does not; null where all do.</summary>
    public SourceLocation? FirstMisfit { get; }

    /// <summary>Each value as it would be sent; null where it does not fit.</summary>
    public IReadOnlyList<string?> Sent => _sent;

    /// <summary>A value that fits in both means something else in the other.</summary>
    public bool Contradicts(FormTrial other)
    {
        for (var i = 0; i < _sent.Length; i++)
        {
            if (_sent[i] is { } here && other._sent[i] is { } there && here != there)
            {
                return true;
            }
        }

        return false;
    }

    private static string? Convert(FieldConverter converter, FieldMapping mapping, object value)
    {
        var found = mapping.Map is { } map ? map.Find(SourceText.Format(value)) : value;
        if (found is null)
        {
            return null;
        }

        var sent = converter.Convert(ReferenceEquals(found, ValueMap.Kept) ? value : found);
        return sent.Kind is FieldValueKind.Bare or FieldValueKind.Quoted ? sent.Text : null;
    }
}
