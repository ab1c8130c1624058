using MarketoLambda.Sync.Mapping;

namespace MarketoLambda.Sync.Rejects;

/// <summary>The rejects that records on their way replace: held back until Marketo has answered for these.</summary>
internal sealed class HeldRejects(IReadOnlyList<HeldReject> all)
{
    public static HeldRejects None { get; } = new([]);

    public IReadOnlyList<HeldReject> All => all;

    /// <summary>Those whose record Marketo has accepted.</summary>
    /// <param name="refused">What it refused of the records.</param>
    public IEnumerable<HeldReject> Accepted(IReadOnlyList<RejectedRecord> refused) => Split(refused)[true];

    /// <summary>Those whose record Marketo has refused.</summary>
    /// <inheritdoc cref="Accepted"/>
    public IEnumerable<HeldReject> Refused(IReadOnlyList<RejectedRecord> refused) => Split(refused)[false];

    private ILookup<bool, HeldReject> Split(IReadOnlyList<RejectedRecord> refused)
    {
        var keys = refused.Select(reject => reject.Key).ToHashSet(StringComparer.Ordinal);
        return all.ToLookup(held => !keys.Contains(held.By.Key.Text));
    }
}

/// <summary>A reject, and the record on its way that is, or may be, a newer version of it.</summary>
/// <param name="Reject">The reject as it was before.</param>
/// <param name="By">The record.</param>
internal sealed record HeldReject(OpenReject Reject, MappedRecord By)
{
    /// <summary>For certain the same record: the key as it was sent, to the letter.</summary>
    public bool IsSameKey => Reject.Key == OpenReject.FingerprintOf(By.Key.Text);

    /// <summary>The record is this very version, which somebody has corrected.</summary>
    public bool IsCorrected => By.Corrects is { } mark && RejectMark.NumberIn(mark) == Reject.Number;

    /// <summary>Its key could not be read, and the record is what now stands at its place.</summary>
    public bool IsSamePlace => Reject.Key is null;
}
