using System.Collections.Concurrent;
using MarketoLambda.Marketo.CustomObjects;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.State.Tables;
using MarketoLambda.Sync.Targets;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sync.State;

/// <summary>Reads and writes the state records in Marketo, the only database there is.</summary>
public sealed class StateStore(CustomObjectsClient customObjects)
{
    private readonly TableRecords _records = new(customObjects, StateFields.Definition);
    private readonly ConcurrentDictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>Most characters a resume position may have.</summary>
    /// <exception cref="StateException">The state object is missing or cannot serve as state.</exception>
    public async Task<int> GetResumeCapacityAsync(CancellationToken cancellationToken) =>
        (await GetObjectAsync(cancellationToken)).ResumeCapacity;

    /// <summary>Fields of the state object that this subscription lacks.</summary>
    /// <exception cref="StateException">The state object is missing or cannot serve as state.</exception>
    public async Task<IReadOnlyList<TableField>> GetMissingFieldsAsync(CancellationToken cancellationToken) =>
        (await _records.BindAsync(cancellationToken)).Missing;

    /// <summary>Learns how Marketo writes the object's name, so that a job has one record whatever casing its name is given in.</summary>
    /// <returns>What Marketo said of the target; null where the name was known already, or there is no such object.</returns>
    internal async Task<RecordTypeDescription?> MeetAsync(SyncJob job, ITargetWriter target, CancellationToken cancellationToken)
    {
        Know(job);
        return _names.ContainsKey(job.Name) ? null : Learn(job.Name, await target.DescribeAsync(cancellationToken));
    }

    /// <summary>A job that is not named like the object it fills has its record under its own name.</summary>
    internal void Know(SyncJob job)
    {
        if (!job.IsNamedLikeTarget)
        {
            _names.TryAdd(job.Name, job.Name);
        }
    }

    /// <summary>The same where only the job's name is known: what Marketo says of an object of that name counts.</summary>
    internal async Task MeetAsync(string apiName, CancellationToken cancellationToken)
    {
        if (!_names.ContainsKey(apiName))
        {
            Learn(apiName, await customObjects.DescribeAsync(apiName, cancellationToken));
        }
    }

    private RecordTypeDescription? Learn(string apiName, RecordTypeDescription? description)
    {
        if (description?.Name.Equals(apiName, StringComparison.OrdinalIgnoreCase) is true)
        {
            _names[apiName] = description.Name;
        }

        return description;
    }

    private string NameOf(string apiName) => _names.GetValueOrDefault(apiName, apiName);

    /// <summary>The job's record, or null when it has none yet.</summary>
    /// <exception cref="StateException">The state object cannot be used, or holds the record twice.</exception>
    public async Task<StateRecord?> FindAsync(string apiName, CancellationToken cancellationToken)
    {
        var stateObject = await GetObjectAsync(cancellationToken);
        await MeetAsync(apiName, cancellationToken);
        string[] names = [NameOf(apiName), apiName]; // the second one of an init before the first was known
        var records = (await _records.FindAsync([.. names.Distinct(StringComparer.Ordinal)], cancellationToken))
            .DistinctBy(record => record.Id)
            .ToList();
        return records.Count switch
        {
            0 => null,
            1 => stateObject.Read(records[0]),
            _ => throw new StateException(
                $"{StateFields.ObjectApiName} holds {records.Count} records for {apiName}, so nobody can say which one is true. "
                    + $"Delete all but the one with the oldest mark ({Quantity.List(records.Select(record => record.Id))}): what was "
                    + "imported since is then sent again, which is harmless."
            ),
        };
    }

    /// <summary>The job's record.</summary>
    /// <exception cref="StateException">There is none, or it cannot be used.</exception>
    public async Task<StateRecord> ReadAsync(string apiName, CancellationToken cancellationToken) =>
        await FindAsync(apiName, cancellationToken)
        ?? throw new StateException($"Marketo has no state record for {apiName} yet. Run \"marketo-lambda init\" once after adding a job.");

    /// <summary>
    /// Creates the job's record, unless it is there. Records are created at set-up, never by a run: two creating at once might both
    /// succeed.
    /// </summary>
    public async Task CreateAsync(string apiName, DateTimeOffset epochStartedAt, CancellationToken cancellationToken)
    {
        var stateObject = await GetObjectAsync(cancellationToken);
        await MeetAsync(apiName, cancellationToken);
        var name = NameOf(apiName);
        await _records.TryCreateAsync(
            name,
            stateObject.ValuesOf(new StateRecord("", name) { EpochStartedAt = epochStartedAt, Rejects = RejectCounters.First }),
            cancellationToken);
    }

    /// <summary>Stores the record as a whole. It is acknowledged when the task completes.</summary>
    public async Task UpdateAsync(StateRecord record, CancellationToken cancellationToken)
    {
        var stateObject = await GetObjectAsync(cancellationToken);
        await _records.UpdateAsync(record.MarketoGuid, record.ApiName, stateObject.ValuesOf(record), cancellationToken);
    }

    private async Task<StateObject> GetObjectAsync(CancellationToken cancellationToken) => new(await _records.BindAsync(cancellationToken));
}
