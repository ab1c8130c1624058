using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Files;

/// <summary>Every file a job ever finished, in the order in which the position had no more room for it.</summary>
/// <remarks>
/// Entries are only added. A position says how many of them count, and their sum; so what a run that died added beyond is passed over,
/// and a page that somebody removed or changed is noticed. Of two entries with the same name the later one holds.
/// </remarks>
internal sealed class FileHistory(ISourceHistory pages)
{
    private (long Number, IReadOnlyList<FinishedFile> Files, string Label)? _last;

    /// <summary>Reads what counts, with the greatest name of the page of each.</summary>
    /// <exception cref="SourceException">Something of it is missing.</exception>
    public async Task<IReadOnlyList<(FinishedFile File, string Label)>> ReadAsync(HistoryEnd end, CancellationToken cancellationToken)
    {
        var found = (await pages.ReadAsync(Enumerable.Range(0, end.Pages).Select(number => (long)number), cancellationToken))
            .OrderBy(page => page.Number)
            .ToList();
        List<(FinishedFile File, string Label)> files = [];
        UInt128 sum = 0;
        foreach (var page in found)
        {
            foreach (var file in FilesOf(page).Take((int)Math.Min(end.PerPage, end.Count - (page.Number * end.PerPage))))
            {
                sum = unchecked(sum + file.HistoryTerm(files.Count));
                files.Add((file, page.Label));
            }
        }

        return files.Count == end.Count && sum == end.Sum ? files : throw FileErrors.HistoryLost();
    }

    /// <summary>Adds files; acknowledged when the task completes.</summary>
    /// <param name="end">What counts so far.</param>
    /// <param name="files">In their order.</param>
    /// <param name="greatest">None of their names is above this one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What counts from now on.</returns>
    /// <exception cref="SourceException">There is no place for it, or something of it is missing.</exception>
    public async Task<HistoryEnd> AddAsync(
        HistoryEnd end,
        IReadOnlyList<FinishedFile> files,
        string greatest,
        CancellationToken cancellationToken)
    {
        var perPage = end.Count > 0 ? end.PerPage : await pages.GetCapacityAsync(cancellationToken) / FinishedFile.Characters;
        if (perPage == 0)
        {
            throw FileErrors.NoHistory();
        }

        var (number, used) = (end.Count / perPage, (int)(end.Count % perPage));
        var (begun, label) = used == 0 ? ([], "") : await LastPageAsync(number, used, cancellationToken);
        List<HistoryPage> written = [];
        foreach (var chunk in begun.Concat(files).Chunk(perPage))
        {
            label = written.Count == 0 && string.CompareOrdinal(label, greatest) > 0 ? label : greatest;
            _last = (number, chunk, label);
            written.Add(new HistoryPage(number++, FinishedFile.ToText(chunk), label));
        }

        await pages.WriteAsync(written, cancellationToken);
        var (count, sum) = (end.Count, end.Sum);
        foreach (var file in files)
        {
            sum = unchecked(sum + file.HistoryTerm(count++));
        }

        return new HistoryEnd(count, perPage, sum);
    }

    private async Task<(IReadOnlyList<FinishedFile> Files, string Label)> LastPageAsync(
        long number,
        int used,
        CancellationToken cancellationToken)
    {
        if (_last is { } last && last.Number == number && last.Files.Count == used)
        {
            return (last.Files, last.Label);
        }

        var page = await pages.ReadAsync([number], cancellationToken) is [var found, ..] ? found : throw FileErrors.HistoryLost();
        var files = FilesOf(page);
        return files.Count >= used ? ([.. files.Take(used)], page.Label) : throw FileErrors.HistoryLost();
    }

    private static IReadOnlyList<FinishedFile> FilesOf(HistoryPage page)
    {
        try
        {
            return FinishedFile.Parse(page.Text);
        }
        catch (FormatException)
        {
            throw FileErrors.HistoryLost();
        }
    }
}

/// <summary>How much of a history counts.</summary>
/// <param name="Count">Files.</param>
/// <param name="PerPage">Files of a page; 0 where there is none yet.</param>
/// <param name="Sum">What tells whether they are as they were written.</param>
internal readonly record struct HistoryEnd(long Count, int PerPage, UInt128 Sum)
{
    public int Pages => PerPage == 0 ? 0 : (int)((Count + PerPage - 1) / PerPage);
}
