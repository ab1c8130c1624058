using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Records;

namespace MarketoLambda.Emulator.Faults;

/// <summary>When a fault happens. A rule counts the calls it concerns, so it belongs to one plan.</summary>
internal abstract class FaultRule
{
    public abstract string Description { get; }

    /// <summary>The fault of this call; null when the rule lets it pass.</summary>
    public abstract Fault? Next(long number, CallKind kind, string? objectName);

    protected static string Often(int times) => times == FaultPlan.Forever ? "for ever" : times == 1 ? "once" : $"{times} times";
}

/// <summary>Calls by their number in the whole subscription.</summary>
internal sealed class NumberedRule(long first, int times, Fault fault) : FaultRule
{
    public override string Description => $"call {first}, {Often(times)}: {fault}";

    public override Fault? Next(long number, CallKind kind, string? objectName) => number >= first && number - first < times ? fault : null;
}

/// <summary>The nth call of a kind, and the ones after it.</summary>
internal sealed class KindRule(CallKind kind, string? objectName, int nth, int times, Fault fault) : FaultRule
{
    private long _seen;

    public override string Description =>
        $"{kind}{(objectName is null ? "" : $" of {objectName}")} from the {nth}. on, {Often(times)} ({_seen} seen): {fault}";

    public override Fault? Next(long number, CallKind called, string? calledObject)
    {
        if (!kind.Covers(called) || (objectName is not null && objectName != calledObject))
        {
            return null;
        }

        _seen++;
        return _seen >= nth && _seen - nth < times ? fault : null;
    }
}

/// <summary>
/// Any call, with a probability. Whether and how a call fails depends on seed and number only, not on the calls before it.
/// </summary>
internal sealed class RandomRule(int seed, double probability, IReadOnlyList<CallKind> kinds, IReadOnlyList<Fault> faults) : FaultRule
{
    public override string Description => $"{probability:P1} of {string.Join(", ", kinds)}, seed {seed}";

    public override Fault? Next(long number, CallKind kind, string? objectName)
    {
        if (!kinds.Any(candidate => candidate.Covers(kind)))
        {
            return null;
        }

        var draw = GuidSequence.Mix(GuidSequence.Mix((uint)seed) + (ulong)number);
        var isHit = (draw >> 11) * (1.0 / (1UL << 53)) < probability;
        return isHit ? faults[(int)(GuidSequence.Mix(draw) % (ulong)faults.Count)] : null;
    }
}
