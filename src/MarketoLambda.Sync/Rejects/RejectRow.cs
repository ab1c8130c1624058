using MarketoLambda.Marketo.Errors;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Rejects;

/// <summary>What Marketo remembers of one reject.</summary>
/// <param name="MarketoGuid">Marketo's own id of the record; empty before it is created.</param>
/// <param name="Job">The job's name.</param>
/// <param name="Number">From 1, in the order in which a job's rejects were stored.</param>
/// <param name="Location">Where the record stands in its source.</param>
public sealed record RejectRow(string MarketoGuid, string Job, long Number, SourceLocation Location)
{
    public RejectStage Stage { get; init; }

    /// <summary>When the record was last changed in its source, in whole seconds; null where that is not known.</summary>
    public DateTimeOffset? SourceStamp { get; init; }

    /// <summary>The record's dedupe values; null when they could not be read.</summary>
    public string? Key { get; init; }

    /// <summary>Marketo's codes, joined by a plus, or a name of our own.</summary>
    public required string Code { get; init; }

    /// <summary>One sentence; may quote a field value.</summary>
    public string Reason { get; init; } = "";

    /// <summary>How often it was refused.</summary>
    public long Attempts { get; init; } = 1;

    public DateTimeOffset FirstSeenAt { get; init; }

    /// <summary>When it was refused last, or closed.</summary>
    public DateTimeOffset LastSeenAt { get; init; }

    /// <summary>What to send again, a <see cref="RejectPayload"/>; null where nothing can be sent again.</summary>
    public string? Payload { get; init; }

    /// <summary>What is kept in place of a payload that does not fit.</summary>
    internal string? ShorterPayload { get; init; }

    /// <summary>The payload did not fit: the source has the record.</summary>
    public bool IsPayloadTooLong { get; init; }

    /// <summary>Until then a waiting one is tried again by itself, and once in any case; null where it does not wait.</summary>
    public DateTimeOffset? WaitsUntil { get; init; }

    /// <summary>Nothing is left to do about it.</summary>
    public bool IsOver => Stage is not (RejectStage.Open or RejectStage.Waiting or RejectStage.Held);

    /// <summary>It can be tried again: what to send is known, and which later versions would replace it.</summary>
    public bool CanBeRetried => !IsOver && Key is not null && Payload is not null;

    /// <summary>Where it stands in its source, and since when.</summary>
    internal SourcePlace Place => new(Location, SourceStamp);

    /// <summary>
    /// The same with what it is at a time: one that may pass by itself waits until it is given up, and is open from then on.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="retryFor">How long the job tries again; zero where it never does.</param>
    public RejectRow AsOf(DateTimeOffset now, TimeSpan retryFor)
    {
        if (IsOver || Stage == RejectStage.Held)
        {
            return this;
        }

        var waits = CanBeRetried && RejectWait.IsOn(MayPass, Attempts, FirstSeenAt, now, retryFor);
        return this with
        {
            Stage = waits ? RejectStage.Waiting : RejectStage.Open,
            WaitsUntil = waits ? FirstSeenAt + retryFor : null,
        };
    }

    /// <summary>Nobody knows whether Marketo has it.</summary>
    internal bool MayBeThere => Code == RejectedRecord.UnknownOutcome;

    /// <summary>It may pass by itself: the person or record it names does not exist in Marketo, yet.</summary>
    internal bool MayPass => Code.Split('+').All(code => MarketoErrorCatalog.Find(code).MeansNotFound);
}

/// <summary>What became of a reject.</summary>
public enum RejectStage
{
    /// <summary>Not in Marketo.</summary>
    Open,

    /// <summary>
    /// Not in Marketo yet, because the person or record that it names does not exist there: later runs try it again by themselves.
    /// </summary>
    Waiting,

    /// <summary>
    /// Not in Marketo, either, but what is, or may be, a newer version of it was sent since: it is not tried again unless a person says so.
    /// </summary>
    Held,

    /// <summary>Marketo took it at a later try.</summary>
    Resolved,

    /// <summary>Marketo took a newer version of the record: this one must not be sent any more.</summary>
    Superseded,

    /// <summary>A person said that nothing is to come of it.</summary>
    Dismissed,
}
