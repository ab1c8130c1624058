using System.Globalization;
using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.CustomObjects;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sync.State.Tables;

/// <summary>Reads and writes the records of one kept object. A write is acknowledged when its task completes.</summary>
internal sealed class TableRecords(CustomObjectsClient customObjects, StateTable kept)
{
    private const int MaxTriesOfUpdate = 5;

    private BoundTable? _bound;

    /// <summary>The object as this subscription has it.</summary>
    /// <exception cref="StateException">It is missing or cannot be used.</exception>
    public async Task<BoundTable> BindAsync(CancellationToken cancellationToken) =>
        _bound ??= new BoundTable(
            kept,
            await customObjects.DescribeAsync(kept.ApiName, cancellationToken)
                ?? throw new StateException(
                    $"Marketo has no approved custom object {kept.ApiName}. Run \"marketo-lambda init\" once to create it."));

    /// <summary>All records with one of these keys, in no particular order.</summary>
    public async Task<IReadOnlyList<MarketoRecord>> FindAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var bound = await BindAsync(cancellationToken);
        return await customObjects.QueryAsync(kept.ApiName, bound.KeyName, keys, bound.FieldNames, cancellationToken);
    }

    /// <summary>Creates a record; false when Marketo has one of that key. After a lost reply that may be our own.</summary>
    public async Task<bool> TryCreateAsync(
        string key,
        IEnumerable<(TableField Field, object? Value)> values,
        CancellationToken cancellationToken)
    {
        var bound = await BindAsync(cancellationToken);
        var refused = await SyncAsync(
            SyncAction.CreateOnly,
            DedupeBy.DedupeFields,
            bound.Encode(bound.KeyName, key, values),
            cancellationToken);
        return refused is null || (IsThere(refused) ? false : throw Refused(key, refused));
    }

    /// <summary>Creates up to 300 records with the same values.</summary>
    /// <returns>Of each key, in their order: false when Marketo has one already. After a lost reply that may be our own.</returns>
    public async Task<IReadOnlyList<bool>> TryCreateAsync(
        IReadOnlyList<string> keys,
        IReadOnlyList<(TableField Field, object? Value)> values,
        CancellationToken cancellationToken)
    {
        var bound = await BindAsync(cancellationToken);
        var results = await customObjects.SyncAsync(
            kept.ApiName,
            SyncAction.CreateOnly,
            DedupeBy.DedupeFields,
            [.. keys.Select(key => bound.Encode(bound.KeyName, key, values))],
            CallPurpose.State,
            cancellationToken);
        return
        [
            .. results.Select(result =>
                result.Status != RecordStatus.Skipped || (IsThere(result) ? false : throw Refused(keys[result.Position], result))),
        ];
    }

    public async Task UpdateAsync(
        string marketoGuid,
        string key,
        IEnumerable<(TableField Field, object? Value)> values,
        CancellationToken cancellationToken)
    {
        var bound = await BindAsync(cancellationToken);
        if (
            await SyncAsync(
                SyncAction.UpdateOnly,
                DedupeBy.IdField,
                bound.Encode(BoundTable.IdName, marketoGuid, values),
                cancellationToken
            ) is
            { } refused)
        {
            throw Refused(key, refused);
        }
    }

    /// <summary>Stores records as a whole, whether they are there or not, in as few calls as fit.</summary>
    /// <returns>Marketo's own ids, in the same order.</returns>
    public async Task<IReadOnlyList<string>> StoreAsync(
        IReadOnlyList<(string Key, IReadOnlyList<(TableField Field, object? Value)> Values)> records,
        CancellationToken cancellationToken)
    {
        List<string> ids = [];
        if (records.Count == 0)
        {
            return ids;
        }

        var bound = await BindAsync(cancellationToken);
        foreach (var call in CallsOf([.. records.Select(record => bound.Encode(bound.KeyName, record.Key, record.Values))]))
        {
            var results = await customObjects.SyncAsync(
                kept.ApiName,
                SyncAction.CreateOrUpdate,
                DedupeBy.DedupeFields,
                call,
                CallPurpose.State,
                cancellationToken);
            ids.AddRange(results.Select(result => result.Id ?? throw Refused(records[ids.Count + result.Position].Key, result)));
        }

        return ids;
    }

    /// <summary>
    /// Changes the same fields of all records with these keys. Those that are gone are passed over, once a read says so too.
    /// </summary>
    public async Task UpdateByKeyAsync(
        IReadOnlyList<string> keys,
        IReadOnlyList<(TableField Field, object? Value)> values,
        CancellationToken cancellationToken)
    {
        foreach (var some in keys.Chunk(CallLimits.RecordsPerCall))
        {
            IReadOnlyList<string> left = some;
            for (var tries = 1; left.Count > 0; tries++)
            {
                left = await UpdateOnceAsync(left, values, isLastTry: tries == MaxTriesOfUpdate, cancellationToken);
            }
        }
    }

    /// <returns>Keys that Marketo did not find in the update, and does in a read.</returns>
    private async Task<IReadOnlyList<string>> UpdateOnceAsync(
        IReadOnlyList<string> keys,
        IReadOnlyList<(TableField Field, object? Value)> values,
        bool isLastTry,
        CancellationToken cancellationToken)
    {
        var bound = await BindAsync(cancellationToken);
        var results = await customObjects.SyncAsync(
            kept.ApiName,
            SyncAction.UpdateOnly,
            DedupeBy.DedupeFields,
            [.. keys.Select(key => bound.Encode(bound.KeyName, key, values))],
            CallPurpose.State,
            cancellationToken);
        var skipped = results.Where(result => result.Status == RecordStatus.Skipped).ToList();
        if (
            skipped.FirstOrDefault(result =>
                isLastTry || !result.Reasons.Any(reason => MarketoErrorCatalog.Find(reason.Code).MeansNotFound)
            ) is
            { } refused)
        {
            throw Refused(keys[refused.Position], refused);
        }

        return skipped.Count == 0
            ? []
            :
            [
                .. (await FindAsync([.. skipped.Select(result => keys[result.Position])], cancellationToken))
                    .Select(record => bound.Text(record, kept.KeyField))
                    .OfType<string>(),
            ];
    }

    /// <summary>The number behind the # of a key.</summary>
    public static long NumberIn(string? key, StateTable kept) =>
        long.TryParse(key.AsSpan((key?.LastIndexOf('#') ?? -1) + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new StateException($"{kept.ApiName} holds a record with an impossible key. Delete it in Marketo.");

    /// <summary>Deletes records by Marketo's own ids, in this order; those that are gone already are fine.</summary>
    public async Task DeleteAsync(IReadOnlyList<string> marketoGuids, CancellationToken cancellationToken)
    {
        foreach (var ids in marketoGuids.Chunk(CallLimits.RecordsPerCall))
        {
            var bound = await BindAsync(cancellationToken);
            await customObjects.DeleteAsync(
                kept.ApiName,
                DedupeBy.IdField,
                [.. ids.Select(id => bound.Encode(BoundTable.IdName, id, []))],
                CallPurpose.State,
                cancellationToken);
        }
    }

    /// <summary>Deletes the records with these keys, of which there are up to 300; those that are gone already are fine.</summary>
    public async Task DeleteByKeyAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var bound = await BindAsync(cancellationToken);
        await customObjects.DeleteAsync(
            kept.ApiName,
            DedupeBy.DedupeFields,
            [.. keys.Select(key => bound.Encode(bound.KeyName, key, []))],
            CallPurpose.State,
            cancellationToken);
    }

    private static bool IsThere(RecordResult refused) =>
        refused.Reasons.Any(reason => MarketoErrorCatalog.Find(reason.Code).MeansAlreadyExists);

    private static IEnumerable<IReadOnlyList<EncodedRecord>> CallsOf(IReadOnlyList<EncodedRecord> records)
    {
        List<EncodedRecord> call = [];
        long bytes = 0;
        foreach (var record in records)
        {
            var isFull =
                call.Count == CallLimits.RecordsPerCall
                || SyncRequestSize.Measure(SyncAction.CreateOrUpdate, DedupeBy.DedupeFields, call.Count + 1, bytes + record.Json.Length)
                    > CallLimits.BodyBytes;
            if (isFull && call.Count > 0)
            {
                yield return call;
                (call, bytes) = ([], 0);
            }

            call.Add(record);
            bytes += record.Json.Length;
        }

        if (call.Count > 0)
        {
            yield return call;
        }
    }

    private async Task<RecordResult?> SyncAsync(
        SyncAction action,
        DedupeBy dedupeBy,
        EncodedRecord record,
        CancellationToken cancellationToken)
    {
        var results = await customObjects.SyncAsync(kept.ApiName, action, dedupeBy, [record], CallPurpose.State, cancellationToken);
        return results[0].Status == RecordStatus.Skipped ? results[0] : null;
    }

    private StateException Refused(string key, RecordResult refused)
    {
        _bound = null; // the object may have changed since it was described
        var reasons = Quantity.List(
            refused.Reasons.Select(reason => $"{MarketoErrorCatalog.Find(reason.Code).Message} ({reason.Code})"),
            "; "
        ); // Marketo's own words may quote what was to be stored
        return new StateException(
            $"Marketo refused to store the state of {key}: {reasons}. Run \"marketo-lambda init\" to check {kept.ApiName}.");
    }
}
