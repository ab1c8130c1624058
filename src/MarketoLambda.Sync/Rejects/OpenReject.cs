using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Rejects;

/// <summary>What a run knows of a reject that is not over: enough to keep versions in their order, and none of its values.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Place">Where it stands in its source.</param>
internal sealed record OpenReject(long Number, SourcePlace Place)
{
    /// <summary>Print of the exact key; null where it is not known.</summary>
    public ulong? Key { get; private init; }

    /// <summary>Print of the key as records are told apart by while they are on their way.</summary>
    public ulong? FoldedKey { get; private init; }

    /// <summary>Print of key and place: of the very same source record; null where nothing tells two of them apart.</summary>
    public ulong? Record { get; private init; }

    /// <summary>Print of key and payload: of a version with the same values.</summary>
    public ulong? Version { get; private init; }

    public long Attempts { get; private init; }

    public DateTimeOffset FirstSeenAt { get; private init; }

    /// <inheritdoc cref="RejectRow.CanBeRetried"/>
    public bool CanBeRetried { get; private init; }

    /// <inheritdoc cref="RejectStage.Held"/>
    public bool IsHeld { get; init; }

    /// <summary>It is kept in Marketo as one that waits. Whether its time is over tells <see cref="WaitsAt"/>.</summary>
    public bool IsWaiting { get; init; }

    private bool MayPass { get; init; }

    /// <param name="row">As Marketo has it.</param>
    /// <param name="keyParts">Dedupe fields of the object.</param>
    public static OpenReject From(RejectRow row, int keyParts) => new(row.Number, row.Place)
    {
        Key = FingerprintOf(row.Key),
        FoldedKey = row.Key is { } key ? KeyFingerprint.Compute(RecordKey.Parse(key, keyParts).Folded) : null,
        Record = RecordOf(row.Location, row.Key),
        Version = VersionOf(row.Key, row.Payload),
        Attempts = row.Attempts,
        FirstSeenAt = row.FirstSeenAt,
        CanBeRetried = row.CanBeRetried,
        IsHeld = row.Stage == RejectStage.Held,
        IsWaiting = row.Stage == RejectStage.Waiting,
        MayPass = row.MayPass,
    };

    /// <summary>Later runs try it again by themselves.</summary>
    public bool WaitsAt(DateTimeOffset now, TimeSpan retryFor) =>
        CanBeRetried && !IsHeld && RejectWait.IsOn(MayPass, Attempts, FirstSeenAt, now, retryFor);

    public static ulong? FingerprintOf(string? key) => key is null ? null : KeyFingerprint.Compute(key);

    /// <summary>
    /// Null without a key at a place that has no rows: two rejects may be of two records then, although nothing tells them apart.
    /// </summary>
    public static ulong? RecordOf(SourceLocation place, string? key) =>
        key is null && place.Row <= 0 ? null : KeyFingerprint.Compute($"{place.Container}\n{place.Row}\n{(key is null ? "" : $"={key}")}");

    public static ulong? VersionOf(string? key, string? payload) =>
        key is null || payload is null ? null : KeyFingerprint.Compute($"{key}\n{payload}");
}
