using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Marketo.Leads;

/// <summary>A field of leads as the older <em>describe</em> answers it.</summary>
internal sealed record DescribedLeadField
{
    public string? DisplayName { get; init; }

    public string? DataType { get; init; }

    public int? Length { get; init; }

    /// <summary>Null for a field that the REST interface does not have.</summary>
    public RestName? Rest { get; init; }

    public static IReadOnlyList<RecordField> Known(IEnumerable<DescribedLeadField> fields) =>
        DescribedField.Known(fields
            .Where(field => field.Rest is not null)
            .Select(field => new DescribedField
            {
                Name = field.Rest?.Name,
                DisplayName = field.DisplayName,
                DataType = field.DataType,
                Length = field.Length,
                Updateable = field.Rest?.ReadOnly != true,
            }));

    internal sealed record RestName
    {
        public string? Name { get; init; }

        public bool? ReadOnly { get; init; }
    }
}
