using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Leads;
using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Sync.Targets.Leads;

/// <summary>
/// Works with leads: where several have the key of a record it finds out which, and writes to one of them if the job says so.
/// </summary>
internal sealed class LeadWriter(LeadTarget target, LeadsClient leads) : ITargetWriter
{
    private static readonly EncodedRecord Nobody = new("""{"id":0}"""u8.ToArray());

    private readonly LeadMatches _matches = new(leads, target.LookupField);

    public ITarget Target => target;

    public async Task<RecordTypeDescription?> DescribeAsync(CancellationToken cancellationToken) =>
        await leads.DescribeAsync(cancellationToken) is { } description ? LeadFields.Complete(description, target.LookupField) : null;

    /// <summary>No person has this id.</summary>
    public Task TryWritingAsync(CancellationToken cancellationToken) =>
        leads.SyncAsync(
            new LeadSync(SyncAction.UpdateOnly, LeadsClient.IdField),
            [Nobody],
            CallPurpose.State,
            cancellationToken);

    public async Task<IReadOnlyList<RecordResult>> UpsertAsync(
        IReadOnlyList<EncodedRecord> records,
        CallPurpose purpose,
        CancellationToken cancellationToken)
    {
        var results = await leads.SyncAsync(target.Sync, records, purpose, cancellationToken);
        return await ResolveAsync(records, target.Mode.Judge(results, areLeads: true), purpose, cancellationToken);
    }

    public async Task<IReadOnlyList<RecordResult>> DeleteAsync(
        IReadOnlyList<EncodedRecord> records,
        CallPurpose purpose,
        CancellationToken cancellationToken)
    {
        if (!target.DeletesPeople)
        {
            throw new JobMismatchException(
                "The source has deleted a record, and this job must not delete people: add \"deleteLeads\": \"yes, delete people\" to its "
                    + "target, or have the source leave deleted records out. No row was rejected");
        }

        var keys = records.Select(record => LeadMatches.KeyOf(record, target.LookupField)).ToList();
        var matches = await _matches.FindAsync(keys, cancellationToken);
        var results = keys.Select((key, position) => WhyNotDeleted(position, matches[LeadMatches.Fold(key)].ToList())).ToArray();
        var found = Enumerable.Range(0, keys.Count).Where(position => results[position] is null).ToList();
        var ids = found.Select(position => matches[LeadMatches.Fold(keys[position])].Single().Id).ToList();
        foreach (var (position, result) in found.Zip(await leads.DeleteAsync(ids, purpose, cancellationToken)))
        {
            results[position] = result with { Position = position };
        }

        return [.. results.OfType<RecordResult>()];
    }

    public Task<IReadOnlyList<MarketoRecord>> ReadAsync(
        IReadOnlyList<string> keyFields,
        IReadOnlyList<IReadOnlyList<string>> keys,
        IReadOnlyList<string> fields,
        CancellationToken cancellationToken) =>
        leads.QueryAsync(
            keyFields[0],
            [.. keys.Select(key => key[0])],
            [.. keyFields.Union(fields, StringComparer.OrdinalIgnoreCase)],
            cancellationToken);

    private RecordResult? WhyNotDeleted(int position, List<LeadMatch> matches) => matches.Count switch
    {
        0 => new RecordResult(position, RecordStatus.Skipped, null, [LeadMatches.NotFound]),
        1 => null,
        _ => new RecordResult(position, RecordStatus.Skipped, null, [_matches.Several(matches)]),
    };

    /// <summary>Names the leads that have the key of a refused record, and writes to one of them where the job says which.</summary>
    private async Task<IReadOnlyList<RecordResult>> ResolveAsync(
        IReadOnlyList<EncodedRecord> records,
        IReadOnlyList<RecordResult> results,
        CallPurpose purpose,
        CancellationToken cancellationToken)
    {
        var several = results.Where(LeadMatches.IsSeveral).ToDictionary(
            result => result.Position,
            result => LeadMatches.KeyOf(records[result.Position], target.LookupField));
        if (several.Count == 0)
        {
            return results;
        }

        var matches = await _matches.FindAsync([.. several.Values], cancellationToken);
        var resolved = results.ToArray();
        List<(int Position, EncodedRecord Record)> again = [];
        foreach (var (position, key) in several)
        {
            var candidates = matches[LeadMatches.Fold(key)].ToList();
            if (candidates.Count == 0)
            {
                continue; // in a partition that the API user does not see
            }

            resolved[position] = results[position] with { Reasons = [_matches.Several(candidates)] };
            if (LeadMatches.Choose(candidates, target.OnSeveralMatches) is { } chosen)
            {
                again.Add((position, LeadMatches.WithId(records[position], chosen)));
            }
        }

        var written = again.Count == 0
            ? []
            : await leads.SyncAsync(
                new LeadSync(SyncAction.UpdateOnly, LeadsClient.IdField),
                [.. again.Select(item => item.Record)],
                purpose,
                cancellationToken);
        foreach (var ((position, _), result) in again.Zip(written))
        {
            resolved[position] = result with { Position = position };
        }

        return resolved;
    }
}
