using System.Globalization;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Testing.Simulation;

/// <summary>
/// Judges rejects that are kept in Marketo: it knows every version of every key, and its order, and reads from Marketo's journal what
/// became of each.
/// </summary>
/// <remarks>
/// Row n is version n of its key. Two keys are the same only to the letter; whatever else Marketo may take for one, nothing is over because
/// of it.
/// </remarks>
/// <param name="truth">The source.</param>
/// <param name="journal">Writes in the order they took effect.</param>
/// <param name="rows">The job's reject records in the end.</param>
/// <param name="state">The job's state record in the end.</param>
/// <param name="wasReset">
/// All was imported again: a reject may then be older than what Marketo had of its key before, and stays open until that comes again.
/// </param>
public sealed class RejectOracle(
    SourceTruth truth,
    IReadOnlyList<AcceptedWrite> journal,
    IReadOnlyList<RecordView> rows,
    RecordView state,
    bool wasReset = false)
{
    private readonly long _next = Number(state, StateFields.NextReject.Name);
    private readonly long _lowest = Number(state, StateFields.LowestReject.Name);
    private readonly Dictionary<string, int> _newestAccepted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _newestOfRecord = new(StringComparer.Ordinal);
    private readonly HashSet<int> _accepted = [];

    /// <param name="passes">Of a reject, whether nothing keeps it open any more: its person exists, or the mapping was corrected and a
    /// retry asked for.</param>
    public IEnumerable<string> Judge(Func<RecordView, bool> passes) =>
        [
            .. Replay()
                .Concat(Lost())
                .Concat(Counts())
                .Concat(Held())
                .Concat(Waiting(passes))
                .Select(finding => $"{truth.ApiName}: {finding}"),
        ];

    private IEnumerable<RecordView> Counted => rows.Where(row => Number(row, RejectFields.Number.Name) < _next);

    private IEnumerable<RecordView> Open => Counted.Where(row => Stage(row) is "open" or "waiting" or "held");

    /// <summary>P1 and P3 at each moment: a reject is over only when Marketo has it, or a later version of exactly its key.</summary>
    private List<string> Replay()
    {
        List<string> findings = [];
        foreach (var write in journal.Where(write => write.Kind != WriteKind.Deleted && write.CallNumber > 0))
        {
            if (truth.IsRecord(write.Record))
            {
                var (key, version) = (truth.KeyIn(write.Record), truth.VersionOf(write.Record));
                _accepted.Add(version);
                _newestAccepted[key] = Math.Max(_newestAccepted.GetValueOrDefault(key), version);
                _newestOfRecord[truth.Fold(key)] = Math.Max(_newestOfRecord.GetValueOrDefault(truth.Fold(key)), version);
            }
            else if (
                write.Record.ObjectName == RejectFields.ObjectApiName
                && write.Record[RejectFields.ApiName.Name] == truth.ApiName
                && IsWronglyOver(write.Record))
            {
                findings.Add(
                    $"call {write.CallNumber} closed the reject of row {RowOf(write.Record)} (key {truth.KeyOf(RowOf(write.Record))}) as "
                        + $"{Stage(write.Record)}, and neither that nor a later version of this very key is in Marketo"
                );
            }
        }

        return findings;
    }

    private bool IsWronglyOver(RecordView reject) =>
        Stage(reject) switch
        {
            "resolved" => !_accepted.Contains(RowOf(reject)),
            "superseded" => NewestAccepted(RowOf(reject)) < RowOf(reject)
                && !rows.Any(other => other.Key != reject.Key && RowOf(other) == RowOf(reject)),
            _ => false,
        };

    /// <summary>
    /// P1 in the end: a row that Marketo does not have, nor a later version of it, is among the rejects that are not over, or a later
    /// version is.
    /// </summary>
    private IEnumerable<string> Lost()
    {
        var open = Open.Select(RowOf).ToHashSet();
        Dictionary<string, int> newestOpen = new(StringComparer.Ordinal);
        foreach (var row in open.Where(row => truth.KeyOf(row).Length > 0))
        {
            newestOpen[truth.KeyOf(row)] = Math.Max(newestOpen.GetValueOrDefault(truth.KeyOf(row)), row);
        }

        return Enumerable.Range(1, truth.RowCount())
            .Where(row =>
                !open.Contains(row)
                && _newestOfRecord.GetValueOrDefault(truth.IdentityOf(row)) < row
                && newestOpen.GetValueOrDefault(truth.KeyOf(row)) < row)
            .Select(row => $"row {row} (key {truth.KeyOf(row)}) is neither in Marketo nor among the open rejects kept there");
    }

    private IEnumerable<string> Counts()
    {
        var waiting = Open.Count(row => Stage(row) == "waiting");
        if (Number(state, StateFields.OpenRejects.Name) is var told && told != Open.Count() - waiting)
        {
            yield return $"the state record counts {told} open rejects, but there are {Open.Count() - waiting}";
        }

        if (Number(state, StateFields.WaitingRecords.Name) is var toldToWait && toldToWait != waiting)
        {
            yield return $"the state record counts {toldToWait} waiting records, but there are {waiting}";
        }

        foreach (var vanished in Open.Where(row => Number(row, RejectFields.Number.Name) < _lowest))
        {
            yield return $"reject {vanished.Key} is open and below the lowest that is looked at";
        }

        foreach (var twice in Open.GroupBy(RowOf).Where(group => group.Count() > 1))
        {
            yield return $"row {twice.Key} is among the open rejects {twice.Count()} times";
        }
    }

    /// <summary>A later version of this very key is in Marketo: then the reject is over, and not to be kept for a person.</summary>
    private IEnumerable<string> Held() =>
        Open.Where(row => NewestAccepted(RowOf(row)) > RowOf(row) && (!wasReset || IsTakenSince(row)))
            .Select(row =>
                $"reject {row.Key} of row {RowOf(row)} is {Stage(row)} although Marketo took version {NewestAccepted(RowOf(row))} of "
                    + "its key"
            );

    /// <summary>Marketo took a later version of its key after it had become a reject.</summary>
    private bool IsTakenSince(RecordView reject) =>
        journal
            .SkipWhile(write => write.Record.ObjectName != RejectFields.ObjectApiName || write.Record.Key != reject.Key)
            .Select(write => write.Record)
            .Any(record =>
                truth.IsRecord(record)
                && truth.KeyIn(record) == truth.KeyOf(RowOf(reject))
                && truth.VersionOf(record) > RowOf(reject));

    private IEnumerable<string> Waiting(Func<RecordView, bool> passes) => Open
        .Where(row => Stage(row) is "open" or "waiting" && passes(row))
        .Select(row => $"reject {row.Key} of row {RowOf(row)} still waits ({row[RejectFields.Code.Name]}) although nothing keeps it");

    private int NewestAccepted(int row) => truth.KeyOf(row) is { Length: > 0 } key ? _newestAccepted.GetValueOrDefault(key) : 0;

    private int RowOf(RecordView reject) =>
        truth.RowAt(new SourceLocation(reject[RejectFields.Source.Name] ?? "", Number(reject, RejectFields.SourceRow.Name)));

    private static string? Stage(RecordView reject) => reject[RejectFields.Stage.Name];

    private static long Number(RecordView record, string field) => long.Parse(record[field] ?? "0", CultureInfo.InvariantCulture);
}
