using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Marketo.Activities;

/// <summary>A type of custom activity that is approved.</summary>
/// <param name="Id">As in <c>activityTypeId</c>.</param>
/// <param name="ApiName">For example <c>visitedStore_c</c>.</param>
/// <param name="DisplayName">What people see.</param>
/// <param name="PrimaryAttribute">What <c>primaryAttributeValue</c> fills.</param>
/// <param name="Attributes">The others; up to 20.</param>
public sealed record ActivityType(
    int Id,
    string ApiName,
    string DisplayName,
    RecordField PrimaryAttribute,
    IReadOnlyList<RecordField> Attributes);
