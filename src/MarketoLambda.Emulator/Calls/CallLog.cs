
namespace MarketoLambda.Emulator.Calls;

/// <summary>The newest calls, and counters of all. Guarded by the subscription's gate.</summary>
internal sealed class CallLog(Func<int> capacity)
{
    private readonly Queue<CallEntry> _newest = new();
    private readonly Dictionary<string, KindCount> _kinds = [];
    private readonly Dictionary<string, long> _outcomes = [];

    public long Arrived { get; private set; }

    public CallEntry Arrive(DateTimeOffset now, Route route, int bodyBytes)
    {
        var entry = new CallEntry(++Arrived, now, route.Kind, route.ObjectName, bodyBytes);
        _newest.Enqueue(entry);
        while (_newest.Count > capacity())
        {
            _newest.Dequeue();
        }

        return entry;
    }

    public void Complete(CallEntry entry, DateTimeOffset now, string outcome)
    {
        entry.CompletedAt = now;
        entry.Outcome = outcome;
        _outcomes[outcome] = _outcomes.GetValueOrDefault(outcome) + 1;
        var count = _kinds.GetValueOrDefault(entry.Kind.Name, new KindCount(0, 0));
        _kinds[entry.Kind.Name] = new KindCount(count.Calls + 1, count.Records + entry.Records);
    }

    public CallSummary Summarize() => new()
    {
        Arrived = Arrived,
        ByKind = new Dictionary<string, KindCount>(_kinds),
        ByOutcome = new Dictionary<string, long>(_outcomes),
        Newest = [.. _newest],
    };
}

/// <summary>Completed calls of one kind, and the records they carried.</summary>
public sealed record KindCount(long Calls, long Records);

/// <summary>What was called so far.</summary>
public sealed record CallSummary
{
    /// <summary>Requests so far, of any kind; the number of the newest call.</summary>
    public required long Arrived { get; init; }

    /// <summary>Completed calls by <see cref="CallKind.Name"/>.</summary>
    public required IReadOnlyDictionary<string, KindCount> ByKind { get; init; }

    /// <summary>Completed calls by <see cref="CallEntry.Outcome"/>.</summary>
    public required IReadOnlyDictionary<string, long> ByOutcome { get; init; }

    /// <summary>As many calls as the log keeps, oldest first.</summary>
    public required IReadOnlyList<CallEntry> Newest { get; init; }
}
