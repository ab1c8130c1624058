using System.Globalization;
using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Pipeline;
using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Marketo.Leads;

/// <summary>Reads and writes leads (people), within Marketo's limits and with its faults dealt with.</summary>
/// <remarks>
/// Failures of a whole call are <see cref="MarketoException"/>s; a refused record is a result with <see cref="RecordStatus.Skipped"/>.
/// Answers to writes name no lead that was refused, and number none: they belong to the records by their order alone. Safe to use from
/// several threads. Source: Adobe, rest-api/leads.
/// </remarks>
public sealed class LeadsClient
{
    /// <summary>Name of Marketo's own id.</summary>
    public const string IdField = "id";

    /// <summary>How long Marketo works on a sync call at most. Source: Adobe, rest-api/leads, "Timeouts".</summary>
    public static readonly TimeSpan MaxSync = TimeSpan.FromSeconds(90);

    private static readonly RecordEndpoint Leads = new("leads", "lead", IdField);
    private static readonly CallKind Sync = CallKind.Sync with { MarketoLimit = MaxSync };

    private readonly ILeadsApi _api;
    private readonly CallPipeline _pipeline;
    private readonly RecordCalls _calls;

    internal LeadsClient(ILeadsApi api, CallPipeline pipeline, RecordCalls calls)
    {
        _api = api;
        _pipeline = pipeline;
        _calls = calls;
    }

    /// <summary>
    /// Names and fields, without dedupe fields: a call chooses its <em>lookup field</em>. Null when Marketo does not know leads.
    /// </summary>
    public async Task<RecordTypeDescription?> DescribeAsync(CancellationToken cancellationToken) =>
        await Absent.AsNullAsync(() => Describe2Async(cancellationToken))
        ?? await Absent.AsNullAsync(() => DescribeAsRestAsync(cancellationToken));

    /// <summary>All leads whose field has one of the values, in no particular order.</summary>
    /// <param name="filterType">A field that can be searched.</param>
    /// <param name="values">Any number; asked for 300 at a time, and in halves where too many leads match. Those with a comma are left
    /// out: no form of the query can spell them.</param>
    /// <param name="fields">Fields to read besides <c>id</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<MarketoRecord>> QueryAsync(
        string filterType,
        IReadOnlyList<string> values,
        IReadOnlyList<string> fields,
        CancellationToken cancellationToken)
    {
        List<MarketoRecord> leads = [];
        Stack<string[]> chunks = new(values
            .Where(value => !value.Contains(',', StringComparison.Ordinal))
            .Chunk(RecordQuery.MaxValues)
            .Reverse());
        while (chunks.TryPop(out var chunk))
        {
            try
            {
                leads.AddRange(await _calls.QueryAsync(Leads, filterType, chunk, fields, cancellationToken));
            }
            catch (MarketoRequestException refusal) when (refusal.MayBeContent && chunk.Length > 1)
            {
                // More than 1,000 leads match. Source: Adobe, rest-api/leads, "Query".
                chunks.Push(chunk[(chunk.Length / 2)..]);
                chunks.Push(chunk[..(chunk.Length / 2)]);
            }
        }

        return leads;
    }

    /// <summary>Creates or updates up to 300 leads; one result for each, in their order.</summary>
    public Task<IReadOnlyList<RecordResult>> SyncAsync(
        LeadSync sync,
        IReadOnlyList<EncodedRecord> records,
        CallPurpose purpose,
        CancellationToken cancellationToken)
    {
        var body = sync.Request(records);
        return _calls.WriteAsync(
            Sync,
            (token, giveUp) => _api.SyncAsync(body, token, giveUp),
            records.Count,
            AnswerNumbering.ByOrder,
            purpose,
            cancellationToken);
    }

    /// <summary>Deletes up to 300 leads for good; one result for each, in their order.</summary>
    /// <param name="ids">Their ids.</param>
    /// <param name="purpose">Decides about quota and retries.</param>
    /// <param name="cancellationToken">Gives up; Marketo may execute the call nevertheless.</param>
    public Task<IReadOnlyList<RecordResult>> DeleteAsync(
        IReadOnlyList<string> ids,
        CallPurpose purpose,
        CancellationToken cancellationToken)
    {
        LeadIdsRequest body = new([.. ids.Select(id => new LeadId(long.Parse(id, CultureInfo.InvariantCulture)))]);
        return _calls.WriteAsync(
            CallKind.Delete,
            (token, giveUp) => _api.DeleteAsync(body, token, giveUp),
            ids.Count,
            AnswerNumbering.ByOrder,
            purpose,
            cancellationToken);
    }

    private async Task<RecordTypeDescription?> Describe2Async(CancellationToken cancellationToken)
    {
        var answer = await _pipeline.SendAsync<DescribedRecordType>(
            CallKind.Describe,
            (token, giveUp) => _api.Describe2Async(token, giveUp),
            described => described.IsWhole,
            cancellationToken);
        return answer.Elements.FirstOrDefault()?.ToDescription(Leads.Name);
    }

    private async Task<RecordTypeDescription?> DescribeAsRestAsync(CancellationToken cancellationToken)
    {
        var answer = await _pipeline.SendAsync<DescribedLeadField>(
            CallKind.Describe,
            (token, giveUp) => _api.DescribeAsync(token, giveUp),
            described => described.IsWhole,
            cancellationToken);
        return new RecordTypeDescription(Leads.Name, "Lead", [], DescribedLeadField.Known(answer.Elements));
    }
}
