namespace MarketoLambda.Sync.Sources;

/// <summary>
/// Pages of text that a source may keep beside its position, where that has no room: numbered from 0, and kept in Marketo.
/// </summary>
/// <remarks>
/// What a page holds counts only as far as a position says so. So pages are written and acknowledged before the position that relies on
/// them, only ever get longer, and a run that dies in between leaves nothing that anybody believes.
/// </remarks>
public interface ISourceHistory
{
    /// <summary>Most characters of a page; 0 where nothing can be kept.</summary>
    Task<int> GetCapacityAsync(CancellationToken cancellationToken);

    /// <summary>The pages of these numbers, in no particular order; those that are not there are left out.</summary>
    Task<IReadOnlyList<HistoryPage>> ReadAsync(IEnumerable<long> numbers, CancellationToken cancellationToken);

    /// <summary>Stores pages, whether they are there or not; acknowledged when the task completes.</summary>
    /// <exception cref="InvalidOperationException">
    /// The run does not own its number: a source writes only after it has handed out something to do.
    /// </exception>
    Task WriteAsync(IReadOnlyList<HistoryPage> pages, CancellationToken cancellationToken);
}

/// <summary>One page of a source's history.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Text">What it holds.</param>
/// <param name="Label">A short text for people, and for the source to tell pages apart by.</param>
public sealed record HistoryPage(long Number, string Text, string Label);
