using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Sync.Targets.Unchanged;

/// <summary>Sends only the records that Marketo does not have yet as they are to be.</summary>
/// <remarks>
/// <para>A record that this run has sent before is sent again without a look: what is read may be older than what was written last.</para>
/// <para>Reading is a saving and no condition: where Marketo refuses to look for these keys, all of them are sent.</para>
/// </remarks>
internal sealed class UnchangedFilter(ITargetWriter target) : ITargetWriter
{
    private readonly HashSet<string> _sent = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private RecordTypeDescription? _description;

    public ITarget Target => target.Target;

    /// <summary>The writer, behind a filter where its target compares first.</summary>
    public static ITargetWriter Before(ITargetWriter writer) =>
        writer.Target.Mode.ComparesFirst ? new UnchangedFilter(writer) : writer;

    public async Task<RecordTypeDescription?> DescribeAsync(CancellationToken cancellationToken) =>
        _description ??= await target.DescribeAsync(cancellationToken);

    public Task EnsureWritableAsync(CancellationToken cancellationToken) => target.EnsureWritableAsync(cancellationToken);

    public Task TryWritingAsync(CancellationToken cancellationToken) => target.TryWritingAsync(cancellationToken);

    public async Task<IReadOnlyList<RecordResult>> UpsertAsync(
        IReadOnlyList<EncodedRecord> records,
        CallPurpose purpose,
        CancellationToken cancellationToken)
    {
        if (records.Count > Target.Limits.Records || await DescribeAsync(cancellationToken) is not { } description)
        {
            return await target.UpsertAsync(records, purpose, cancellationToken); // it says what is wrong
        }

        var ids = await FindUnchangedAsync(records, description, cancellationToken);
        List<int> changed = [.. Enumerable.Range(0, records.Count).Where(position => ids[position] is null)];
        var results = changed.Count == 0
            ? []
            : await target.UpsertAsync([.. changed.Select(position => records[position])], purpose, cancellationToken);
        var answers = changed.Zip(results).ToDictionary(pair => pair.First, pair => pair.Second);
        return
        [
            .. ids.Select((id, position) =>
                answers.TryGetValue(position, out var result)
                    ? result with { Position = position }
                    : new RecordResult(position, RecordStatus.Unchanged, id, [])),
        ];
    }

    public Task<IReadOnlyList<RecordResult>> DeleteAsync(
        IReadOnlyList<EncodedRecord> records,
        CallPurpose purpose,
        CancellationToken cancellationToken)
    {
        if (_description is { } description)
        {
            foreach (var record in records)
            {
                IsFirst(ComparedRecord.Read(record, description).Folded);
            }
        }

        return target.DeleteAsync(records, purpose, cancellationToken);
    }

    public Task<IReadOnlyList<MarketoRecord>> ReadAsync(
        IReadOnlyList<string> keyFields,
        IReadOnlyList<IReadOnlyList<string>> keys,
        IReadOnlyList<string> fields,
        CancellationToken cancellationToken) => target.ReadAsync(keyFields, keys, fields, cancellationToken);

    /// <summary>Of each record Marketo's id where nothing is to be written; null where something is, or may be.</summary>
    private async Task<string?[]> FindUnchangedAsync(
        IReadOnlyList<EncodedRecord> records,
        RecordTypeDescription description,
        CancellationToken cancellationToken)
    {
        var ids = new string?[records.Count];
        var compared = records.Select(record => ComparedRecord.Read(record, description)).ToList();
        List<int> first = [.. Enumerable.Range(0, records.Count).Where(position => IsFirst(compared[position].Folded))];
        var stored = await ReadAsync([.. first.Select(position => compared[position])], description, cancellationToken);
        foreach (var position in first)
        {
            var matches = stored[compared[position].Folded].ToList();
            ids[position] = matches is [var match] && compared[position].IsIn(match) ? match.Id : null;
        }

        return ids;
    }

    private async Task<ILookup<string, MarketoRecord>> ReadAsync(
        IReadOnlyList<ComparedRecord> records,
        RecordTypeDescription description,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<MarketoRecord> stored = [];
        if (records.Count > 0)
        {
            try
            {
                stored = await target.ReadAsync(
                    description.DedupeFields,
                    [.. records.Select(record => record.Key)],
                    [.. records.SelectMany(record => record.Fields).Distinct(StringComparer.OrdinalIgnoreCase)],
                    cancellationToken);
            }
            catch (MarketoRequestException)
            {
                // All are sent.
            }
        }

        return stored.ToLookup(record => ComparedRecord.Fold(record, description), StringComparer.Ordinal);
    }

    private bool IsFirst(string key)
    {
        lock (_lock)
        {
            return _sent.Add(key);
        }
    }
}
