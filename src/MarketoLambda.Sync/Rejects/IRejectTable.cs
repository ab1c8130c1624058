namespace MarketoLambda.Sync.Rejects;

/// <summary>Where the rejects of a job are read and written: Marketo, or the memory of a preview that writes nothing.</summary>
internal interface IRejectTable
{
    /// <summary>The rejects of these numbers, by number.</summary>
    Task<IReadOnlyList<RejectRow>> ReadAsync(string job, IEnumerable<long> numbers, CancellationToken cancellationToken);

    /// <summary>Stores rejects as a whole, new ones and known ones, and gives them as they are kept.</summary>
    Task<IReadOnlyList<RejectRow>> StoreAsync(IReadOnlyList<RejectRow> rows, long runNumber, CancellationToken cancellationToken);

    /// <summary>Says of rejects what became of them.</summary>
    Task MarkAsync(string job, IEnumerable<long> numbers, RejectStage stage, DateTimeOffset now, CancellationToken cancellationToken);

    Task DeleteAsync(IReadOnlyList<RejectRow> rows, CancellationToken cancellationToken);
}
