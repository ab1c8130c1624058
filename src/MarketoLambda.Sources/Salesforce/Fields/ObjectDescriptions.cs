using System.Text.Json;
using MarketoLambda.Sources.Salesforce.Client;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sources.Salesforce.Fields;

/// <summary>Finds the columns of a job in what Salesforce tells of its objects; asks about each object once.</summary>
internal sealed class ObjectDescriptions(SalesforceClient client)
{
    private readonly Dictionary<string, IReadOnlyList<SalesforceField>> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The columns, in their order.</summary>
    /// <exception cref="SourceException">A column is not there, or holds several values at once.</exception>
    public async Task<IReadOnlyList<SalesforceColumn>> FindAsync(string objectName, IReadOnlyList<string> paths,
        CancellationToken cancellationToken)
    {
        List<SalesforceColumn> columns = [];
        foreach (var path in paths)
        {
            columns.Add(await FindAsync(objectName, path, cancellationToken));
        }

        return columns;
    }

    /// <summary>Checks for the fields by which changes are followed.</summary>
    /// <exception cref="SourceException">The object lacks one.</exception>
    public async Task RequireAsync(string objectName, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var fields = await FieldsAsync(objectName, cancellationToken);
        if (names.FirstOrDefault(name => !fields.Any(field => field.Name == name)) is { } missing)
        {
            throw new SourceException($"The Salesforce object {objectName} has no field \"{missing}\", without which its changes cannot "
                + $"be followed{(missing == "IsDeleted" ? "; remove \"deleted\" from the job" : "; choose another object")}");
        }
    }

    /// <summary>Names of the fields that hold a single value.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(string objectName, CancellationToken cancellationToken) =>
        [.. (await FieldsAsync(objectName, cancellationToken)).Where(field => !IsCompound(field.Type)).Select(field => field.Name)];

    private static bool IsCompound(string type) => type is "address" or "location" or "base64" or "complexvalue" or "anyType";

    private async Task<SalesforceColumn> FindAsync(string objectName, string path, CancellationToken cancellationToken)
    {
        var steps = path.Split('.');
        var current = objectName;
        var proper = "";
        foreach (var step in steps[..^1])
        {
            var fields = await FieldsAsync(current, cancellationToken);
            var relation = fields.FirstOrDefault(field =>
                step.Equals(field.RelationshipName, StringComparison.OrdinalIgnoreCase) && field.ReferenceTo.Count > 0)
                ?? throw Missing(current, path, step, "relationship", fields.Select(field => field.RelationshipName).OfType<string>());
            proper += $"{relation.RelationshipName}.";
            current = relation.ReferenceTo.Count == 1 ? relation.ReferenceTo[0] : "Name"; // what several objects have in common
        }

        var last = await FieldsAsync(current, cancellationToken);
        var found = last.FirstOrDefault(field => field.Name.Equals(steps[^1], StringComparison.OrdinalIgnoreCase))
            ?? throw Missing(current, path, steps[^1], "field", last.Select(field => field.Name));
        return IsCompound(found.Type)
            ? throw new SourceException($"The Salesforce field \"{path}\" of {objectName} is of type {found.Type}, which is no single "
            + "value; map its parts, for example BillingStreet instead of BillingAddress")
            : new SalesforceColumn(proper + found.Name, found.Type, found.IsCalculated);
    }

    private async Task<IReadOnlyList<SalesforceField>> FieldsAsync(string objectName, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(objectName, out var known))
        {
            return known;
        }

        try
        {
            return _known[objectName] = await client.GetAsync(
                $"sobjects/{Uri.EscapeDataString(objectName)}/describe", Fields, cancellationToken);
        }
        catch (SalesforceException refusal) when (refusal.Code == SalesforceException.NotFound)
        {
            throw await UnknownAsync(objectName, cancellationToken);
        }
    }

    /// <summary>Where the objects cannot be listed either, that is what is told.</summary>
    private async Task<SourceException> UnknownAsync(string objectName, CancellationToken cancellationToken)
    {
        var names = await client.GetAsync("sobjects", Names, cancellationToken);
        return new SourceException(
            $"Salesforce has no object \"{objectName}\" that the integration user may read"
                + $"{NearName.Instead(objectName, names, "objects that can be read")}; correct the job's \"object\" (custom objects end in "
                + "__c), or grant \"Read\" and \"View All\" on it");
    }

    private static IReadOnlyList<string> Names(JsonElement list) =>
    [
        .. list.GetProperty("sobjects").EnumerateArray()
            .Where(item => !item.TryGetProperty("queryable", out var queryable) || queryable.ValueKind == JsonValueKind.True)
            .Select(item => item.GetProperty("name").GetString())
            .OfType<string>(),
    ];

    private static IReadOnlyList<SalesforceField> Fields(JsonElement description) =>
    [
        .. description.GetProperty("fields").EnumerateArray().Select(field => new SalesforceField(
            field.GetProperty("name").GetString() is { Length: > 0 } name ? name
                : throw SalesforceException.Misfit("describes a field without a name"),
            field.GetProperty("type").GetString() is { Length: > 0 } type ? type
                : throw SalesforceException.Misfit("describes a field without a type"),
            field.TryGetProperty("calculated", out var calculated) && calculated.ValueKind == JsonValueKind.True,
            field.TryGetProperty("relationshipName", out var relationship) ? relationship.GetString() : null,
            field.TryGetProperty("referenceTo", out var others) && others.ValueKind == JsonValueKind.Array
                ? [.. others.EnumerateArray().Select(other => other.GetString()).OfType<string>()] : [])),
    ];

    private static SourceException Missing(string objectName, string path, string step, string what, IEnumerable<string> names)
    {
        var meant = NearName.Find(step, names) is { } near ? $" (did you mean \"{near}\"?)" : "";
        var where = path == step ? "" : $" in \"{path}\"";
        return new SourceException($"The Salesforce object {objectName} has no {what} \"{step}\"{where}{meant}, or the integration user "
            + "may not see it; correct the job's \"from\", or grant the user read access to the field");
    }
}
