using System.Text.Json;
using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Limits;
using MarketoLambda.Marketo.Wire;

namespace MarketoLambda.Marketo.CustomObjects;

/// <summary>Reads and writes records of custom objects, within Marketo's limits and with its faults dealt with.</summary>
/// <remarks>
/// Failures of a whole call are <see cref="MarketoException"/>s; a refused record is a result with
/// <see cref="RecordStatus.Skipped"/>. Safe to use from several threads.
/// </remarks>
public sealed class CustomObjectsClient
{
    /// <summary>Most records one sync or delete call may carry.</summary>
    /// <remarks>Source: Adobe, rest-api/custom-objects, "Create and Update".</remarks>
    public const int MaxRecordsPerCall = 300;

    /// <summary>Largest body of a call; see <see cref="SyncRequestSize"/>.</summary>
    /// <remarks>Adobe says 1 MB, here read as the smaller million. Source: error-codes, 413.</remarks>
    public const int MaxBodyBytes = 1_000_000;

    /// <summary>Of one query; 300,000 records.</summary>
    private const int MostPages = 1000;

    private readonly ICustomObjectsApi _api;
    private readonly CallPipeline _calls;
    private readonly DailyBudget _budget;
    private readonly LingeringWrites _lingering;

    internal CustomObjectsClient(ICustomObjectsApi api, CallPipeline calls, DailyBudget budget, LingeringWrites lingering)
    {
        _lingering = lingering;
        _api = api;
        _calls = calls;
        _budget = budget;
    }

    /// <summary>Until when Marketo may still be executing a write whose outcome nobody told; null when there is none.</summary>
    public DateTimeOffset? MayBeWritingUntil => _lingering.Until;

    /// <summary>The object's names and fields; null when Marketo knows no approved object of that name.</summary>
    public async Task<CustomObjectDescription?> DescribeAsync(string apiName, CancellationToken cancellationToken)
    {
        try
        {
            var response = await _calls.SendAsync<DescribedObject>(
                CallKind.Describe, (token, giveUp) => _api.DescribeAsync(apiName, token, giveUp), answer => answer.IsWhole, cancellationToken);
            return response.Elements.FirstOrDefault()?.ToDescription(apiName);
        }
        catch (MarketoRequestException e) when (e.Code is { } code && MarketoErrorCatalog.Find(code).MeansNotFound)
        {
            return null;
        }
    }

    /// <summary>All records whose field has one of the values, in no particular order.</summary>
    /// <param name="apiName">The object.</param>
    /// <param name="filterType">The dedupe field, a link field or <c>marketoGUID</c>: nothing else can be searched.</param>
    /// <param name="values">Any number; asked for 300 at a time. One with a comma can only be found in a dedupe field.</param>
    /// <param name="fields">Fields to read besides <c>marketoGUID</c>; none means Marketo's own choice, the dedupe fields and time stamps.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<CustomObjectRecord>> QueryAsync(
        string apiName, string filterType, IReadOnlyList<string> values, IReadOnlyList<string> fields, CancellationToken cancellationToken)
    {
        if (fields.Count > 0 && !fields.Contains(WireNames.MarketoGuid, StringComparer.OrdinalIgnoreCase))
        {
            fields = [WireNames.MarketoGuid, .. fields];
        }

        var records = new List<CustomObjectRecord>();
        foreach (var group in values.GroupBy(value => value.Contains(',', StringComparison.Ordinal)))
        {
            foreach (var chunk in group.Chunk(CustomObjectQuery.MaxValues))
            {
                await ReadPagesAsync(new CustomObjectQuery(_api, apiName, filterType, chunk, fields), records, cancellationToken);
            }
        }

        return records;
    }

    /// <summary>Creates or updates up to <see cref="MaxRecordsPerCall"/> records; one result for each, in their order.</summary>
    public async Task<IReadOnlyList<RecordResult>> SyncAsync(
        string apiName, SyncAction action, DedupeBy dedupeBy, IReadOnlyList<EncodedRecord> records, CallPurpose purpose, CancellationToken cancellationToken)
    {
        var body = new SyncRequest(WireNames.Of(action), WireNames.Of(dedupeBy), records);
        return await WriteAsync(CallKind.Sync, (token, giveUp) => _api.SyncAsync(apiName, body, token, giveUp), records.Count, purpose, cancellationToken);
    }

    /// <summary>Deletes up to <see cref="MaxRecordsPerCall"/> records, named by their key fields; one result for each, in their order.</summary>
    public async Task<IReadOnlyList<RecordResult>> DeleteAsync(
        string apiName, DedupeBy deleteBy, IReadOnlyList<EncodedRecord> records, CallPurpose purpose, CancellationToken cancellationToken)
    {
        var body = new DeleteRequest(WireNames.Of(deleteBy), records);
        return await WriteAsync(CallKind.Delete, (token, giveUp) => _api.DeleteAsync(apiName, body, token, giveUp), records.Count, purpose, cancellationToken);
    }

    private async Task<IReadOnlyList<RecordResult>> WriteAsync(
        CallKind kind, Request<WrittenRecord> request, int recordCount, CallPurpose purpose, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(recordCount, MaxRecordsPerCall);
        if (recordCount == 0)
        {
            return [];
        }

        using var share = purpose != CallPurpose.State ? await _budget.ReserveAsync(cancellationToken) : null;
        var response = await _calls.SendAsync(kind, purpose, request, answer => WrittenRecord.Answer(answer, recordCount), cancellationToken);
        return response.Elements.Select(record => record.ToResult()).ToArray();
    }

    /// <summary>Pages that never end.</summary>
    private static bool LeadsBack(MarketoResponse<JsonElement> answer, string? thisPage, int pages) =>
        answer.MoreResult == true && answer.NextPageToken is { } next && (next == thisPage || pages >= MostPages);

    private async Task ReadPagesAsync(CustomObjectQuery query, List<CustomObjectRecord> records, CancellationToken cancellationToken)
    {
        string? pageToken = null;
        for (var pages = 1; pages == 1 || pageToken is not null; pages++)
        {
            var thisPage = pageToken;
            var response = await _calls.SendAsync<JsonElement>(
                CallKind.Query, (token, giveUp) => query.SendAsync(thisPage, token, giveUp), answer => answer.IsWhole && !LeadsBack(answer, thisPage, pages), cancellationToken);
            records.AddRange(response.Elements.Select(QueriedRecord.Read).OfType<CustomObjectRecord>());
            pageToken = response.MoreResult == true ? response.NextPageToken : null;
        }
    }
}
