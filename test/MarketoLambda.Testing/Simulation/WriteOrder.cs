using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Sync.Leases;

namespace MarketoLambda.Testing.Simulation;

/// <summary>
/// Judges that a key was never in two calls at once, as Marketo saw it: not in different batches, not in a call and its repetition.
/// </summary>
/// <remarks>
/// Run records are left out: several hosts may claim the same number at once, that is what a claim is for. Keys that differ only in casing
/// or outer blanks count as one, since Marketo may take them for one.
/// </remarks>
public static class WriteOrder
{
    /// <param name="journal">Writes in the order they took effect.</param>
    /// <param name="calls">All calls by number.</param>
    public static IReadOnlyList<string> Judge(IReadOnlyList<AcceptedWrite> journal, IReadOnlyDictionary<long, CallEntry> calls)
    {
        List<string> findings = [];
        Dictionary<(string, string), AcceptedWrite> latest = [];
        foreach (var write in journal.Where(write => write.CallNumber > 0 && write.Record.ObjectName != RunFields.ObjectApiName))
        {
            var key = (write.Record.ObjectName, write.Record.Key.Trim().ToUpperInvariant());
            if (
                latest.TryGetValue(key, out var before)
                && before.CallNumber != write.CallNumber
                && calls[write.CallNumber].ArrivedAt < before.Record.UpdatedAt)
            {
                findings.Add(
                    $"{write.Record.ObjectName}: key {write.Record.Key} was sent in call {write.CallNumber} before call "
                        + $"{before.CallNumber} with it had taken effect"
                );
            }

            latest[key] = write;
        }

        return findings;
    }
}
