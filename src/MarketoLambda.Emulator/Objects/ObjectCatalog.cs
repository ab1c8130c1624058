using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.Emulator.Objects;

/// <summary>All custom objects of the subscription, and the leads and companies they may link to. Guarded by the subscription's gate.</summary>
internal sealed class ObjectCatalog(EmulatorOptions options)
{
    private readonly List<CustomObjectType> _types = [];

    /// <summary>Whether one more object may be made by the API.</summary>
    public bool HasRoom => _types.Count(type => type.IsMadeByApi) < options.MaxTypesMadeByApi;

    public IReadOnlyList<CustomObjectType> All => _types;

    /// <summary>Values of lead and company keys that exist, as <c>lead.id=1000302</c>.</summary>
    public HashSet<string> KnownParents { get; } = new(StringComparer.OrdinalIgnoreCase);

    public CustomObjectType? Find(string apiName)
    {
        var comparison = options.Quirks.ObjectNamesIgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return _types.Find(type => type.ApiName.Equals(apiName, comparison));
    }

    /// <summary>The object if the record API may use it now.</summary>
    public CustomObjectType? FindUsable(string apiName, DateTimeOffset now) =>
        Find(apiName) is { Approved: not null } type && now >= type.UsableFrom ? type : null;

    /// <param name="isMadeByApi">False for one that somebody made in Marketo's user interface.</param>
    public CustomObjectType Add(string apiName, bool isMadeByApi)
    {
        var type = new CustomObjectType(apiName, options) { IsMadeByApi = isMadeByApi };
        _types.Add(type);
        return type;
    }

    public void Remove(CustomObjectType type) => _types.Remove(type);

    /// <summary>Whether a record with this key exists where the link points.</summary>
    public bool HasParent(LinkTarget target, string value)
    {
        if (target.Name is LinkableObjects.Lead or LinkableObjects.Company)
        {
            return KnownParents.Contains($"{target.Name}.{target.Field}={value}");
        }

        if (Find(target.Name)?.Records.Current is not { } parents)
        {
            return false;
        }

        return target.Field == ObjectSchema.MarketoGuid
            ? Guid.TryParseExact(value, "D", out var guid) && parents.TryGet(guid, out _)
            : parents.WithKey(RecordKey(value)).Length > 0;
    }

    private string RecordKey(string value) => Emulator.Records.RecordKey.Of([value], options.Quirks.KeyValuesIgnoreCase);
}
