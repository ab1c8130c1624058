using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Marketo.Companies;

/// <summary>Reads and writes companies, within Marketo's limits and with its faults dealt with.</summary>
/// <remarks>
/// Failures of a whole call are <see cref="Errors.MarketoException"/>s; a refused record is a result with
/// <see cref="RecordStatus.Skipped"/>. Where a native CRM sync owns companies they can only be read. Safe to use from several threads.
/// </remarks>
public sealed class CompaniesClient
{
    /// <summary>The dedupe field. Source: Adobe, rest-api/companies.</summary>
    public const string KeyField = "externalCompanyId";

    /// <summary>How long Marketo works on a sync or delete call at most. Source: Adobe, rest-api/companies, "Timeouts".</summary>
    public static readonly TimeSpan MaxSync = TimeSpan.FromSeconds(60);

    private static readonly RecordEndpoint Companies = new("companies", "Company", "id")
    {
        Sync = CallKind.Sync with { MarketoLimit = MaxSync },
    };

    private readonly RecordCalls _calls;

    internal CompaniesClient(RecordCalls calls)
    {
        _calls = calls;
    }

    /// <summary>Names and fields; null when Marketo does not know companies.</summary>
    public Task<RecordTypeDescription?> DescribeAsync(CancellationToken cancellationToken) =>
        _calls.DescribeAsync(Companies, cancellationToken);

    /// <summary>Companies with these keys, in no particular order.</summary>
    /// <param name="dedupeFields">As described.</param>
    /// <param name="keys">Any number: of each the values of the dedupe fields, in their order.</param>
    /// <param name="fields">Fields to read besides these and <c>id</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<MarketoRecord>> ReadAsync(
        IReadOnlyList<string> dedupeFields,
        IReadOnlyList<IReadOnlyList<string>> keys,
        IReadOnlyList<string> fields,
        CancellationToken cancellationToken) => _calls.ReadAsync(Companies, dedupeFields, keys, fields, cancellationToken);

    /// <summary>Creates or updates up to 300 companies; one result for each, in their order.</summary>
    public Task<IReadOnlyList<RecordResult>> SyncAsync(
        SyncAction action,
        DedupeBy dedupeBy,
        IReadOnlyList<EncodedRecord> records,
        CallPurpose purpose,
        CancellationToken cancellationToken) => _calls.SyncAsync(Companies, action, dedupeBy, records, purpose, cancellationToken);

    /// <summary>Deletes up to 300 companies, named by their key fields; one result for each, in their order.</summary>
    public Task<IReadOnlyList<RecordResult>> DeleteAsync(
        DedupeBy deleteBy, IReadOnlyList<EncodedRecord> records, CallPurpose purpose, CancellationToken cancellationToken) =>
        _calls.DeleteAsync(Companies, deleteBy, records, purpose, cancellationToken);
}
