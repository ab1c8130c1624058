using System.Globalization;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.Emulator.Programs;

/// <summary>Writes and deletes members of one program. Each succeeds or is skipped on its own.</summary>
internal sealed class MemberWriter(ObjectCatalog catalog, RecordStore store, Lock gate)
{
    private static readonly Refusal MembershipNotFound = new("1013", "Membership not found");
    private static readonly Refusal NotInProgram = new("1037", "Lead not in program");

    private readonly ObjectType _members = catalog.Standard(ProgramMember.Name);
    private readonly ObjectType _leads = catalog.Standard(LinkableObjects.Lead);

    /// <summary>Gives leads a status; those that are no members become members.</summary>
    /// <param name="leads">Ids; null for what cannot be one.</param>
    /// <param name="status">Null: there is no such status in the channel.</param>
    public RecordResult[] SetStatus(
        Call call,
        MarketoProgram program,
        ChannelStatus? status,
        IReadOnlyList<long?> leads,
        DateTimeOffset now) =>
        ForEach(call, leads, now, (batch, lead, seq) =>
            status is null ? RecordResult.Skipped(Refusal.FromCode("1025"))
            : !_leads.Records.Current.TryGet(IdField.OfNumber(lead), out _) ? RecordResult.Skipped(Refusal.LeadNotFound)
            : Find(program, lead) is { } member ? Move(batch, program, member, status, lead, seq)
            : Join(batch, program, status, lead, seq));

    /// <summary>Writes fields of members.</summary>
    public RecordResult[] Write(Call call, MarketoProgram program, IReadOnlyList<IncomingRecord> records, DateTimeOffset now) =>
        ForEach(call, [.. records.Select(record => LeadOf(record))], now, (batch, lead, seq) =>
        {
            if (Find(program, lead) is not { } member)
            {
                return RecordResult.Skipped(MembershipNotFound);
            }

            store.Update(batch, member, member.Key, records[seq], seq);
            return RecordResult.Updated(IdField.OfNumber(lead));
        }, seq => records[seq].Refusal);

    public RecordResult[] Delete(Call call, MarketoProgram program, IReadOnlyList<long?> leads, DateTimeOffset now) =>
        ForEach(call, leads, now, (batch, lead, seq) =>
        {
            if (Find(program, lead) is not { } member)
            {
                return RecordResult.Skipped(NotInProgram);
            }

            store.Delete(batch, member, seq);
            return RecordResult.Deleted(IdField.OfNumber(lead));
        });

    private RecordResult[] ForEach(
        Call call,
        IReadOnlyList<long?> leads,
        DateTimeOffset now,
        Func<WriteBatch, long, int, RecordResult> write,
        Func<int, Refusal?>? refuse = null)
    {
        lock (gate)
        {
            var batch = store.Begin(call, _members, now);
            return
            [
                .. leads.Select((lead, seq) =>
                    refuse?.Invoke(seq) is { } refusal ? RecordResult.Skipped(refusal)
                    : lead is not { } id ? RecordResult.Skipped(Refusal.MissingParameter(ProgramMember.LeadId))
                    : call.Skip(Text(id)) is { } skipped ? RecordResult.Skipped(skipped)
                    : write(batch, id, seq)),
            ];
        }
    }

    private RecordResult Move(WriteBatch batch, MarketoProgram program, StoredRecord member, ChannelStatus status, long lead, int seq)
    {
        var present = program.Channel.Find(FieldTexts.Read(batch.Schema, ProgramMember.StatusName, member));
        if (present == status || present?.Step > status.Step)
        {
            return RecordResult.Skipped(Refusal.FromCode("1037"));
        }

        store.Update(batch, member, member.Key, new IncomingRecord { Changes = StatusValues(batch, status) }, seq);
        return RecordResult.Updated(IdField.OfNumber(lead));
    }

    private RecordResult Join(WriteBatch batch, MarketoProgram program, ChannelStatus status, long lead, int seq)
    {
        var values = new Dictionary<string, string>
        {
            [ProgramMember.LeadId] = Text(lead),
            [ProgramMember.ProgramId] = Text(program.Id),
            [ProgramMember.Program] = ValueText.QuoteText(program.Name),
            [ProgramMember.MembershipDate] = ValueText.QuoteText(MarketoDatetime.Format(batch.Now)),
            [ProgramMember.AcquiredBy] = "false",
        };
        var changes = FieldValues.Merge(FieldTexts.Encode(batch.Schema, values), StatusValues(batch, status));
        store.Create(batch, new IncomingRecord { Key = Key(program, lead), Changes = changes }, seq);
        return RecordResult.Created(IdField.OfNumber(lead));
    }

    private static byte[] StatusValues(WriteBatch batch, ChannelStatus status)
    {
        var values = new Dictionary<string, string>
        {
            [ProgramMember.StatusName] = ValueText.QuoteText(status.Name),
            [ProgramMember.ReachedSuccess] = status.IsSuccess ? "true" : "false",
        };
        if (status.IsSuccess)
        {
            values[ProgramMember.ReachedSuccessDate] = ValueText.QuoteText(MarketoDatetime.Format(batch.Now));
        }

        return FieldTexts.Encode(batch.Schema, values);
    }

    private long? LeadOf(IncomingRecord record) =>
        record.Refusal is null
        && _members.Newest.Find(ProgramMember.LeadId, ignoreCase: false) is { } field
        && FieldValues.TryGet(record.Changes, field.Ordinal, out var json)
            ? long.Parse(json, CultureInfo.InvariantCulture)
            : null;

    private StoredRecord? Find(MarketoProgram program, long lead) =>
        _members.Records.Current.WithKey(Key(program, lead)) is [var member, ..] ? member : null;

    private static string Key(MarketoProgram program, long lead) => RecordKey.From([Text(lead), Text(program.Id)], ignoreCase: false);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
