using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Tests.Support;

/// <summary>A source's history, as Marketo keeps it, with a count of the calls.</summary>
public sealed class MemoryPages : ISourceHistory
{
    private const int PagesPerCall = 300;

    public Dictionary<long, HistoryPage> Pages { get; } = [];

    public int Capacity { get; init; } = 2000;

    /// <summary>Calls that reading took.</summary>
    public int Reads { get; set; }

    /// <summary>Calls that writing took.</summary>
    public int Writes { get; private set; }

    public Task<int> GetCapacityAsync(CancellationToken cancellationToken) => Task.FromResult(Capacity);

    public Task<IReadOnlyList<HistoryPage>> ReadAsync(IEnumerable<long> numbers, CancellationToken cancellationToken)
    {
        List<long> wanted = [.. numbers];
        Reads += (wanted.Count + PagesPerCall - 1) / PagesPerCall;
        return Task.FromResult<IReadOnlyList<HistoryPage>>([.. wanted.Where(Pages.ContainsKey).Select(number => Pages[number]).Reverse()]);
    }

    public Task WriteAsync(IReadOnlyList<HistoryPage> pages, CancellationToken cancellationToken)
    {
        Writes += (pages.Count + PagesPerCall - 1) / PagesPerCall;
        foreach (var page in pages)
        {
            Assert.InRange(page.Text.Length, 1, Capacity);
            Pages[page.Number] = page;
        }

        return Task.CompletedTask;
    }
}
