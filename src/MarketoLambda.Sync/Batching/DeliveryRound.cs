using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Mapping;

namespace MarketoLambda.Sync.Batching;

/// <summary>Records on their way to an answer each: the parts that are to be sent still, and what is known of those that were.</summary>
internal sealed class DeliveryRound(IReadOnlyList<MappedRecord> records)
{
    private readonly List<RejectedRecord> _refused = [];
    private readonly List<AnsweredCall> _calls = [];

    /// <summary>What is to be sent, in this order.</summary>
    public LinkedList<DeliveryPart> Parts { get; } = new([new DeliveryPart(records, CallPurpose.Import, NotBefore: null)]);

    /// <summary>Records that failed alone, with codes that do not tell a bad record from an outage.</summary>
    public List<DeliverySuspect> Suspects { get; } = [];

    /// <summary>A record of a call that was answered.</summary>
    public MappedRecord? Control { get; set; }

    /// <summary>The calls that were answered, in this order.</summary>
    public IReadOnlyList<AnsweredCall> Calls => _calls;

    /// <summary>Call it when all parts were sent and no suspect is in doubt.</summary>
    public IReadOnlyList<RejectedRecord> Refused =>
        [.. _refused, .. Suspects.Select(suspect => RecordRefusals.From(suspect.Record, suspect.Failure))];

    /// <inheritdoc cref="Refused"/>
    public IEnumerable<MappedRecord> Accepted => Split()[false];

    /// <summary>The versions whose place refused ones had taken.</summary>
    /// <inheritdoc cref="Refused"/>
    public IReadOnlyList<MappedRecord> Earlier =>
        _refused.Count + Suspects.Count == 0 ? [] : [.. Split()[true].Select(record => record.Earlier).OfType<MappedRecord>()];

    public void Reject(RejectedRecord record) => _refused.Add(record);

    /// <summary>A part was answered. Records that Marketo took for another one of the call go again on their own, behind it.</summary>
    public void Answer(DeliveryPart part, IReadOnlyList<RecordResult> results)
    {
        Control = part.Records[0];
        _calls.Add(new AnsweredCall(part.Records, results));
        _refused.AddRange(RecordRefusals.From(part.Records, results));
        if (part.Records.Count > 1)
        {
            foreach (var result in results.Where(RecordRefusals.IsDuplicateInCall).Reverse())
            {
                Parts.AddFirst(new DeliveryPart([part.Records[result.Position]], CallPurpose.Import, NotBefore: null));
            }
        }
    }

    private ILookup<bool, MappedRecord> Split()
    {
        var keys = Refused.Select(refused => refused.Key).ToHashSet(StringComparer.Ordinal);
        return records.ToLookup(record => keys.Contains(record.Key.Text));
    }
}

/// <summary>Records of one call.</summary>
/// <param name="Records">In source order.</param>
/// <param name="Purpose">All tries, or one.</param>
/// <param name="NotBefore">Until then an earlier call with these records may be running.</param>
internal sealed record DeliveryPart(IReadOnlyList<MappedRecord> Records, CallPurpose Purpose, DateTimeOffset? NotBefore)
{
    /// <summary>A part of it: one try each.</summary>
    public DeliveryPart With(IReadOnlyList<MappedRecord> records) => this with { Records = records, Purpose = CallPurpose.Probe };
}

/// <summary>A record that failed alone.</summary>
internal sealed record DeliverySuspect(MappedRecord Record, MarketoUnavailableException Failure);
