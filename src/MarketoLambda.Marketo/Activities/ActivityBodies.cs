using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Marketo.Activities;

/// <summary>Body of a call that adds custom activities.</summary>
internal sealed record ActivitiesRequest(IReadOnlyList<EncodedRecord> Input);

/// <summary>A type of custom activity as it is answered.</summary>
internal sealed record DescribedActivityType
{
    public int? Id { get; init; }

    public string? ApiName { get; init; }

    public string? Name { get; init; }

    public DescribedAttribute? PrimaryAttribute { get; init; }

    public IReadOnlyList<DescribedAttribute?>? Attributes { get; init; }

    /// <summary>Null for what cannot be used: a draft without a primary attribute.</summary>
    public ActivityType? ToType() =>
        Id is { } id && ApiName is { } apiName && PrimaryAttribute?.ToField() is { } primary
            ? new ActivityType(
                id,
                apiName,
                Name ?? apiName,
                primary,
                [.. (Attributes ?? []).Select(attribute => attribute?.ToField()).OfType<RecordField>()])
            : null;

    internal sealed record DescribedAttribute
    {
        public string? ApiName { get; init; }

        public string? Name { get; init; }

        public string? DataType { get; init; }

        public RecordField? ToField() =>
            (ApiName ?? Name) is { } name
                ? new RecordField(name, Name ?? name, DataType ?? "string", Length: null, IsUpdateable: true)
                : null;
    }
}
