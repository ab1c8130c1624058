namespace MarketoLambda.Sync.State;

/// <summary>
/// Where the job's rejects are among those kept in Marketo. Stored together with the position, so that the two never disagree.
/// </summary>
/// <param name="Next">Number of the next reject: records at or above it are left over from a run that died, and do not count. Null where
/// nobody knows: the record is older than rejects in Marketo, or was emptied by hand.</param>
/// <param name="Lowest">Lowest number that may still be retried.</param>
/// <param name="Open">Rejects that are not over, without those that wait.</param>
/// <param name="RetryAt">From then on the next run tries those again that may pass by themselves; null where there are none.</param>
public sealed record RejectCounters(long? Next = null, long? Lowest = null, long Open = 0, DateTimeOffset? RetryAt = null)
{
    /// <summary>Rejects that wait for the person or record that they name, and are tried again by themselves.</summary>
    public long Waiting { get; init; }

    /// <summary>All that are not over.</summary>
    internal long OpenOrWaiting => Open + Waiting;

    /// <summary>Of a new job.</summary>
    public static RejectCounters First { get; } = new(Next: 1, Lowest: 1);

    /// <summary>Something is to be tried again although the source may have nothing new.</summary>
    internal bool IsRetryDue(DateTimeOffset now) => RetryAt <= now;
}
