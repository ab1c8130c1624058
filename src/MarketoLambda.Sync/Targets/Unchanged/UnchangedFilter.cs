using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Sync.Targets.Unchanged;

/// <summary>Sends only the records that Marketo does not have yet as they are to be.</summary>
/// <remarks>
/// <para>
/// Of a key that comes again within a run nothing is read: what is read may be older than what was written last. Its record is sent, unless
/// it is to the letter the one that Marketo took, or had, the last time.
/// </para>
/// <para>Reading is a saving and no condition: where Marketo refuses to look for these keys, all of them are sent.</para>
/// </remarks>
internal sealed class UnchangedFilter(ITargetWriter target) : ITargetWriter
{
    private readonly SettledRecords _settled = new();
    private RecordTypeDescription? _description;

    public ITarget Target => target.Target;

    /// <summary>The writer, behind a filter where its target compares first.</summary>
    public static ITargetWriter Before(ITargetWriter writer) =>
        writer.Target.Mode.ComparesFirst ? new UnchangedFilter(writer) : writer;

    public async Task<RecordTypeDescription?> DescribeAsync(CancellationToken cancellationToken) =>
        _description ??= await target.DescribeAsync(cancellationToken);

    public Task<string> DescribeOthersAsync(CancellationToken cancellationToken) => target.DescribeOthersAsync(cancellationToken);

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

        var compared = records.Select(record => ComparedRecord.Read(record, description)).ToList();
        var ids = await FindUnchangedAsync(compared, description, cancellationToken);
        List<int> changed = [.. Enumerable.Range(0, records.Count).Where(position => ids[position] is null)];
        var results = changed.Count == 0
            ? []
            : await target.UpsertAsync([.. changed.Select(position => records[position])], purpose, cancellationToken);
        var answers = changed.Zip(results).ToDictionary(pair => pair.First, pair => pair.Second);
        RecordResult[] all =
        [
            .. ids.Select((id, position) =>
                answers.TryGetValue(position, out var result)
                    ? result with { Position = position }
                    : new RecordResult(position, RecordStatus.Unchanged, id, [])),
        ];
        foreach (var result in all.Where(result => result.Status != RecordStatus.Skipped && result.Id is not null))
        {
            _settled.Settle(compared[result.Position], result.Id ?? "");
        }

        return all;
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
                _settled.Begin(ComparedRecord.Read(record, description));
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
        List<ComparedRecord> compared,
        RecordTypeDescription description,
        CancellationToken cancellationToken)
    {
        string?[] ids = [.. compared.Select(_settled.Find)];
        List<int> first = [.. Enumerable.Range(0, compared.Count).Where(position => _settled.Begin(compared[position]))];
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
}
