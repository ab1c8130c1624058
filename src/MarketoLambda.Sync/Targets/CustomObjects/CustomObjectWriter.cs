using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.CustomObjects;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.State.Tables;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sync.Targets.CustomObjects;

/// <summary>Works with the records of one custom object.</summary>
internal sealed class CustomObjectWriter(CustomObjectTarget target, CustomObjectsClient customObjects) : ITargetWriter
{
    public ITarget Target => target;

    public Task<RecordTypeDescription?> DescribeAsync(CancellationToken cancellationToken) =>
        customObjects.DescribeAsync(target.Name, cancellationToken);

    /// <remarks>What the program keeps in Marketo for itself is not meant.</remarks>
    public async Task<string> DescribeOthersAsync(CancellationToken cancellationToken)
    {
        var names = await customObjects.ListNamesAsync(cancellationToken);
        return NearName.Instead(
            target.Name,
            names.Where(name => !StateTable.IsNameOfOne(name)),
            "custom objects");
    }

    public async Task<IReadOnlyList<RecordResult>> UpsertAsync(
        IReadOnlyList<EncodedRecord> records,
        CallPurpose purpose,
        CancellationToken cancellationToken)
    {
        var results = await customObjects.SyncAsync(
            target.Name,
            target.Mode.Action,
            DedupeBy.DedupeFields,
            records,
            purpose,
            cancellationToken);
        return target.Mode.Judge(results, areLeads: false);
    }

    public Task<IReadOnlyList<RecordResult>> DeleteAsync(
        IReadOnlyList<EncodedRecord> records,
        CallPurpose purpose,
        CancellationToken cancellationToken
    ) => customObjects.DeleteAsync(target.Name, DedupeBy.DedupeFields, records, purpose, cancellationToken);

    public Task<IReadOnlyList<MarketoRecord>> ReadAsync(
        IReadOnlyList<string> keyFields,
        IReadOnlyList<IReadOnlyList<string>> keys,
        IReadOnlyList<string> fields,
        CancellationToken cancellationToken) => customObjects.ReadAsync(target.Name, keyFields, keys, fields, cancellationToken);
}
