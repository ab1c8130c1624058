using System.Text.Json;
using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Pipeline;
using MarketoLambda.Marketo.Usage;
using MarketoLambda.Marketo.Wire;

namespace MarketoLambda.Marketo.Records;

/// <summary>The calls of <see cref="IRecordsApi"/>, within Marketo's limits and with its faults dealt with.</summary>
/// <remarks>
/// Failures of a whole call are <see cref="MarketoException"/>s; a refused record is a result with
/// <see cref="RecordStatus.Skipped"/>. Safe to use from several threads.
/// </remarks>
internal sealed class RecordCalls(IRecordsApi api, CallPipeline calls, DailyBudget budget)
{
    /// <summary>Of one query; 300,000 records.</summary>
    private const int MaxPages = 1000;

    /// <summary>The type's names and fields; null when Marketo does not know it.</summary>
    public async Task<RecordTypeDescription?> DescribeAsync(RecordEndpoint type, CancellationToken cancellationToken)
    {
        return await Absent.AsNullAsync(async () =>
        {
            var response = await calls.SendAsync<DescribedRecordType>(
                CallKind.Describe,
                (token, giveUp) => api.DescribeAsync(type.Path, token, giveUp),
                answer => answer.IsWhole,
                cancellationToken);
            return response.Elements.FirstOrDefault()?.ToDescription(type.Name);
        });
    }

    /// <summary>Names of all types below a path, approved ones only.</summary>
    public async Task<IReadOnlyList<string>> ListNamesAsync(string path, CancellationToken cancellationToken)
    {
        var response = await calls.SendAsync<DescribedRecordType>(
            CallKind.Describe,
            (token, giveUp) => api.ListAsync(path, token, giveUp),
            answer => answer.IsWhole,
            cancellationToken);
        return [.. response.Elements.Select(type => type.Name ?? type.ApiName).OfType<string>()];
    }

    /// <summary>All records whose field has one of the values, in no particular order.</summary>
    /// <param name="type">Where.</param>
    /// <param name="filterType">A field that can be searched.</param>
    /// <param name="values">Any number; asked for 300 at a time. One with a comma can only be found in a dedupe field.</param>
    /// <param name="fields">Fields to read besides the id; none means Marketo's own choice.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<MarketoRecord>> QueryAsync(
        RecordEndpoint type,
        string filterType,
        IReadOnlyList<string> values,
        IReadOnlyList<string> fields,
        CancellationToken cancellationToken)
    {
        if (fields.Count > 0 && !fields.Contains(type.IdField, StringComparer.OrdinalIgnoreCase))
        {
            fields = [type.IdField, .. fields];
        }

        var records = new List<MarketoRecord>();
        foreach (var group in values.GroupBy(value => value.Contains(',', StringComparison.Ordinal)))
        {
            foreach (var chunk in group.Chunk(RecordQuery.MaxValues))
            {
                await ReadPagesAsync(
                    new RecordQuery(api, type.Path, [filterType], [.. chunk.Select(value => new[] { value })], fields),
                    type.IdField,
                    records,
                    cancellationToken);
            }
        }

        return records;
    }

    /// <summary>Records with these keys, in no particular order.</summary>
    /// <param name="type">Where.</param>
    /// <param name="keyFields">The dedupe fields of the type.</param>
    /// <param name="keys">Any number: of each the values of the dedupe fields, in their order.</param>
    /// <param name="fields">Fields to read besides these and the id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<MarketoRecord>> ReadAsync(
        RecordEndpoint type,
        IReadOnlyList<string> keyFields,
        IReadOnlyList<IReadOnlyList<string>> keys,
        IReadOnlyList<string> fields,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<string> all = [type.IdField, .. keyFields, .. fields.Except(keyFields, StringComparer.OrdinalIgnoreCase)];
        if (keyFields.Count == 1)
        {
            return await QueryAsync(type, keyFields[0], [.. keys.Select(key => key[0])], all, cancellationToken);
        }

        var records = new List<MarketoRecord>();
        foreach (var chunk in keys.Chunk(RecordQuery.MaxValues))
        {
            await ReadPagesAsync(new RecordQuery(api, type.Path, keyFields, chunk, all), type.IdField, records, cancellationToken);
        }

        return records;
    }

    /// <summary>Creates or updates records; one result for each, in their order.</summary>
    public async Task<IReadOnlyList<RecordResult>> SyncAsync(
        RecordEndpoint type,
        SyncAction action,
        DedupeBy dedupeBy,
        IReadOnlyList<EncodedRecord> records,
        CallPurpose purpose,
        CancellationToken cancellationToken)
    {
        var body = new SyncRequest(WireNames.From(action), WireNames.From(dedupeBy), records);
        return await WriteAsync(
            type.Sync,
            (token, giveUp) => api.SyncAsync(type.Path, body, token, giveUp),
            records.Count,
            AnswerNumbering.BySeq,
            purpose,
            cancellationToken);
    }

    /// <summary>Deletes records, named by their key fields; one result for each, in their order.</summary>
    public async Task<IReadOnlyList<RecordResult>> DeleteAsync(
        RecordEndpoint type,
        DedupeBy deleteBy,
        IReadOnlyList<EncodedRecord> records,
        CallPurpose purpose,
        CancellationToken cancellationToken)
    {
        var body = new DeleteRequest(WireNames.From(deleteBy), records);
        return await WriteAsync(
            type.Delete,
            (token, giveUp) => api.DeleteAsync(type.Path, body, token, giveUp),
            records.Count,
            AnswerNumbering.BySeq,
            purpose,
            cancellationToken);
    }

    /// <summary>Sends a call that writes up to 300 records; one result for each, in their order.</summary>
    /// <param name="kind">Decides about time-out and hold-off.</param>
    /// <param name="request">Sends it; called once per try.</param>
    /// <param name="recordCount">Records in the call.</param>
    /// <param name="numbering">How its answer says which record is meant.</param>
    /// <param name="purpose">Decides about quota and retries.</param>
    /// <param name="cancellationToken">Gives up; Marketo may execute the call nevertheless.</param>
    public async Task<IReadOnlyList<RecordResult>> WriteAsync(
        CallKind kind,
        Request<WrittenRecord> request,
        int recordCount,
        AnswerNumbering numbering,
        CallPurpose purpose,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(recordCount, CallLimits.RecordsPerCall);
        if (recordCount == 0)
        {
            return [];
        }

        using var share = purpose != CallPurpose.State ? await budget.ReserveAsync(cancellationToken) : null;
        var response = await calls.SendAsync(
            kind,
            purpose,
            request,
            answer => WrittenRecord.Answer(answer, recordCount, numbering),
            cancellationToken);
        return response.Elements.Select((record, position) => record.ToResult(position)).ToArray();
    }

    /// <summary>Null on the last page. Only some interfaces say <c>moreResult</c> beside the token.</summary>
    private static string? NextPage(MarketoResponse<JsonElement> answer) => answer.MoreResult != false ? answer.NextPageToken : null;

    /// <summary>Pages that never end.</summary>
    private static bool LeadsBack(MarketoResponse<JsonElement> answer, string? thisPage, int pages) =>
        NextPage(answer) is { } next && (next == thisPage || pages >= MaxPages);

    private async Task ReadPagesAsync(RecordQuery query, string idField, List<MarketoRecord> records, CancellationToken cancellationToken)
    {
        string? pageToken = null;
        for (var pages = 1; pages == 1 || pageToken is not null; pages++)
        {
            var thisPage = pageToken;
            var response = await calls.SendAsync<JsonElement>(
                CallKind.Query,
                (token, giveUp) => query.SendAsync(thisPage, token, giveUp),
                answer => answer.IsWhole && !LeadsBack(answer, thisPage, pages),
                cancellationToken);
            records.AddRange(response.Elements.Select(element => QueriedRecord.Read(element, idField)).OfType<MarketoRecord>());
            pageToken = NextPage(response);
        }
    }
}
