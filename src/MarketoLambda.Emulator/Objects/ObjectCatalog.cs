using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;
using MarketoLambda.Emulator.Standard;

namespace MarketoLambda.Emulator.Objects;

/// <summary>All objects of the subscription, and what their links lead to. Guarded by the subscription's gate.</summary>
internal sealed class ObjectCatalog(EmulatorOptions options, IReadOnlyList<StandardObject> standardObjects)
{
    private readonly List<ObjectType> _types = [];
    private readonly IReadOnlyList<ObjectType> _standard =
        [.. standardObjects.Select(standard => ObjectType.FromStandard(standard, options))];

    private readonly Dictionary<(Guid Record, byte Link), Guid> _parents = [];

    /// <summary>Whether one more object may be made by the API.</summary>
    public bool HasRoom => _types.Count(type => type.IsMadeByApi) < options.MaxTypesMadeByApi;

    public IReadOnlyList<ObjectType> All => _types;

    public ObjectType? Find(string apiName)
    {
        var comparison = options.Quirks.ObjectNamesIgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return _types.Find(type => type.ApiName.Equals(apiName, comparison));
    }

    /// <summary>An object that every subscription has, by its name.</summary>
    public ObjectType? FindStandard(string name) => _standard.FirstOrDefault(type => type.ApiName == name);

    /// <summary>An object that every subscription has, by its name.</summary>
    /// <exception cref="InvalidOperationException">There is no such object.</exception>
    public ObjectType Standard(string name) => FindStandard(name) ?? throw new InvalidOperationException($"There is no object {name}");

    /// <summary>The object that a call names, if the record API may use it now.</summary>
    public ObjectType? FindUsable(Route route, DateTimeOffset now) =>
        route.Standard is { } standard ? FindStandard(standard.Schema.ApiName)
        : Find(route.ObjectName ?? "") is { Approved: not null } type && now >= type.UsableFrom ? type : null;

    /// <param name="isMadeByApi">False for one that somebody made in Marketo's user interface.</param>
    public ObjectType Add(string apiName, bool isMadeByApi)
    {
        var type = new ObjectType(apiName, options) { IsMadeByApi = isMadeByApi };
        _types.Add(type);
        return type;
    }

    public void Remove(ObjectType type) => _types.Remove(type);

    /// <summary>Whether a record with this key exists where the link of a custom object points.</summary>
    public bool HasParent(LinkTarget target, string value) => Parents(target, value).Length > 0;

    /// <summary>Whether one of Marketo's own objects has a record of this key.</summary>
    public bool HasStandard(LinkTarget target, string value) => Records(Standard(target.Name), target.Field, value).Length > 0;

    /// <summary>Whether a record of another object names this one by its key.</summary>
    public bool IsNamed(ObjectType type, StoredRecord record) => type.Standard?.NamedBy.Any(by =>
        Standard(by.Name) is { Newest: var schema, Records.Current: var records }
        && schema.Find(by.Field, ignoreCase: false) is { } field
        && records.WithValue(field.Ordinal, record.Key, options.Quirks.KeyValuesIgnoreCase).Length > 0) == true;

    /// <summary>Remembers to which lead or other record a link leads from now on.</summary>
    /// <remarks>
    /// Where several have the value, it is the one updated most recently, whatever its partition. Source: what others saw of e-mail links.
    /// </remarks>
    public void Attach(Guid record, SchemaLink link, string value)
    {
        if (Parents(link.Target, value).MaxBy(parent => (parent.UpdatedAt, parent.CreatedIn)) is { } parent)
        {
            _parents[(record, link.Field.Ordinal)] = parent.Guid;
        }
    }

    /// <summary>Id of the record that a link of a record leads to; null where the emulator does not hold it.</summary>
    public Guid? ParentOf(Guid record, FieldDefinition link) =>
        _parents.TryGetValue((record, link.Ordinal), out var parent) ? parent : null;

    private StoredRecord[] Parents(LinkTarget target, string value)
    {
        var type = _standard.FirstOrDefault(standard => standard.Standard?.LinkName == target.Name) ?? Find(target.Name);
        return type is null ? [] : Records(type, target.Field, value);
    }

    private StoredRecord[] Records(ObjectType type, string field, string value)
    {
        if (type is not { Records.Current: var records, Approved: { } schema })
        {
            return [];
        }

        if (field == schema.Id.Name)
        {
            return schema.Id.Parse(value) is { } id && records.TryGet(id, out var record) ? [record] : [];
        }

        return schema.DedupeFields is [var key] && key.Name == field ? records.WithKey(RecordKey(value))
            : schema.Find(field, ignoreCase: false) is { } known
                ? records.WithValue(known.Ordinal, value, options.Quirks.KeyValuesIgnoreCase)
            : [];
    }

    private string RecordKey(string value) => Emulator.Records.RecordKey.From([value], options.Quirks.KeyValuesIgnoreCase);
}
