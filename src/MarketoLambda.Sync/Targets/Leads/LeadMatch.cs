using System.Globalization;
using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Sync.Targets.Leads;

/// <summary>A lead that has a key.</summary>
/// <param name="Id">Marketo's own id: a number.</param>
/// <param name="CreatedAt">When it was created; the earliest of all times where that is not told.</param>
/// <param name="UpdatedAt">When it was last changed; the earliest of all times where that is not told.</param>
internal sealed record LeadMatch(string Id, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>Decides between leads of the same second.</summary>
    public long Number => long.TryParse(Id, CultureInfo.InvariantCulture, out var number) ? number : 0;

    public static LeadMatch From(MarketoRecord record) => new(record.Id, Time(record, "createdAt"), Time(record, "updatedAt"));

    private static DateTimeOffset Time(MarketoRecord record, string field) =>
        record.Fields.TryGetValue(field, out var value)
        && DateTimeOffset.TryParse(value.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : DateTimeOffset.MinValue;
}
