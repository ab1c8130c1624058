namespace MarketoLambda.Marketo.Records;

/// <summary>
/// The exact size of a sync call's body before it is written, so that batches can be cut to <see cref="CallLimits.BodyBytes"/>.
/// </summary>
public static class SyncRequestSize
{
    private const int Punctuation = 38; // {"action":"","dedupeBy":"","input":[]}

    /// <summary>Bytes of the whole body.</summary>
    /// <param name="action">As in the call.</param>
    /// <param name="dedupeBy">As in the call.</param>
    /// <param name="recordCount">Records in the call, from 0.</param>
    /// <param name="recordBytes">Sum of the lengths of their JSON.</param>
    public static long Measure(SyncAction action, DedupeBy dedupeBy, int recordCount, long recordBytes) =>
        Punctuation + WireNames.From(action).Length + WireNames.From(dedupeBy).Length + recordBytes + Math.Max(0, recordCount - 1);
}
