using System.Text;
using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Companies;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Sync.Targets.Companies;

/// <summary>Works with companies. Where a native CRM sync owns them the job stops, and no record is rejected for it.</summary>
internal sealed class CompanyWriter(CompanyTarget target, CompaniesClient companies) : ITargetWriter
{
    /// <summary>An update of a company that nobody has changes nothing, whoever owns companies.</summary>
    private static readonly EncodedRecord Nobody = new(
        Encoding.UTF8.GetBytes($$"""{"{{CompaniesClient.KeyField}}":"marketo-lambda: may companies be written?"}"""));

    public ITarget Target => target;

    public Task<RecordTypeDescription?> DescribeAsync(CancellationToken cancellationToken) => companies.DescribeAsync(cancellationToken);

    public async Task EnsureWritableAsync(CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(() =>
                companies.SyncAsync(SyncAction.UpdateOnly, DedupeBy.DedupeFields, [Nobody], CallPurpose.Import, cancellationToken));
        }
        catch (MarketoRequestException)
        {
            // Some other refusal of a call that matters to nobody.
        }
    }

    public Task<IReadOnlyList<RecordResult>> UpsertAsync(
        IReadOnlyList<EncodedRecord> records,
        CallPurpose purpose,
        CancellationToken cancellationToken
    ) => WriteAsync(() => companies.SyncAsync(SyncAction.CreateOrUpdate, DedupeBy.DedupeFields, records, purpose, cancellationToken));

    public Task<IReadOnlyList<RecordResult>> DeleteAsync(
        IReadOnlyList<EncodedRecord> records,
        CallPurpose purpose,
        CancellationToken cancellationToken
    ) => WriteAsync(() => companies.DeleteAsync(DedupeBy.DedupeFields, records, purpose, cancellationToken));

    public Task<IReadOnlyList<MarketoRecord>> ReadAsync(
        IReadOnlyList<string> keyFields,
        IReadOnlyList<IReadOnlyList<string>> keys,
        IReadOnlyList<string> fields,
        CancellationToken cancellationToken) => companies.ReadAsync(keyFields, keys, fields, cancellationToken);

    /// <summary>Whether Marketo refuses the call or its records is not documented: it means the same.</summary>
    private static async Task<IReadOnlyList<RecordResult>> WriteAsync(Func<Task<IReadOnlyList<RecordResult>>> write)
    {
        try
        {
            var results = await write();
            return results.SelectMany(result => result.Reasons).FirstOrDefault(reason => IsOwnedByCrm(reason.Code)) is { } reason
                ? throw Owned(reason.Code)
                : results;
        }
        catch (MarketoRequestException refusal) when (refusal.Code is { } code && IsOwnedByCrm(code))
        {
            throw Owned(code);
        }
    }

    private static bool IsOwnedByCrm(string code) => MarketoErrorCatalog.Find(code).MeansOwnedByCrm;

    private static JobMismatchException Owned(string code) =>
        new(
            $"Native CRM sync owns companies ({code}), so Marketo lets nobody else write them: change them in Salesforce or Dynamics, and "
                + "remove this job. No row was rejected"
        )
        {
            Code = code,
        };
}
