using System.Text.Json.Nodes;

namespace MarketoLambda.Testing.Salesforce;

/// <summary>What <c>sobjects</c> and <c>sobjects/X/describe</c> tell, cut down to what an import can use.</summary>
internal static class OrgDescribe
{
    public static OrgAnswer Of(OrgObject? described) => described is null
        ? OrgAnswer.Error(404, "NOT_FOUND", "The requested resource does not exist")
        : OrgAnswer.Ok(new JsonObject
        {
            ["name"] = described.Name,
            ["label"] = described.Name,
            ["queryable"] = true,
            ["fields"] = new JsonArray([.. described.VisibleFields.Select(Field)]),
        });

    /// <summary>All objects that the user may see, and one that nobody can query.</summary>
    public static OrgAnswer All(IEnumerable<string> names) => OrgAnswer.Ok(new JsonObject
    {
        ["encoding"] = "UTF-8",
        ["maxBatchSize"] = 200,
        ["sobjects"] = new JsonArray(
        [
            .. names.Select(name => new JsonObject { ["name"] = name, ["label"] = name, ["queryable"] = true }),
            new JsonObject { ["name"] = "AssetChangeEvent", ["label"] = "Asset Change Event", ["queryable"] = false },
        ]),
    });

    private static JsonObject Field(OrgField field) => new()
    {
        ["name"] = field.Name,
        ["label"] = field.Name,
        ["type"] = field.Type,
        ["calculated"] = field.IsCalculated,
        ["relationshipName"] = field.RelationshipName,
        ["referenceTo"] = field.ReferenceTo is { } other ? new JsonArray(other) : new JsonArray(),
    };
}
