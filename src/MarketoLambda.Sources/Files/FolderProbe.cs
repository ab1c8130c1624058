using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Files;

/// <summary>Compares the files of a folder with what is finished. No file counts as finished without proof that it is.</summary>
/// <remarks>
/// Names above the greatest finished one are new, the newest finished files are known one by one, and all others have to add up to the sum
/// that the position keeps. Where they do not, the history is read, and each of them is looked up.
/// </remarks>
/// <param name="folder">Where the files are.</param>
/// <param name="position">What is known.</param>
/// <param name="history">Where older files are looked up; null where there is none.</param>
/// <param name="elsewhere">Names of finished files that are not gone but were moved, as hashes.</param>
internal sealed class FolderProbe(IFileFolder folder, FilePosition position, FileHistory? history, IReadOnlySet<ulong> elsewhere)
{
    private readonly FileComparison _comparison = new(folder);
    private readonly List<FileEntry> _finished = [];
    private readonly List<FileEntry> _pending = [];

    /// <summary>
    /// Files to read, in their order. A half-read file goes first: a late file must not come between the halves of another.
    /// </summary>
    public IReadOnlyList<FileEntry> Pending => _pending;

    /// <summary>Files that are finished, by name.</summary>
    public IReadOnlyList<FileEntry> Finished => _finished;

    /// <summary>Files that count as finished because a person said so.</summary>
    public int Forgotten { get; private set; }

    /// <summary>More is known than the position says; the next run should not have to find it out again.</summary>
    public bool IsHistoryChanged { get; private set; }

    private ImportedFiles Imported => position.Imported;

    /// <param name="files">Every file of the folder that is meant.</param>
    /// <param name="finishedBefore">All files with a name before this one are to count as finished; null where a person did not say
    /// so.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SourceException">Whether a file is finished is not known.</exception>
    public async ValueTask RunAsync(IEnumerable<FileEntry> files, string? finishedBefore, CancellationToken cancellationToken)
    {
        var inOrder = files.OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
        List<(FileEntry File, FinishedFile Listed)> candidates = [];
        foreach (var file in inOrder)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var listed = _comparison.Listed(file);
            if (listed.Name == position.Unfinished?.Id.Name)
            {
                _pending.Insert(0, file);
            }
            else if (Imported.IsRecent(listed.Name))
            {
                await CompareAsync(file, Imported.Find(listed.Name) ?? listed, trustsListing: false, cancellationToken);
            }
            else if (string.CompareOrdinal(file.Name, Imported.Last) > 0 && Imported.Unproven != FilePosition.AllNames)
            {
                _pending.Add(file);
            }
            else
            {
                candidates.Add((file, listed));
            }
        }

        await JudgeAsync(candidates, finishedBefore, inOrder, cancellationToken);
        NoticeIfRecentAreGone(inOrder);
        if (finishedBefore is not null)
        {
            await FinishAsync(finishedBefore, cancellationToken);
        }

        Sort();
    }

    private async ValueTask JudgeAsync(
        List<(FileEntry File, FinishedFile Listed)> candidates,
        string? finishedBefore,
        List<FileEntry> inOrder,
        CancellationToken cancellationToken)
    {
        var listed = candidates.Aggregate(default(FileSum), (sum, candidate) => sum.With(candidate.Listed));
        if (Imported.Unproven is { } unproven)
        {
            _pending.AddRange(candidates.Select(candidate => candidate.File));
            if (finishedBefore is null)
            {
                ThrowAsUnproven(unproven, candidates, inOrder);
            }

            Imported.Gone = unproven == FilePosition.AllNames ? Imported.Last : unproven;
        }
        else if (candidates.Count == 0)
        {
            Imported.Gone = Imported.Listed.Count > 0 ? Imported.Last : Imported.Gone; // nothing to prove: the files were moved away
        }
        else if (listed == Imported.Listed)
        {
            _finished.AddRange(candidates.Select(candidate => candidate.File));
        }
        else
        {
            await LookUpAsync(candidates, finishedBefore is not null, inOrder, cancellationToken);
        }
    }

    private async ValueTask LookUpAsync(
        List<(FileEntry File, FinishedFile Listed)> candidates, bool isAsked, List<FileEntry> inOrder, CancellationToken cancellationToken)
    {
        var here = Here(inOrder);
        string? gone = null;
        foreach (var (file, label) in await PastAsync(isAsked, cancellationToken))
        {
            Imported.LookUp(file);
            gone = !here.Contains(file.Name) && string.CompareOrdinal(label, gone) > 0 ? label : gone;
        }

        var before = (Imported.Listed, Imported.Gone);
        (Imported.Listed, Imported.Gone) = (default, gone);
        foreach (var (file, listed) in candidates)
        {
            if (Imported.Find(listed.Name) is { } known)
            {
                await CompareAsync(file, known, trustsListing: true, cancellationToken);
            }
            else
            {
                _pending.Add(file);
            }
        }

        IsHistoryChanged |= before != (Imported.Listed, Imported.Gone);
    }

    // A person who says what is finished needs no history.
    private async ValueTask<IReadOnlyList<(FinishedFile File, string Label)>> PastAsync(bool isAsked, CancellationToken cancellationToken)
    {
        if (Imported.History.Count == 0)
        {
            return [];
        }

        try
        {
            return await (history ?? throw FileErrors.NoHistory()).ReadAsync(Imported.History, cancellationToken);
        }
        catch (SourceException) when (isAsked)
        {
            Imported.History = default;
            return [];
        }
    }

    private async ValueTask CompareAsync(FileEntry file, FinishedFile known, bool trustsListing, CancellationToken cancellationToken)
    {
        if (await _comparison.FindAsync(file, known, trustsListing, cancellationToken) is not { } same)
        {
            _pending.Add(file);
            return;
        }

        _finished.Add(file);
        if (same != known)
        {
            Imported.Finish(same);
            IsHistoryChanged = true;
        }
        else if (!Imported.IsRecent(known.Name))
        {
            Imported.Listed = Imported.Listed.With(known);
        }
    }

    private async ValueTask FinishAsync(string before, CancellationToken cancellationToken)
    {
        foreach (var file in _pending.Where(file => string.CompareOrdinal(file.Name, before) < 0).ToList())
        {
            if (await _comparison.IdentifyAsync(file, cancellationToken) is { } whole)
            {
                Imported.Finish(whole);
                Imported.Last = string.CompareOrdinal(file.Name, Imported.Last) > 0 ? FilePosition.Bound(file.Name) : Imported.Last;
                _pending.Remove(file);
                _finished.Add(file);
                Forgotten++;
            }
        }
    }

    private HashSet<ulong> Here(List<FileEntry> inOrder) => [.. inOrder.Select(file => FileHashes.OfName(file.Name)), .. elsewhere];

    // Their names are not known, only that none is above the greatest.
    private void NoticeIfRecentAreGone(List<FileEntry> inOrder)
    {
        var here = Here(inOrder);
        Imported.Gone = Imported.Recent.All(file => here.Contains(file.Name)) ? Imported.Gone : Imported.Last;
    }

    private void ThrowAsUnproven(string unproven, List<(FileEntry File, FinishedFile Listed)> candidates, List<FileEntry> inOrder)
    {
        var doubtful = candidates
            .Where(candidate => string.CompareOrdinal(candidate.File.Name, unproven) <= 0)
            .Select(candidate => candidate.File.Name)
            .ToList();
        if (doubtful.Count == 0)
        {
            return;
        }

        var last = unproven == FilePosition.AllNames ? Imported.Last : unproven;
        var next = inOrder.Select(file => file.Name).FirstOrDefault(name => string.CompareOrdinal(name, last) > 0) ?? $"{last}0";
        throw FileErrors.Unproven(folder.Description, doubtful.Count, doubtful[0], next);
    }

    private void Sort()
    {
        var half = _pending.FindIndex(file => FileHashes.OfName(file.Name) == position.Unfinished?.Id.Name);
        _pending.Sort(
            half < 0 ? 0 : 1,
            _pending.Count - (half < 0 ? 0 : 1),
            Comparer<FileEntry>.Create((one, other) => string.CompareOrdinal(one.Name, other.Name)));
        _finished.Sort((one, other) => string.CompareOrdinal(one.Name, other.Name));
    }
}
