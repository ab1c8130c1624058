namespace MarketoLambda.Emulator.Calls;

/// <summary>
/// What a call asks for. Kinds form a tree by their dots: <c>schema</c> covers <c>schema.approve</c>, <c>any</c> covers all.
/// </summary>
public sealed record CallKind
{
    private static readonly Dictionary<string, CallKind> ByName = new(StringComparer.OrdinalIgnoreCase);

    private CallKind(string name)
    {
        Name = name;
        ByName.Add(name, this);
    }

    public static CallKind Any { get; } = new("any");

    public static CallKind Identity { get; } = new("identity");

    public static CallKind List { get; } = new("list");

    public static CallKind Describe { get; } = new("describe");

    public static CallKind Query { get; } = new("query");

    public static CallKind Sync { get; } = new("sync");

    /// <summary>Sync that gives members of a program a status.</summary>
    public static CallKind SyncStatus { get; } = new("sync.status");

    public static CallKind Delete { get; } = new("delete");

    /// <summary>Partitions of leads.</summary>
    public static CallKind Partitions { get; } = new("partitions");

    /// <summary>Covers the calls about fields of leads.</summary>
    public static CallKind Fields { get; } = new("fields");

    public static CallKind FieldsList { get; } = new("fields.list");

    public static CallKind FieldsCreate { get; } = new("fields.create");

    /// <summary>Covers the schema calls of custom objects.</summary>
    public static CallKind Schema { get; } = new("schema");

    public static CallKind SchemaList { get; } = new("schema.list");

    public static CallKind SchemaDescribe { get; } = new("schema.describe");

    public static CallKind SchemaSync { get; } = new("schema.sync");

    public static CallKind SchemaApprove { get; } = new("schema.approve");

    public static CallKind SchemaDiscardDraft { get; } = new("schema.discardDraft");

    public static CallKind SchemaDelete { get; } = new("schema.delete");

    public static CallKind SchemaAddField { get; } = new("schema.addField");

    public static CallKind SchemaUpdateField { get; } = new("schema.updateField");

    public static CallKind SchemaDeleteField { get; } = new("schema.deleteField");

    public static CallKind SchemaFieldDataTypes { get; } = new("schema.fieldDataTypes");

    public static CallKind SchemaLinkableObjects { get; } = new("schema.linkableObjects");

    public static CallKind SchemaDependentAssets { get; } = new("schema.dependentAssets");

    /// <summary>Covers the calls about assets.</summary>
    public static CallKind Assets { get; } = new("assets");

    public static CallKind AssetChannels { get; } = new("assets.channels");

    public static CallKind AssetPrograms { get; } = new("assets.programs");

    /// <summary>Covers the four statistics calls.</summary>
    public static CallKind Usage { get; } = new("usage");

    public static CallKind UsageToday { get; } = new("usage.today");

    public static CallKind UsageLast7Days { get; } = new("usage.last7days");

    public static CallKind ErrorsToday { get; } = new("usage.errorsToday");

    public static CallKind ErrorsLast7Days { get; } = new("usage.errorsLast7days");

    /// <summary>A path Marketo does not know: 610.</summary>
    public static CallKind Unknown { get; } = new("unknown");

    public string Name { get; }

    /// <summary>Every kind there is.</summary>
    public static IReadOnlyCollection<CallKind> All => ByName.Values;

    /// <exception cref="ArgumentException">There is no such kind.</exception>
    public static CallKind Named(string name) =>
        ByName.TryGetValue(name, out var kind)
            ? kind
            : throw new ArgumentException($"There is no call kind '{name}'; there are {string.Join(", ", ByName.Keys)}", nameof(name));

    public bool Covers(CallKind other) =>
        ReferenceEquals(this, Any) || ReferenceEquals(this, other) || other.Name.StartsWith(Name + ".", StringComparison.Ordinal);

    public override string ToString() => Name;
}
