namespace MarketoLambda.Marketo.Records;

/// <summary>A type of records as <em>describe</em> answers it.</summary>
/// <remarks>Real answers call the type <c>name</c>, Adobe's OpenAPI file <c>apiName</c>: both are read.</remarks>
internal sealed record DescribedRecordType
{
    public string? Name { get; init; }

    public string? ApiName { get; init; }

    public string? DisplayName { get; init; }

    public IReadOnlyList<string?>? DedupeFields { get; init; }

    public IReadOnlyList<DescribedField?>? Fields { get; init; }

    public RecordTypeDescription ToDescription(string askedFor) => new(
        Name ?? ApiName ?? askedFor,
        DisplayName ?? Name ?? ApiName ?? askedFor,
        [.. (DedupeFields ?? []).OfType<string>()],
        DescribedField.Known(Fields));
}

/// <summary>A field as <em>describe</em> answers it, of the record and of the schema interface.</summary>
internal sealed record DescribedField
{
    public string? Name { get; init; }

    public string? DisplayName { get; init; }

    public string? DataType { get; init; }

    public int? Length { get; init; }

    public bool? Updateable { get; init; }

    /// <summary>Those with a name, each name once: of two that differ in casing, nobody could say which one is meant.</summary>
    public static IReadOnlyList<RecordField> Known(IEnumerable<DescribedField?>? fields) =>
    [
        .. (fields ?? []).OfType<DescribedField>().Where(field => field.Name is not null).Select(field => field.ToField())
            .DistinctBy(field => field.Name, StringComparer.OrdinalIgnoreCase),
    ];

    public RecordField ToField() => new(Name ?? "", DisplayName ?? Name ?? "", DataType ?? "string", Length, Updateable ?? true);
}
