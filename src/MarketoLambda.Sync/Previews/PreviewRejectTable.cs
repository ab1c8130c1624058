using MarketoLambda.Marketo.Errors;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Rejects;

namespace MarketoLambda.Sync.Previews;

/// <summary>The rejects of a job as Marketo has them, with what a retry would change; Marketo itself is only read.</summary>
/// <param name="table">What Marketo has.</param>
/// <param name="keyParts">Dedupe fields of the object.</param>
internal sealed class PreviewRejectTable(IRejectTable table, int keyParts) : IRejectTable
{
    private readonly Dictionary<long, RejectRow> _changed = [];
    private readonly Dictionary<long, long> _attempts = [];
    private readonly HashSet<string> _doubted = new(StringComparer.Ordinal);

    /// <summary>What would have changed, in its order.</summary>
    public IEnumerable<RejectRow> Changed => _changed.Values.OrderBy(row => row.Number);

    /// <summary>
    /// Marketo refused a record of this key for a reason that shows in nothing it can be asked, so it alone can say what comes of it.
    /// </summary>
    public bool IsDoubted(RecordKey key) => _doubted.Contains(key.Folded);

    /// <summary>It was tried, and would be refused again.</summary>
    public bool IsRefusedAgain(RejectRow row) => !row.IsOver && row.Attempts > _attempts.GetValueOrDefault(row.Number);

    public async Task<IReadOnlyList<RejectRow>> ReadAsync(string job, IEnumerable<long> numbers, CancellationToken cancellationToken)
    {
        var rows = await table.ReadAsync(job, numbers, cancellationToken);
        foreach (var row in rows)
        {
            _attempts[row.Number] = row.Attempts;
        }

        foreach (var row in rows.Where(IsDoubted))
        {
            _doubted.Add(RecordKey.Parse(row.Key ?? "", keyParts).Folded);
        }

        return [.. rows.Select(row => _changed.GetValueOrDefault(row.Number, row))];
    }

    public Task<IReadOnlyList<RejectRow>> StoreAsync(
        IReadOnlyList<RejectRow> rows,
        long runNumber,
        CancellationToken cancellationToken)
    {
        foreach (var row in rows)
        {
            _changed[row.Number] = row;
        }

        return Task.FromResult(rows);
    }

    public async Task MarkAsync(
        string job,
        IEnumerable<long> numbers,
        RejectStage stage,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        foreach (var row in await ReadAsync(job, numbers, cancellationToken))
        {
            _changed[row.Number] = row with { Stage = stage, LastSeenAt = now };
        }
    }

    public Task DeleteAsync(IReadOnlyList<RejectRow> rows, CancellationToken cancellationToken) => Task.CompletedTask;

    private static bool IsDoubted(RejectRow row) =>
        row.CanBeRetried
        && RejectPayload.Read(row.Payload ?? "", []) is StoredPayload.Sent
        && !row.Code.Split('+').Select(MarketoErrorCatalog.Find).All(error => error.MeansAlreadyExists || error.MeansSeveralMatch);
}
