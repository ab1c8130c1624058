using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Marketo.StandardObjects;

/// <summary>Reads and writes records of standard objects, within Marketo's limits and with its faults dealt with.</summary>
/// <remarks>
/// Failures of a whole call are <see cref="Errors.MarketoException"/>s; a refused record is a result with
/// <see cref="RecordStatus.Skipped"/>. Safe to use from several threads.
/// </remarks>
public sealed class StandardObjectsClient
{
    private readonly RecordCalls _calls;

    internal StandardObjectsClient(RecordCalls calls)
    {
        _calls = calls;
    }

    /// <summary>Names and fields; null when Marketo does not know the type.</summary>
    public Task<RecordTypeDescription?> DescribeAsync(StandardObject type, CancellationToken cancellationToken) =>
        _calls.DescribeAsync(type.Endpoint, cancellationToken);

    /// <summary>Records with these keys, in no particular order.</summary>
    /// <param name="type">Which.</param>
    /// <param name="dedupeFields">As described.</param>
    /// <param name="keys">Any number: of each the values of the dedupe fields, in their order.</param>
    /// <param name="fields">Fields to read besides these and Marketo's own id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<MarketoRecord>> ReadAsync(
        StandardObject type,
        IReadOnlyList<string> dedupeFields,
        IReadOnlyList<IReadOnlyList<string>> keys,
        IReadOnlyList<string> fields,
        CancellationToken cancellationToken) => _calls.ReadAsync(type.Endpoint, dedupeFields, keys, fields, cancellationToken);

    /// <summary>Creates or updates up to 300 records; one result for each, in their order.</summary>
    public Task<IReadOnlyList<RecordResult>> SyncAsync(
        StandardObject type,
        SyncAction action,
        DedupeBy dedupeBy,
        IReadOnlyList<EncodedRecord> records,
        CallPurpose purpose,
        CancellationToken cancellationToken) => _calls.SyncAsync(type.Endpoint, action, dedupeBy, records, purpose, cancellationToken);

    /// <summary>Deletes up to 300 records, named by their key fields; one result for each, in their order.</summary>
    public Task<IReadOnlyList<RecordResult>> DeleteAsync(
        StandardObject type,
        DedupeBy deleteBy,
        IReadOnlyList<EncodedRecord> records,
        CallPurpose purpose,
        CancellationToken cancellationToken) => _calls.DeleteAsync(type.Endpoint, deleteBy, records, purpose, cancellationToken);
}
