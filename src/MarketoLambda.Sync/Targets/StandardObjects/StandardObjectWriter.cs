using System.Text;
using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Marketo.StandardObjects;

namespace MarketoLambda.Sync.Targets.StandardObjects;

/// <summary>
/// Works with records of a standard object. Where a native CRM sync owns them the job stops, and no record is rejected for it.
/// </summary>
internal sealed class StandardObjectWriter(StandardObjectTarget target, StandardObjectsClient objects) : ITargetWriter
{
    public ITarget Target => target;

    public Task<RecordTypeDescription?> DescribeAsync(CancellationToken cancellationToken) =>
        objects.DescribeAsync(target.Type, cancellationToken);

    public async Task EnsureWritableAsync(CancellationToken cancellationToken)
    {
        if (!target.MayBeOwnedByCrm)
        {
            return;
        }

        try
        {
            await WriteAsync(() =>
                objects.SyncAsync(
                    target.Type,
                    SyncAction.UpdateOnly,
                    DedupeBy.DedupeFields,
                    [Nobody()],
                    CallPurpose.Import,
                    cancellationToken));
        }
        catch (MarketoRequestException)
        {
            // Some other refusal of a call that matters to nobody.
        }
    }

    public async Task<IReadOnlyList<RecordResult>> UpsertAsync(
        IReadOnlyList<EncodedRecord> records,
        CallPurpose purpose,
        CancellationToken cancellationToken)
    {
        var results = await WriteAsync(() =>
            objects.SyncAsync(target.Type, target.Mode.Action, DedupeBy.DedupeFields, records, purpose, cancellationToken));
        return target.Mode.Judge(results, areLeads: false);
    }

    public Task<IReadOnlyList<RecordResult>> DeleteAsync(
        IReadOnlyList<EncodedRecord> records,
        CallPurpose purpose,
        CancellationToken cancellationToken
    ) => WriteAsync(() => objects.DeleteAsync(target.Type, DedupeBy.DedupeFields, records, purpose, cancellationToken));

    public Task<IReadOnlyList<MarketoRecord>> ReadAsync(
        IReadOnlyList<string> keyFields,
        IReadOnlyList<IReadOnlyList<string>> keys,
        IReadOnlyList<string> fields,
        CancellationToken cancellationToken) => objects.ReadAsync(target.Type, keyFields, keys, fields, cancellationToken);

    /// <summary>An update of a record that nobody has changes nothing, whoever owns the object.</summary>
    private EncodedRecord Nobody() =>
        new(Encoding.UTF8.GetBytes(
            $"{{{string.Join(',', target.Type.KeyFields.Select(key => $"\"{key}\":{NobodysKey(key)}"))}}}"));

    private static string NobodysKey(string keyField) =>
        keyField == StandardObject.LeadIdField ? "0" : "\"marketo-lambda: may records be written?\"";

    /// <summary>Whether Marketo refuses the call or its records is not documented: it means the same.</summary>
    private async Task<IReadOnlyList<RecordResult>> WriteAsync(Func<Task<IReadOnlyList<RecordResult>>> write)
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

    private JobMismatchException Owned(string code) =>
        new(
            $"Native CRM sync owns {target.Names} ({code}), so Marketo lets nobody else write them: change them in Salesforce or Dynamics, "
                + "and remove this job. No row was rejected"
        )
        {
            Code = code,
        };
}
