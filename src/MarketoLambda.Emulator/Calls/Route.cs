using MarketoLambda.Emulator.Standard;

namespace MarketoLambda.Emulator.Calls;

/// <summary>What method and path ask for. Whether the named object exists is decided later.</summary>
/// <param name="MethodAllowed">False: the path exists, but not with this method (605).</param>
internal sealed record Route(CallKind Kind, bool MethodAllowed, string? ObjectName = null, string? FieldName = null)
{
    /// <summary>The object that every subscription has, where the path is one of its; null where it is a custom object's.</summary>
    public StandardObject? Standard { get; private init; }

    /// <summary>The call of a part of the API with paths of its own; null where it is none.</summary>
    public Operation? Operation { get; private init; }

    /// <summary>What stands in the path in the places of <c>{}</c>.</summary>
    public IReadOnlyList<string> Arguments { get; private init; } = [];

    public const string IdentityPath = "/identity/oauth/token";

    private const string ObjectsPrefix = "/rest/v1/customobjects";
    private const string StatisticsPrefix = "/rest/v1/stats/";
    private static readonly Route Nowhere = new(CallKind.Unknown, MethodAllowed: true);

    /// <param name="methodOverride">Value of the query parameter <c>_method</c>.</param>
    /// <param name="standardObjects">The objects that every subscription has.</param>
    /// <param name="operations">The calls of parts of the API with paths of their own.</param>
    public static Route Parse(
        string method,
        string path,
        string? methodOverride,
        IReadOnlyList<StandardObject> standardObjects,
        IReadOnlyList<Operation> operations)
    {
        var verb = method == "POST" && methodOverride is not null ? methodOverride.ToUpperInvariant() : method;
        if (path == IdentityPath)
        {
            return new(CallKind.Identity, verb is "GET" or "POST");
        }

        if (!path.EndsWith(".json", StringComparison.Ordinal))
        {
            return Nowhere;
        }

        var name = path[..^".json".Length];
        if (name.StartsWith(StatisticsPrefix, StringComparison.Ordinal))
        {
            return Statistics(verb, name[StatisticsPrefix.Length..]);
        }

        return name.StartsWith(ObjectsPrefix, StringComparison.Ordinal) ? CustomObjects(verb, name[ObjectsPrefix.Length..].Split('/'))
            : standardObjects.FirstOrDefault(standard => standard.Path is { } place && IsUnder(name, place)) is { Path: { } place } found
                ? StandardCall(verb, name[place.Length..], found)
            : OperationCall(verb, name, operations) ?? Nowhere;
    }

    private static Route? OperationCall(string verb, string name, IReadOnlyList<Operation> operations)
    {
        var parts = name.Split('/');
        Route? wrongVerb = null;
        foreach (var operation in operations)
        {
            if (operation.Match(parts) is not { } arguments)
            {
                continue;
            }

            var route = new Route(operation.Kind, operation.Verb == verb, operation.ObjectName)
            {
                Operation = operation,
                Arguments = arguments,
            };
            if (route.MethodAllowed)
            {
                return route;
            }

            wrongVerb ??= route;
        }

        return wrongVerb;
    }

    private static Route Statistics(string verb, string name) => name switch
    {
        "usage" => new(CallKind.UsageToday, verb == "GET"),
        "usage/last7days" => new(CallKind.UsageLast7Days, verb == "GET"),
        "errors" => new(CallKind.ErrorsToday, verb == "GET"),
        "errors/last7days" => new(CallKind.ErrorsLast7Days, verb == "GET"),
        _ => Nowhere,
    };

    /// <param name="parts">The path behind <c>customobjects</c>, so the first part is empty.</param>
    private static Route CustomObjects(string verb, string[] parts) =>
        parts switch
        {
            [""] => new(CallKind.List, verb == "GET"),
            ["", "schema"] => new(verb == "POST" ? CallKind.SchemaSync : CallKind.SchemaList, verb is "GET" or "POST"),
            ["", "schema", "fieldDataTypes"] => new(CallKind.SchemaFieldDataTypes, verb == "GET"),
            ["", "schema", "linkableObjects"] => new(CallKind.SchemaLinkableObjects, verb == "GET"),
            ["", "schema", var name, var action] => Schema(verb, Unescape(name), action),
            ["", "schema", var name, var field, "updateField"] => new(
                CallKind.SchemaUpdateField,
                verb == "POST",
                Unescape(name),
                Unescape(field)),
            ["", var name] when name.Length > 0 => new(
                verb == "POST" ? CallKind.Sync : CallKind.Query,
                verb is "GET" or "POST",
                Unescape(name)),
            ["", var name, "describe"] => new(CallKind.Describe, verb == "GET", Unescape(name)),
            ["", var name, "delete"] => new(CallKind.Delete, verb == "POST", Unescape(name)),
            _ => Nowhere,
        };

    private static Route Schema(string verb, string name, string action) => action switch
    {
        "describe" => new(CallKind.SchemaDescribe, verb == "GET", name),
        "approve" => new(CallKind.SchemaApprove, verb == "POST", name),
        "discardDraft" => new(CallKind.SchemaDiscardDraft, verb == "POST", name),
        "delete" => new(CallKind.SchemaDelete, verb == "POST", name),
        "addField" => new(CallKind.SchemaAddField, verb == "POST", name),
        "deleteField" => new(CallKind.SchemaDeleteField, verb == "POST", name),
        "dependentAssets" => new(CallKind.SchemaDependentAssets, verb == "GET", name),
        _ => Nowhere,
    };

    private static bool IsUnder(string name, string path) =>
        name.StartsWith(path, StringComparison.Ordinal) && (name.Length == path.Length || name[path.Length] == '/');

    private static Route StandardCall(string verb, string rest, StandardObject standard) =>
        rest switch
        {
            "" => new(verb == "POST" ? CallKind.Sync : CallKind.Query, verb is "GET" or "POST", standard.Schema.ApiName)
            {
                Standard = standard,
            },
            "/describe" => new(CallKind.Describe, verb == "GET", standard.Schema.ApiName) { Standard = standard },
            "/delete" => new(CallKind.Delete, verb == "POST", standard.Schema.ApiName) { Standard = standard },
            _ => Nowhere,
        };

    private static string Unescape(string part) => Uri.UnescapeDataString(part);
}
