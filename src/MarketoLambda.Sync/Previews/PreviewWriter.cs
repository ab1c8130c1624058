using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Batching;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Targets;
using MarketoLambda.Sync.Targets.Unchanged;

namespace MarketoLambda.Sync.Previews;

/// <summary>Answers as Marketo would, by what it has, and writes nothing.</summary>
/// <remarks>What Marketo refuses for other reasons, and what others write meanwhile, nobody can know before.</remarks>
internal sealed class PreviewWriter(ITargetWriter target, int maxExamples) : ITargetWriter
{
    /// <summary>What nobody can know before, for people.</summary>
    public const string Limits =
        "what Marketo refuses for reasons of its own, such as a link to a person who does not exist, shows only in the run";

    private readonly Dictionary<string, bool> _exists = new(StringComparer.Ordinal);
    private readonly SettledRecords _settled = new();
    private readonly List<RecordChange> _changes = [];
    private RecordTypeDescription? _description;

    public ITarget Target => target.Target;

    /// <summary>The first records that would be created, or become others.</summary>
    public IReadOnlyList<RecordChange> Changes => _changes;

    /// <summary>Whose fate Marketo alone can tell, although nothing it can be asked speaks against them.</summary>
    public Predicate<RecordKey> IsDoubted { get; init; } = _ => false;

    /// <summary>What would become of the records that are accepted, without the doubted ones.</summary>
    public WriteCounts Written { get; private set; }

    /// <summary>Updates of records that Marketo has already as they are to be, without the doubted ones.</summary>
    public long UpdatedAsTheyAre { get; private set; }

    /// <summary>Doubted records that would be sent, and against which nothing speaks.</summary>
    public long Doubted { get; private set; }

    /// <summary>Calls that would write records.</summary>
    public int Writes { get; private set; }

    /// <summary>Calls that would read them first.</summary>
    public int Reads { get; private set; }

    /// <summary>What would become of records, and what they cost in calls. Rejects and notes are left to the caller.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="written">What would be accepted; of a target that cannot be predicted nobody knows it.</param>
    /// <param name="callsPer20Seconds">Marketo's limit, as far as this program uses it.</param>
    public RunPreview Foresee(string job, WriteCounts written, int callsPer20Seconds)
    {
        var known = Target.IsPredictable ? written : default;
        var calls = Writes + Reads;
        return new RunPreview
        {
            Job = job,
            Target = Target.Description,
            Created = known.Created,
            Updated = known.Updated,
            UpdatedAsTheyAre = Target.IsPredictable ? UpdatedAsTheyAre : 0,
            Deleted = known.Deleted,
            Unchanged = known.Unchanged,
            Unknown = Target.IsPredictable ? 0 : written.Created + written.Updated + written.Deleted + written.Unchanged,
            Rejected = 0,
            Superseded = 0,
            Rejects = [],
            Changes = Target.IsPredictable ? Changes : [],
            Calls = calls,
            MinDuration = TimeSpan.FromSeconds(calls * 20.0 / callsPer20Seconds),
            Notes = [],
        };
    }

    public async Task<RecordTypeDescription?> DescribeAsync(CancellationToken cancellationToken) =>
        _description ??= await target.DescribeAsync(cancellationToken);

    public async Task<IReadOnlyList<RecordResult>> UpsertAsync(
        IReadOnlyList<EncodedRecord> records,
        CallPurpose purpose,
        CancellationToken cancellationToken)
    {
        var (compared, stored) = await CompareAsync(records, cancellationToken);
        Reads += Target.Mode.ComparesFirst && compared.Exists(record => !_settled.Has(record)) ? 1 : 0;
        RecordResult[] results = [.. compared.Select((record, position) => Upsert(position, record, [.. stored[record.Folded]]))];
        foreach (var (record, result) in compared.Zip(results).Where(pair => pair.Second.Status != RecordStatus.Skipped))
        {
            _settled.Settle(record, result.Id ?? "");
        }

        Writes += !Target.Mode.ComparesFirst || results.Any(IsWritten) ? 1 : 0;
        Count(compared, results);
        return results;
    }

    public async Task<IReadOnlyList<RecordResult>> DeleteAsync(
        IReadOnlyList<EncodedRecord> records,
        CallPurpose purpose,
        CancellationToken cancellationToken)
    {
        var (compared, stored) = await CompareAsync(records, cancellationToken);
        Writes++;
        return [.. compared.Select((record, position) => Delete(position, record, [.. stored[record.Folded]]))];
    }

    public Task<IReadOnlyList<MarketoRecord>> ReadAsync(
        IReadOnlyList<string> keyFields,
        IReadOnlyList<IReadOnlyList<string>> keys,
        IReadOnlyList<string> fields,
        CancellationToken cancellationToken) => target.ReadAsync(keyFields, keys, fields, cancellationToken);

    /// <summary>The records, and what Marketo has of those that this preview has not met before.</summary>
    private async Task<(List<ComparedRecord> Records, ILookup<string, MarketoRecord> Stored)> CompareAsync(
        IReadOnlyList<EncodedRecord> records,
        CancellationToken cancellationToken)
    {
        var description = await this.RequireDescriptionAsync(cancellationToken);
        var compared = records.Select(record => ComparedRecord.Read(record, description)).ToList();
        return (compared, await ReadAsync(compared, description, cancellationToken));
    }

    private async Task<ILookup<string, MarketoRecord>> ReadAsync(
        List<ComparedRecord> records,
        RecordTypeDescription description,
        CancellationToken cancellationToken)
    {
        var unknown = records.Where(record => !_exists.ContainsKey(record.Folded)).ToList();
        var stored = unknown.Count == 0
            ? []
            : await target.ReadAsync(
                description.DedupeFields,
                [.. unknown.Select(record => record.Key)],
                [.. unknown.SelectMany(record => record.Fields).Distinct(StringComparer.OrdinalIgnoreCase)],
                cancellationToken);
        return stored.ToLookup(record => ComparedRecord.Fold(record, description), StringComparer.Ordinal);
    }

    private RecordResult Upsert(int position, ComparedRecord record, IReadOnlyList<MarketoRecord> stored)
    {
        var settled = _settled.Find(record);
        var isFirst = _settled.Begin(record);
        var isThere = _exists.TryGetValue(record.Folded, out var known) ? known : stored.Count > 0;
        var mode = Target.Mode;
        if (mode.Action == SyncAction.CreateDuplicate)
        {
            return Change(position, record, before: null, RecordStatus.Created);
        }

        if (stored.Count > 1 && mode.Action != SyncAction.CreateOnly)
        {
            return Target.ChoosesAmongSeveral
                ? Change(position, record, stored[0], RecordStatus.Updated)
                : Skip(position, MarketoErrorCatalog.SeveralMatch);
        }

        if ((isThere && mode.Action == SyncAction.CreateOnly) || (!isThere && mode.Action == SyncAction.UpdateOnly))
        {
            return mode.RejectsOthers
                ? Skip(position, isThere ? Target.RecordExists : Target.RecordNotFound)
                : new RecordResult(position, RecordStatus.Unchanged, null, []);
        }

        _exists[record.Folded] = true;
        return mode.ComparesFirst && settled is not null ? new RecordResult(position, RecordStatus.Unchanged, settled, [])
            : isFirst && mode.ComparesFirst && stored is [var same] && record.IsIn(same)
                ? new RecordResult(position, RecordStatus.Unchanged, same.Id, [])
            : Change(position, record, stored is [var only] ? only : null, isThere ? RecordStatus.Updated : RecordStatus.Created);
    }

    private RecordResult Delete(int position, ComparedRecord record, IReadOnlyList<MarketoRecord> stored)
    {
        _settled.Begin(record);
        var isThere = _exists.TryGetValue(record.Folded, out var known) ? known : stored.Count > 0;
        _exists[record.Folded] = false;
        return stored.Count > 1 ? Skip(position, MarketoErrorCatalog.SeveralMatch)
            : isThere ? new RecordResult(position, RecordStatus.Deleted, null, [])
            : Skip(position, Target.RecordNotFound);
    }

    private RecordResult Change(int position, ComparedRecord record, MarketoRecord? before, RecordStatus status)
    {
        if (!MayBeRefused(record))
        {
            Note(record, before, status == RecordStatus.Created);
        }

        return new RecordResult(position, status, before?.Id, []);
    }

    private void Note(ComparedRecord record, MarketoRecord? before, bool isNew)
    {
        if (before is not null && record.IsIn(before))
        {
            UpdatedAsTheyAre++;
        }
        else if (_changes.Count < maxExamples)
        {
            _changes.Add(new RecordChange(string.Join(" | ", record.Key), isNew, [.. record.ChangesFrom(before)]));
        }
    }

    private void Count(List<ComparedRecord> records, RecordResult[] results)
    {
        Written += WriteCounts.From(results.Where(result => !MayBeRefused(records[result.Position])));
        Doubted += results.Count(result => result.Status != RecordStatus.Skipped && MayBeRefused(records[result.Position]));
    }

    private bool MayBeRefused(ComparedRecord record) => IsDoubted(RecordKey.From(record.Key));

    private static bool IsWritten(RecordResult result) => result.Status is RecordStatus.Created or RecordStatus.Updated;

    private static RecordResult Skip(int position, MarketoError error) =>
        new(position, RecordStatus.Skipped, null, [new MarketoReason(error.Code, error.Message)]);
}
