namespace MarketoLambda.Emulator.Records;

/// <summary>Which records have a value of one field.</summary>
/// <param name="ordinal">Place of the field.</param>
/// <param name="ignoreCase">Whether <c>a</c> finds <c>A</c>.</param>
internal sealed class FieldIndex(byte ordinal, bool ignoreCase)
{
    private readonly Dictionary<string, List<Guid>> _byValue =
        new(ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    public IReadOnlyList<Guid> Find(string value) => _byValue.GetValueOrDefault(value, []);

    public void Add(StoredRecord record)
    {
        if (!FieldValues.TryGet(record.Values, ordinal, out var json))
        {
            return;
        }

        var value = ValueText.From(json);
        if (!_byValue.TryGetValue(value, out var records))
        {
            _byValue.Add(value, records = []);
        }

        records.Add(record.Guid);
    }

    public void Remove(StoredRecord record)
    {
        if (!FieldValues.TryGet(record.Values, ordinal, out var json))
        {
            return;
        }

        var value = ValueText.From(json);
        if (_byValue.TryGetValue(value, out var records) && records.Remove(record.Guid) && records.Count == 0)
        {
            _byValue.Remove(value);
        }
    }
}
