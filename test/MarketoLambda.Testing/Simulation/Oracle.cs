using System.Globalization;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Testing.Simulation;

/// <summary>
/// Knows every version of every source record, and judges from Marketo's own journal whether any was lost, overtaken or doubled.
/// </summary>
/// <remarks>
/// A row is finished when Marketo accepted it or a later version of its key, or a reject names it or a later version of its key: a version
/// that a later one replaced shares that one's fate (<c>sync-semantics.md</c> section 1.1).
/// </remarks>
/// <param name="truth">The source.</param>
/// <param name="journal">Writes in the order they took effect.</param>
/// <param name="rejects">Rejects in the order they were stored.</param>
/// <param name="resets">Resets of the job in the order they were begun.</param>
/// <param name="retriesRejects">Rejects are tried again; one above the last checkpoint may then be accepted, and counted, twice.</param>
public sealed class Oracle(
    SourceTruth truth,
    IReadOnlyList<AcceptedWrite> journal,
    IReadOnlyList<StoredReject> rejects,
    IReadOnlyList<SimulatedReset> resets,
    bool retriesRejects = false)
{
    private readonly Dictionary<string, int> _newestEver = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _stored = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _storedAtReset = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _newestAccepted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _newestRejected = new(StringComparer.Ordinal);
    private readonly HashSet<int> _accepted = [];
    private readonly HashSet<int> _rejected = [];
    private int _finished;

    /// <summary>Everything that is wrong; empty when the promises were kept.</summary>
    /// <param name="records">The object's records in the end.</param>
    /// <param name="state">The job's state record in the end.</param>
    public IReadOnlyList<string> Judge(IReadOnlyList<RecordView> records, RecordView state) =>
        [.. Commits().Concat(End(state)).Concat(Records(records)).Concat(Total(state)).Select(finding => $"{truth.ApiName}: {finding}")];

    /// <summary>
    /// Replays history: at every commit the position must lie at or below the first row that was not finished <em>then</em>, and never go
    /// back.
    /// </summary>
    private List<string> Commits()
    {
        List<string> findings = [];
        var (stored, before, runBefore, takenBack, takenBackBefore) = (0, 0, 0, 0, 0);
        for (var index = 0; index < journal.Count; index++)
        {
            takenBack = TakeBack(takenBack, index, goesBack: false);
            stored = StoreUntil(index, stored);
            var write = journal[index];
            if (truth.IsRecord(write.Record))
            {
                Accept(write);
            }
            else if (write.Record.ObjectName == StateFields.ObjectApiName && write.Record.Key == truth.ApiName && write.CallNumber > 0)
            {
                var position = truth.RowsFinished(write.Record);
                if (position < before)
                {
                    takenBack = TakeBack(takenBack, index, goesBack: true);
                    AcceptAgain(ClaimOf(write.Record), index);
                }

                if (FirstUnfinished(position, write.Record.UpdatedAt) is { } row)
                {
                    findings.Add(
                        $"call {write.CallNumber} stored that {position} rows are finished, but row {row} (key {truth.KeyOf(row)}) was not"
                    );
                }

                if (
                    Enumerable.Range(before + 1, Math.Max(0, position - before)).FirstOrDefault(truth.HasNotice) is var noticed and > 0
                    && write.Record[StateFields.LastRunNotices.Name] is null)
                {
                    findings.Add(
                        $"call {write.CallNumber} stored that {position} rows are finished, and no word of what the source said of row "
                            + $"{noticed}"
                    );
                }

                if (position < before && takenBack == takenBackBefore)
                {
                    findings.Add($"call {write.CallNumber} moved the position back from {before} to {position}");
                }

                (before, takenBackBefore) = (position, takenBack);
                var run = int.Parse(write.Record[StateFields.LastRunNumber.Name] ?? "0", CultureInfo.InvariantCulture);
                if (run < runBefore)
                {
                    findings.Add($"call {write.CallNumber} of run {run} wrote on top of run {runBefore}");
                }

                runBefore = run;
            }
        }

        StoreUntil(int.MaxValue, stored);
        return findings;
    }

    /// <summary>P1 in the end: nothing is missing.</summary>
    private IEnumerable<string> End(RecordView state)
    {
        var position = truth.RowsFinished(state);
        if (position != truth.RowCount())
        {
            yield return $"the position is {position} in the end, of {truth.RowCount()} rows";
        }

        if (truth.HasLastingNotice() != (state[StateFields.LastRunNotices.Name] is not null))
        {
            yield return $"the source {(truth.HasLastingNotice() ? "still" : "no longer")} has a notice, and the state record says "
                + $"{state[StateFields.LastRunNotices.Name] ?? "nothing"}";
        }

        if (FirstUnfinished(truth.RowCount(), DateTimeOffset.MaxValue) is { } row)
        {
            yield return $"row {row} (key {truth.KeyOf(row)}) is lost: neither it nor a later version is in Marketo or among the rejects";
        }
    }

    /// <summary>P3 in the end: each key once, with the newest version Marketo ever accepted.</summary>
    private IEnumerable<string> Records(IReadOnlyList<RecordView> records)
    {
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        foreach (var record in records)
        {
            var (key, version) = (truth.IdentityIn(record), truth.VersionOf(record));
            if (!seen.TryAdd(key, version))
            {
                yield return $"key {record.Key} has two records";
            }

            // After a reset the newest may have been refused
            var newest = _newestAccepted.GetValueOrDefault(
                key,
                _storedAtReset.GetValueOrDefault(key, _newestEver.GetValueOrDefault(key)));
            if (newest != version)
            {
                yield return $"key {record.Key} holds version {version} on top of version {newest}";
            }
        }

        foreach (var key in _newestEver.Keys.Where(key => !seen.ContainsKey(key)))
        {
            yield return $"key {key} was accepted and is gone";
        }
    }

    /// <summary>Versions that were replaced before they were sent may or may not be counted, nothing twice.</summary>
    private IEnumerable<string> Total(RecordView state)
    {
        if (resets.Count > 0 || truth.RepeatsRows)
        {
            yield break; // what is imported again is counted again
        }

        var total = int.Parse(state[StateFields.TotalRecordsInEpoch.Name] ?? "0", CultureInfo.InvariantCulture);
        var (least, most) = (0, truth.RowCount() - _rejected.Count(row => !_accepted.Contains(row)));
        most += retriesRejects ? _rejected.Count(_accepted.Contains) : 0;
        least = _newestAccepted.Count(pair => pair.Value > 0 && !_rejected.Contains(pair.Value));
        if (total < least || total > most)
        {
            yield return $"the state record counts {total} records, but it must be {least} to {most}";
        }
    }

    /// <summary>
    /// From the moment a reset takes effect everything has to be imported again. That is when the position goes back after it was begun,
    /// and at the latest when it was acknowledged. All that were begun before are over then: of resets, too, only one at a time owns the
    /// job.
    /// </summary>
    private int TakeBack(int takenBack, int index, bool goesBack)
    {
        var begun = resets.Count(reset => reset.WritesBefore <= index);
        var due = goesBack ? begun : resets.Take(begun).ToList().FindLastIndex(reset => reset.WritesWhenAcknowledged <= index) + 1;
        if (due <= takenBack)
        {
            return takenBack;
        }

        _newestAccepted.Clear();
        _newestRejected.Clear();
        _accepted.Clear();
        _rejected.Clear();
        _finished = 0;
        foreach (var (key, version) in _stored.Where(_ => truth.SkipsUnchanged))
        {
            _storedAtReset[key] = version; // it is not written again where it comes again
        }

        return due;
    }

    /// <summary>
    /// Where the run that made this commit was claimed. A reset that its admin could not finish takes effect there, with the run that
    /// carries it on.
    /// </summary>
    private int ClaimOf(RecordView state)
    {
        var key = string.Create(
            CultureInfo.InvariantCulture,
            $"{truth.ApiName}#{int.Parse(state[StateFields.LastRunNumber.Name] ?? "0", CultureInfo.InvariantCulture):000000000}");
        return Enumerable
            .Range(0, journal.Count)
            .FirstOrDefault(index => journal[index].Record.ObjectName == RunFields.ObjectApiName && journal[index].Record.Key == key);
    }

    private void AcceptAgain(int from, int until)
    {
        foreach (var write in journal.Take(until).Skip(from).Where(write => truth.IsRecord(write.Record)))
        {
            Accept(write);
        }

        foreach (
            var reject in rejects.Where(reject =>
                reject.ApiName == truth.ApiName && reject.WritesBefore >= from && reject.WritesBefore <= until))
        {
            Reject((int)reject.Row);
        }
    }

    private void Reject(int row)
    {
        _rejected.Add(row);
        Raise(_newestRejected, truth.IdentityOf(row), row);
    }

    private int StoreUntil(int index, int stored)
    {
        for (; stored < rejects.Count && rejects[stored].WritesBefore <= index; stored++)
        {
            if (rejects[stored].ApiName == truth.ApiName)
            {
                Reject((int)rejects[stored].Row);
            }
        }

        return stored;
    }

    private void Accept(AcceptedWrite write)
    {
        var (key, version) = (truth.IdentityIn(write.Record), truth.VersionOf(write.Record));
        _accepted.Add(version);
        _stored[key] = version;
        Raise(_newestAccepted, key, version);
        Raise(_newestEver, key, version);
    }

    /// <summary>The first of so many rows that is not finished yet; null when all are.</summary>
    private int? FirstUnfinished(int rows, DateTimeOffset at)
    {
        while (_finished < rows && (IsFinished(_finished + 1) || truth.GoneSince(_finished + 1) <= at))
        {
            _finished++;
        }

        return _finished < rows ? _finished + 1 : null;
    }

    private bool IsFinished(int row) =>
        row <= truth.RowCount()
        && (_rejected.Contains(row)
            || _newestAccepted.GetValueOrDefault(truth.IdentityOf(row)) >= row
            || _storedAtReset.GetValueOrDefault(truth.IdentityOf(row)) >= row
            || (truth.IdentityOf(row).Length > 0 && _newestRejected.GetValueOrDefault(truth.IdentityOf(row)) >= row));

    private static void Raise(Dictionary<string, int> newest, string key, int version) =>
        newest[key] = Math.Max(newest.GetValueOrDefault(key), version);
}
