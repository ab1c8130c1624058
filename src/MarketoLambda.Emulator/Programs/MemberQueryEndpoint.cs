using System.Text.Json;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Http;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Programs;

/// <summary>Looks up members of a program, in pages.</summary>
/// <remarks>Source: Adobe, rest-api/program-members, "Query".</remarks>
internal sealed class MemberQueryEndpoint(EmulatorOptions options, ProgramBook book, ObjectType members, Lock gate)
{
    private static readonly string[] Standard =
    [
        ProgramMember.LeadId,
        ProgramMember.ReachedSuccess,
        ProgramMember.ProgramId,
        ProgramMember.AcquiredBy,
        ProgramMember.MembershipDate,
    ];

    public EmulatorResponse Answer(Call call, DateTimeOffset now)
    {
        if (!LookupRequest.TryRead(call, out var request, out var refusal))
        {
            return call.Envelope.Refused(refusal);
        }

        lock (gate)
        {
            if (!MemberEndpoints.TryFind(call, book, options.Quirks, out var program, out refusal)
                || !MemberFilter.TryRead(call, request, members.Newest, options, out var filter, out refusal)
                || !Page.TryRead(request, options, out var page, out refusal))
            {
                return call.Envelope.Refused(refusal);
            }

            var names = request.Fields ?? Standard;
            if (names.FirstOrDefault(name => !IsKnown(name)) is { } unknown)
            {
                return call.Envelope.Refused(Refusal.FieldNotFound(unknown));
            }

            var all = members.Records.Visible(now).All.Where(member => ProgramOf(member) == program.Id).ToArray();
            if (all.Length > options.MaxMembersPerFilter && !filter.IsByLead)
            {
                return call.Envelope.Refused(Refusal.Invalid(
                    $"Total membership size: {all.Length:N0} exceeds the limit allowed {options.MaxMembersPerFilter:N0} for the filter"));
            }

            var found = all.Where(filter.Covers).ToArray();
            var rows = page.Cut(found);
            return call.Envelope.Result(
                json =>
                {
                    foreach (var (seq, member) in rows.Index())
                    {
                        Write(json, seq, member, names);
                    }
                },
                page.NextToken(found.Length));
        }
    }

    private bool IsKnown(string name) =>
        members.Newest.Find(name, options.Quirks.FieldNamesIgnoreCase) is not null
        || name is ObjectSchema.CreatedAt or ObjectSchema.UpdatedAt;

    private int ProgramOf(StoredRecord member) =>
        int.Parse(FieldTexts.Read(members.Newest, ProgramMember.ProgramId, member), System.Globalization.CultureInfo.InvariantCulture);

    private void Write(Utf8JsonWriter json, int seq, StoredRecord member, IReadOnlyList<string> names)
    {
        json.WriteStartObject();
        json.WriteNumber("seq"u8, seq);
        foreach (var name in names.Prepend(ProgramMember.LeadId).Distinct())
        {
            if (members.Newest.Find(name, options.Quirks.FieldNamesIgnoreCase) is not { } field)
            {
                json.WriteString(name, MarketoDatetime.Format(name == ObjectSchema.CreatedAt ? member.CreatedAt : member.UpdatedAt));
            }
            else if (FieldValues.TryGet(member.Values, field.Ordinal, out var value))
            {
                json.WritePropertyName(field.Name);
                json.WriteRawValue(value, skipInputValidation: true);
            }
        }

        json.WriteEndObject();
    }
}
