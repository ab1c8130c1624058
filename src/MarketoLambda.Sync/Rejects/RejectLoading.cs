namespace MarketoLambda.Sync.Rejects;

/// <summary>Fills the book of open rejects, and finds what is to be tidied up.</summary>
/// <param name="book">Empty.</param>
/// <param name="old">Whether a reject is over for so long that nobody looks for it any more.</param>
internal sealed class RejectLoading(RejectBook book, Predicate<RejectRow> old)
{
    private readonly List<long> _duplicates = [];
    private readonly List<RejectRow> _old = [];
    private readonly List<RejectRow> _waited = [];

    /// <summary>The lowest number that is still looked at; null where there is none.</summary>
    public long? Lowest { get; private set; }

    /// <summary>Open rejects of source records of which there is a newer reject.</summary>
    public IReadOnlyList<long> Duplicates => _duplicates;

    /// <summary>Rejects that waited when they were stored last.</summary>
    public IReadOnlyList<RejectRow> Waited => _waited;

    /// <summary>Rejects to be deleted.</summary>
    public IReadOnlyList<RejectRow> Old => _old;

    /// <summary>
    /// Reads them all. That an answer lacked some shows where the state record tells of more; then it is asked again for what is missing.
    /// </summary>
    /// <param name="pages">Where from.</param>
    /// <param name="from">The lowest number.</param>
    /// <param name="until">The number behind the last.</param>
    /// <param name="told">Open rejects of which the state record tells.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task ReadAsync(RejectPages pages, long from, long until, long told, CancellationToken cancellationToken)
    {
        HashSet<long> missing = [.. RejectPages.Numbers(from, until)];
        await foreach (var row in pages.ReadAsync(from, until, cancellationToken))
        {
            missing.Remove(row.Number);
            Add(row);
        }

        if (book.Count + _duplicates.Count < told)
        {
            (await pages.ReadKnownAsync(missing, cancellationToken)).ToList().ForEach(Add);
        }
    }

    private void Add(RejectRow row)
    {
        if (old(row))
        {
            _old.Add(row);
            return;
        }

        if (row.Stage == RejectStage.Waiting)
        {
            _waited.Add(row with { Payload = null, Reason = "" });
        }

        Lowest = Lowest < row.Number ? Lowest : row.Number;
        if (book.Add(row) is { } duplicate)
        {
            _duplicates.Add(duplicate.Number);
        }
    }
}
