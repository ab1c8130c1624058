using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;
using MarketoLambda.Emulator.Standard;

namespace MarketoLambda.Emulator.Objects;

/// <summary>All objects of the subscription, and the leads and companies they may link to. Guarded by the subscription's gate.</summary>
internal sealed class ObjectCatalog(EmulatorOptions options, IReadOnlyList<StandardObject> standardObjects)
{
    private readonly List<ObjectType> _types = [];
    private readonly IReadOnlyList<ObjectType> _standard =
        [.. standardObjects.Select(standard => ObjectType.FromStandard(standard, options))];

    /// <summary>Whether one more object may be made by the API.</summary>
    public bool HasRoom => _types.Count(type => type.IsMadeByApi) < options.MaxTypesMadeByApi;

    public IReadOnlyList<ObjectType> All => _types;

    /// <summary>Keys of records that exist although the emulator does not hold them, as <c>lead.id=1000302</c>.</summary>
    public HashSet<string> KnownParents { get; } = new(StringComparer.OrdinalIgnoreCase);

    public ObjectType? Find(string apiName)
    {
        var comparison = options.Quirks.ObjectNamesIgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return _types.Find(type => type.ApiName.Equals(apiName, comparison));
    }

    /// <summary>An object that every subscription has, by its name.</summary>
    public ObjectType? FindStandard(string name) => _standard.FirstOrDefault(type => type.ApiName == name);

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

    /// <summary>Whether a record with this key exists where the link points.</summary>
    public bool HasParent(LinkTarget target, string value)
    {
        if (KnownParents.Contains($"{target.Name}.{target.Field}={value}"))
        {
            return true;
        }

        var type = _standard.FirstOrDefault(standard => standard.Standard?.LinkName == target.Name) ?? Find(target.Name);
        if (type is not { Records.Current: var parents, Approved: { } schema })
        {
            return false;
        }

        return target.Field == schema.Id.Name
            ? schema.Id.Parse(value) is { } id && parents.TryGet(id, out _)
            : parents.WithKey(RecordKey(value)).Length > 0;
    }

    private string RecordKey(string value) => Emulator.Records.RecordKey.From([value], options.Quirks.KeyValuesIgnoreCase);
}
