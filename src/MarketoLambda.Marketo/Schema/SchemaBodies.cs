using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Marketo.Schema;

/// <summary>Body of a call that creates a type.</summary>
internal sealed record CreateTypeRequest(
    string Action,
    string ApiName,
    string DisplayName,
    string PluralName,
    string Description,
    bool ShowInLeadDetail);

/// <summary>Body of a call that adds fields.</summary>
internal sealed record AddFieldsRequest(IReadOnlyList<CustomObjectFieldDefinition> Input);

/// <summary>A type as Marketo answers it.</summary>
internal sealed record DescribedType
{
    public string? ApiName { get; init; }

    public string? DisplayName { get; init; }

    public string? State { get; init; }

    public IReadOnlyList<string?>? DedupeFields { get; init; }

    public IReadOnlyList<DescribedField?>? Fields { get; init; }

    public CustomObjectType ToType() => new()
    {
        ApiName = ApiName ?? "",
        DisplayName = DisplayName ?? ApiName ?? "",
        State = StateOf(State),
        DedupeFields = [.. (DedupeFields ?? []).OfType<string>()],
        Fields = DescribedField.Known(Fields),
    };

    public static string WordFor(CustomObjectTypeState state) => state switch
    {
        CustomObjectTypeState.Draft => "draft",
        CustomObjectTypeState.Approved => "approved",
        CustomObjectTypeState.ApprovedWithDraft => "approvedWithDraft",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    /// <summary>Without a known word, a draft: whoever relies on approval must see it said.</summary>
    private static CustomObjectTypeState StateOf(string? word) => word switch
    {
        "approved" => CustomObjectTypeState.Approved,
        "approvedWithDraft" => CustomObjectTypeState.ApprovedWithDraft,
        _ => CustomObjectTypeState.Draft,
    };
}
