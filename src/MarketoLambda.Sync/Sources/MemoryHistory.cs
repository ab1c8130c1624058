namespace MarketoLambda.Sync.Sources;

/// <summary>
/// A source's history that lasts as long as the program, for what is never stored either, such as the position of a backfill.
/// </summary>
internal sealed class MemoryHistory : ISourceHistory
{
    private const int Capacity = 64 * 1024;

    private readonly Dictionary<long, HistoryPage> _pages = [];

    public Task<int> GetCapacityAsync(CancellationToken cancellationToken) => Task.FromResult(Capacity);

    public Task<IReadOnlyList<HistoryPage>> ReadAsync(IEnumerable<long> numbers, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<HistoryPage>>([.. numbers.Where(_pages.ContainsKey).Select(number => _pages[number])]);

    public Task WriteAsync(IReadOnlyList<HistoryPage> pages, CancellationToken cancellationToken)
    {
        foreach (var page in pages)
        {
            _pages[page.Number] = page;
        }

        return Task.CompletedTask;
    }
}
