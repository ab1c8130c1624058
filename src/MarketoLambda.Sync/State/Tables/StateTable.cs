namespace MarketoLambda.Sync.State.Tables;

/// <summary>
/// A standalone custom object in which the program keeps something: no link fields, so it belongs to no person and nobody deletes it by
/// accident.
/// </summary>
/// <param name="ApiName">With Marketo's <c>_c</c>.</param>
/// <param name="DisplayName">What people see.</param>
/// <param name="PluralName">The same for several.</param>
/// <param name="Description">Stored in Marketo.</param>
/// <param name="Fields">All fields, in the order people read them; the first is the dedupe field.</param>
public sealed record StateTable(string ApiName, string DisplayName, string PluralName, string Description, IReadOnlyList<TableField> Fields)
{
    private const string NameBeginning = "customObjectSync";

    /// <summary>An object of this API name is kept by the program, and is none that people fill.</summary>
    public static bool IsNameOfOne(string apiName) => apiName.StartsWith(NameBeginning, StringComparison.OrdinalIgnoreCase);

    /// <summary>The dedupe field.</summary>
    public TableField KeyField => Fields[0];

    /// <summary>
    /// Fields without which nothing works, besides the dedupe field; the others may be missing in an object made by hand.
    /// </summary>
    public IReadOnlyList<TableField> Required { get; init; } = [];
}
