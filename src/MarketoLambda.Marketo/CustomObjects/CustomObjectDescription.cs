namespace MarketoLambda.Marketo.CustomObjects;

/// <summary>An approved custom object as <em>describe</em> reports it.</summary>
public sealed record CustomObjectDescription
{
    private readonly Dictionary<string, CustomObjectField> _fieldsByName;

    /// <summary>Takes Marketo's names as they are and finds fields whatever their casing.</summary>
    public CustomObjectDescription(string apiName, string displayName, IReadOnlyList<string> dedupeFields, IReadOnlyList<CustomObjectField> fields)
    {
        ApiName = apiName;
        DisplayName = displayName;
        DedupeFields = dedupeFields;
        Fields = fields;
        _fieldsByName = fields.ToDictionary(field => field.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>API name of the object, for example <c>car_c</c>.</summary>
    public string ApiName { get; }

    public string DisplayName { get; }

    /// <summary>Canonical names of the 1 to 3 fields that identify a record.</summary>
    public IReadOnlyList<string> DedupeFields { get; }

    public IReadOnlyList<CustomObjectField> Fields { get; }

    /// <summary>The field of that name in any casing, or null.</summary>
    public CustomObjectField? FindField(string name) => _fieldsByName.GetValueOrDefault(name);
}

/// <summary>One field of a custom object.</summary>
/// <param name="Name">Canonical API name.</param>
/// <param name="DisplayName">Name people see in Marketo.</param>
/// <param name="DataType">Marketo's type: string, boolean, integer, float, link, email, currency, date, datetime, phone or text.</param>
/// <param name="Length">Most characters it holds; null where Marketo gives none.</param>
/// <param name="IsUpdateable">False for the three system fields.</param>
public sealed record CustomObjectField(string Name, string DisplayName, string DataType, int? Length, bool IsUpdateable);
