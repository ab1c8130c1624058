namespace MarketoLambda.Emulator.Activities;

/// <summary>A type of custom activity.</summary>
/// <param name="Id">As in <c>activityTypeId</c>.</param>
/// <param name="ApiName">For example <c>visitedStore_c</c>.</param>
/// <param name="PrimaryAttribute">API name of what <c>primaryAttributeValue</c> fills.</param>
/// <param name="Attributes">API names of the other attributes.</param>
internal sealed record ActivityType(int Id, string ApiName, string PrimaryAttribute, IReadOnlyList<string> Attributes)
{
    /// <summary>Most types of one subscription.</summary>
    /// <remarks>Source: Adobe, rest-api/activities, "Custom Activities".</remarks>
    public const int MaxTypes = 10;

    /// <summary>Most attributes of one type, apart from the primary one.</summary>
    public const int MaxAttributes = 20;

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A custom activity as it is stored; nothing changes or deletes it.</summary>
/// <param name="Id">Unique among custom activities.</param>
/// <param name="LeadId">Who did it.</param>
/// <param name="ActivityTypeId">What it is.</param>
/// <param name="PrimaryAttributeValue">What it is about.</param>
public sealed record CustomActivity(long Id, long LeadId, int ActivityTypeId, string PrimaryAttributeValue)
{
    public required DateTimeOffset ActivityDate { get; init; }

    /// <summary>Values of the other attributes by API name, as text.</summary>
    public required IReadOnlyDictionary<string, string> Attributes { get; init; }
}
