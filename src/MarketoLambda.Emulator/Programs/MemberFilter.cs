using System.Diagnostics.CodeAnalysis;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Programs;

/// <summary>Which members a query wants.</summary>
/// <param name="IsByLead">Whether it looks for leads: then the size of the program does not matter.</param>
/// <param name="Covers">Whether it wants this one.</param>
internal sealed record MemberFilter(bool IsByLead, Func<StoredRecord, bool> Covers)
{
    private static readonly TimeSpan LongestRange = TimeSpan.FromDays(7);

    public static bool TryRead(
        Call call,
        LookupRequest request,
        ObjectSchema schema,
        EmulatorOptions options,
        [NotNullWhen(true)] out MemberFilter? filter,
        [NotNullWhen(false)] out Refusal? refusal)
    {
        filter = null;
        if (request.FilterType is not { } type)
        {
            refusal = Refusal.Invalid("filterType not specified");
            return false;
        }

        if (type == ObjectSchema.UpdatedAt)
        {
            return TryReadRange(call, out filter, out refusal);
        }

        var values = request.FilterValues ?? [];
        var field = schema.Find(type, options.Quirks.FieldNamesIgnoreCase);
        refusal = field is not { IsSearchable: true } ? Refusal.Invalid($"Invalid filterType '{type}'")
            : values.Count == 0 ? Refusal.Invalid("filterValues not specified")
            : values.Count > options.MaxRecordsPerCall
                ? Refusal.Invalid($"The filter has {values.Count} values, {options.MaxRecordsPerCall} are allowed")
            : null;
        filter = refusal is null && field is not null
            ? new MemberFilter(field.Name == ProgramMember.LeadId, member => values.Contains(FieldTexts.Read(schema, field.Name, member)))
            : null;
        return filter is not null;
    }

    /// <remarks>Source: Adobe: seven days at most, and no milliseconds.</remarks>
    private static bool TryReadRange(Call call, [NotNullWhen(true)] out MemberFilter? filter, [NotNullWhen(false)] out Refusal? refusal)
    {
        var (start, end) = (Moment(call.Query["startAt"]), Moment(call.Query["endAt"]));
        refusal = start is null ? Refusal.Invalid("Invalid startAt")
            : end is null ? Refusal.Invalid("Invalid endAt")
            : end - start > LongestRange || end < start ? Refusal.Invalid("The range from startAt to endAt must be seven days or fewer")
            : null;
        filter = refusal is null
            ? new MemberFilter(IsByLead: false, member => IsWithin(DateTimeOffset.FromUnixTimeSeconds(member.UpdatedAt), start, end))
            : null;
        return filter is not null;
    }

    private static bool IsWithin(DateTimeOffset time, DateTimeOffset? start, DateTimeOffset? end) => time >= start && time <= end;

    private static DateTimeOffset? Moment(string? text) =>
        text is not null && !text.Contains('.', StringComparison.Ordinal) ? MarketoDatetime.ReadMoment(text) : null;
}
