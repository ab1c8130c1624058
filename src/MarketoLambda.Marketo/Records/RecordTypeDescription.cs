namespace MarketoLambda.Marketo.Records;

/// <summary>A type of records as <em>describe</em> reports it: a custom object, companies, and so on.</summary>
public sealed record RecordTypeDescription
{
    private readonly Dictionary<string, RecordField> _fieldsByName;

    /// <summary>Takes Marketo's names as they are and finds fields whatever their casing.</summary>
    public RecordTypeDescription(string name, string displayName, IReadOnlyList<string> dedupeFields, IReadOnlyList<RecordField> fields)
    {
        Name = name;
        DisplayName = displayName;
        DedupeFields = dedupeFields;
        Fields = fields;
        _fieldsByName = fields.ToDictionary(field => field.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>API name, for example <c>car_c</c> or <c>Company</c>.</summary>
    public string Name { get; }

    public string DisplayName { get; }

    /// <summary>Canonical names of the fields that identify a record; of custom objects 1 to 3.</summary>
    public IReadOnlyList<string> DedupeFields { get; }

    public IReadOnlyList<RecordField> Fields { get; }

    /// <summary>The field of that name in any casing, or null.</summary>
    public RecordField? FindField(string name) => _fieldsByName.GetValueOrDefault(name);
}
