using System.Text.Json.Nodes;

namespace MarketoLambda.Testing.Salesforce;

/// <summary>What <c>sobjects/X/describe</c> tells, cut down to what an import can use.</summary>
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
