using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Marketo.CustomObjects;

/// <summary>Reads and writes records of custom objects, within Marketo's limits and with its faults dealt with.</summary>
/// <remarks>
/// Failures of a whole call are <see cref="Errors.MarketoException"/>s; a refused record is a result with
/// <see cref="RecordStatus.Skipped"/>. Safe to use from several threads.
/// </remarks>
public sealed class CustomObjectsClient
{
    /// <summary>How long Marketo works on a sync call at most. Source: Adobe, rest-api/custom-objects, "Timeouts".</summary>
    public static readonly TimeSpan MaxSync = CallKind.Sync.MarketoLimit;

    private const string Path = "customobjects";

    private readonly RecordCalls _calls;

    internal CustomObjectsClient(RecordCalls calls)
    {
        _calls = calls;
    }

    /// <summary>API names of all approved objects. Source: Adobe, rest-api/custom-objects, "List".</summary>
    public Task<IReadOnlyList<string>> ListNamesAsync(CancellationToken cancellationToken) =>
        _calls.ListNamesAsync(Path, cancellationToken);

    /// <summary>The object's names and fields; null when Marketo knows no approved object of that name.</summary>
    public Task<RecordTypeDescription?> DescribeAsync(string apiName, CancellationToken cancellationToken) =>
        _calls.DescribeAsync(At(apiName), cancellationToken);

    /// <summary>All records whose field has one of the values, in no particular order.</summary>
    /// <param name="apiName">The object.</param>
    /// <param name="filterType">The dedupe field, a link field or <c>marketoGUID</c>: nothing else can be searched.</param>
    /// <param name="values">Any number; asked for 300 at a time. One with a comma can only be found in a dedupe field.</param>
    /// <param name="fields">Fields to read besides <c>marketoGUID</c>; none means Marketo's own choice, the dedupe fields and time
    /// stamps.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<MarketoRecord>> QueryAsync(
        string apiName,
        string filterType,
        IReadOnlyList<string> values,
        IReadOnlyList<string> fields,
        CancellationToken cancellationToken) => _calls.QueryAsync(At(apiName), filterType, values, fields, cancellationToken);

    /// <summary>Records with these keys, in no particular order.</summary>
    /// <param name="apiName">The object.</param>
    /// <param name="dedupeFields">Its dedupe fields.</param>
    /// <param name="keys">Any number: of each the values of the dedupe fields, in their order.</param>
    /// <param name="fields">Fields to read besides these and <c>marketoGUID</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<MarketoRecord>> ReadAsync(
        string apiName,
        IReadOnlyList<string> dedupeFields,
        IReadOnlyList<IReadOnlyList<string>> keys,
        IReadOnlyList<string> fields,
        CancellationToken cancellationToken) => _calls.ReadAsync(At(apiName), dedupeFields, keys, fields, cancellationToken);

    /// <summary>Creates or updates up to 300 records; one result for each, in their order.</summary>
    public Task<IReadOnlyList<RecordResult>> SyncAsync(
        string apiName,
        SyncAction action,
        DedupeBy dedupeBy,
        IReadOnlyList<EncodedRecord> records,
        CallPurpose purpose,
        CancellationToken cancellationToken) => _calls.SyncAsync(At(apiName), action, dedupeBy, records, purpose, cancellationToken);

    /// <summary>Deletes up to 300 records, named by their key fields; one result for each, in their order.</summary>
    public Task<IReadOnlyList<RecordResult>> DeleteAsync(
        string apiName,
        DedupeBy deleteBy,
        IReadOnlyList<EncodedRecord> records,
        CallPurpose purpose,
        CancellationToken cancellationToken) => _calls.DeleteAsync(At(apiName), deleteBy, records, purpose, cancellationToken);

    private static RecordEndpoint At(string apiName) => new($"{Path}/{apiName}", apiName, WireNames.MarketoGuid);
}
