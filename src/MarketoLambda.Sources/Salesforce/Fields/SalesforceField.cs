namespace MarketoLambda.Sources.Salesforce.Fields;

/// <summary>A field as <em>describe</em> tells it.</summary>
/// <param name="Name">API name.</param>
/// <param name="Type">For example <c>double</c>, <c>datetime</c>, <c>picklist</c>.</param>
/// <param name="IsCalculated">A formula: its value may change without the record's stamp.</param>
/// <param name="RelationshipName">What paths through it begin with: <c>Account</c> for <c>AccountId</c>; null where it leads
/// nowhere.</param>
/// <param name="ReferenceTo">Objects it may lead to.</param>
internal sealed record SalesforceField(string Name, string Type, bool IsCalculated, string? RelationshipName,
    IReadOnlyList<string> ReferenceTo);
