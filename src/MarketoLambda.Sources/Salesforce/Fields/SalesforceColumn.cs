namespace MarketoLambda.Sources.Salesforce.Fields;

/// <summary>A column of a job, found in the organisation.</summary>
/// <param name="Path">What is selected, for example <c>Account.Name</c>, in Salesforce's own casing.</param>
/// <param name="Type">Salesforce's type of its values.</param>
/// <param name="IsCalculated">It is a formula.</param>
internal sealed record SalesforceColumn(string Path, string Type, bool IsCalculated)
{
    /// <summary>Belongs to another record, which changes on its own.</summary>
    public bool IsOfAnotherRecord => Path.Contains('.', StringComparison.Ordinal);
}
