using System.Globalization;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Testing.Simulation;

/// <summary>Judges rejects that are kept in Marketo, from what Marketo holds in the end.</summary>
/// <param name="truth">The source.</param>
/// <param name="journal">Writes in the order they took effect.</param>
/// <param name="rows">The job's reject records in the end.</param>
/// <param name="state">The job's state record in the end.</param>
public sealed class RejectOracle(SourceTruth truth, IReadOnlyList<AcceptedWrite> journal, IReadOnlyList<RecordView> rows, RecordView state)
{
    private readonly long _next = Number(state, StateFields.NextReject.Name);
    private readonly long _lowest = Number(state, StateFields.LowestReject.Name);

    /// <param name="hasPerson">The person whose records were refused exists since; so what waited for it must be through.</param>
    public IEnumerable<string> Judge(bool hasPerson) => Lost().Concat(Counts()).Concat(hasPerson ? Waiting() : []).Select(finding => $"{truth.ApiName}: {finding}");

    private IEnumerable<RecordView> Open => rows.Where(row => row[RejectFields.Stage.Name] == "open" && Number(row, RejectFields.Number.Name) is var number && number < _next && number >= _lowest);

    /// <summary>P1: a row that was never accepted, nor a later version of it, must still be among the rejects, by itself or by a later version.</summary>
    private IEnumerable<string> Lost()
    {
        Dictionary<string, int> newest = new(StringComparer.Ordinal);
        HashSet<int> named = [];
        foreach (var write in journal.Where(write => write.Record.ObjectName == truth.ApiName))
        {
            Raise(write.Record.Key, (int)Number(write.Record, truth.VersionField));
        }

        foreach (var row in rows.Where(row => Number(row, RejectFields.Number.Name) < _next).Select(row => (int)Number(row, RejectFields.SourceRow.Name)))
        {
            named.Add(row);
            Raise(truth.KeyOf(row), row);
        }

        for (var row = 1; row <= truth.RowCount(); row++)
        {
            if (!named.Contains(row) && (truth.KeyOf(row).Length == 0 || newest.GetValueOrDefault(truth.KeyOf(row)) < row))
            {
                yield return $"row {row} (key {truth.KeyOf(row)}) is neither in Marketo nor among the rejects kept there";
            }
        }

        void Raise(string key, int version) => newest[key] = Math.Max(newest.GetValueOrDefault(key), version);
    }

    private IEnumerable<string> Counts()
    {
        if (Number(state, StateFields.OpenRejects.Name) is var told && told != Open.Count())
        {
            yield return $"the state record counts {told} open rejects, but there are {Open.Count()}";
        }

        foreach (var twice in Open.GroupBy(row => row[RejectFields.SourceRow.Name]).Where(group => group.Count() > 1))
        {
            yield return $"row {twice.Key} is among the open rejects {twice.Count()} times";
        }
    }

    private IEnumerable<string> Waiting() => Open
        .Where(row => row[RejectFields.Code.Name] == "1004")
        .Select(row => $"reject {Number(row, RejectFields.Number.Name)} of row {row[RejectFields.SourceRow.Name]} still waits for a person that exists");

    private static long Number(RecordView record, string field) => long.Parse(record[field] ?? "0", CultureInfo.InvariantCulture);
}
