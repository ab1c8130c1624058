using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.CustomObjects;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Sync.Kept;

/// <summary>Reads and writes the records of one kept object. A write is acknowledged when its task completes.</summary>
internal sealed class KeptRecords(CustomObjectsClient customObjects, KeptObject kept)
{
    private BoundObject? _bound;

    /// <summary>The object as this subscription has it.</summary>
    /// <exception cref="StateException">It is missing or cannot be used.</exception>
    public async Task<BoundObject> BindAsync(CancellationToken cancellationToken) => _bound ??= new BoundObject(
        kept,
        await customObjects.DescribeAsync(kept.ApiName, cancellationToken)
        ?? throw new StateException($"Marketo has no approved custom object {kept.ApiName}. Run \"marketo-lambda init\" once to create it."));

    /// <summary>All records with one of these keys, in no particular order.</summary>
    public async Task<IReadOnlyList<CustomObjectRecord>> FindAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var bound = await BindAsync(cancellationToken);
        return await customObjects.QueryAsync(kept.ApiName, bound.KeyName, keys, bound.FieldNames, cancellationToken);
    }

    /// <summary>Creates a record; false when Marketo has one of that key. After a lost reply that may be our own.</summary>
    public async Task<bool> TryCreateAsync(string key, IEnumerable<(KeptField Field, object? Value)> values, CancellationToken cancellationToken)
    {
        var bound = await BindAsync(cancellationToken);
        var refused = await SyncAsync(SyncAction.CreateOnly, DedupeBy.DedupeFields, bound.Encode(bound.KeyName, key, values), cancellationToken);
        return refused is null
            || (refused.Reasons.Any(reason => MarketoErrorCatalog.Find(reason.Code).MeansAlreadyExists) ? false : throw Refused(key, refused));
    }

    public async Task UpdateAsync(string marketoGuid, string key, IEnumerable<(KeptField Field, object? Value)> values, CancellationToken cancellationToken)
    {
        var bound = await BindAsync(cancellationToken);
        if (await SyncAsync(SyncAction.UpdateOnly, DedupeBy.IdField, bound.Encode(BoundObject.IdName, marketoGuid, values), cancellationToken) is { } refused)
        {
            throw Refused(key, refused);
        }
    }

    /// <summary>Deletes records by Marketo's own ids, in this order; those that are gone already are fine.</summary>
    public async Task DeleteAsync(IReadOnlyList<string> marketoGuids, CancellationToken cancellationToken)
    {
        var bound = await BindAsync(cancellationToken);
        await customObjects.DeleteAsync(kept.ApiName, DedupeBy.IdField, [.. marketoGuids.Select(guid => bound.Encode(BoundObject.IdName, guid, []))], CallPurpose.State, cancellationToken);
    }

    private async Task<RecordResult?> SyncAsync(SyncAction action, DedupeBy dedupeBy, EncodedRecord record, CancellationToken cancellationToken)
    {
        var results = await customObjects.SyncAsync(kept.ApiName, action, dedupeBy, [record], CallPurpose.State, cancellationToken);
        return results[0].Status == RecordStatus.Skipped ? results[0] : null;
    }

    private StateException Refused(string key, RecordResult refused)
    {
        _bound = null; // the object may have changed since it was described
        var reasons = string.Join("; ", refused.Reasons.Select(reason => $"{reason.Message} ({reason.Code})"));
        return new StateException($"Marketo refused to store the state of {key}: {reasons}. Run \"marketo-lambda init\" to check {kept.ApiName}.");
    }
}
