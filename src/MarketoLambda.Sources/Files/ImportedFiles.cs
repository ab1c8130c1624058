namespace MarketoLambda.Sources.Files;

/// <summary>Which files are finished, and the proof of it.</summary>
/// <remarks>
/// The newest are known one by one. The older ones are in a <see cref="FileHistory"/>, and here only as a sum of their listings: a folder
/// whose listing has the same sum needs no look there. A name above <see cref="Last"/> was never finished.
/// </remarks>
internal sealed class ImportedFiles
{
    private readonly OrderedDictionary<ulong, FinishedFile> _recent = [];
    private readonly Dictionary<ulong, FinishedFile> _past = [];

    public ImportedFiles(IEnumerable<FinishedFile> recent)
    {
        foreach (var file in recent)
        {
            _recent[file.Name] = file;
        }
    }

    /// <summary>The greatest finished name, or a text above it where it is too long to be kept; null where nothing is finished.</summary>
    public string? Last { get; set; }

    /// <summary>The listed files that are finished according to the history.</summary>
    public FileSum Listed { get; set; }

    /// <summary>How much of the history counts.</summary>
    public HistoryEnd History { get; set; }

    /// <summary>Finished files up to this name may be gone from the folder; null where none is.</summary>
    public string? Gone { get; set; }

    /// <summary>When the last file was finished; null where that is not known.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>The file that was still being changed when its turn came, and holds up those behind it; null where none does.</summary>
    public WaitingFile? Waiting { get; set; }

    /// <summary>All names up to this one are said to be finished, without any proof; null where there is proof.</summary>
    public string? Unproven { get; init; }

    /// <summary>Files that are known one by one, the newest last.</summary>
    public IReadOnlyCollection<FinishedFile> Recent => _recent.Values;

    /// <summary>A finished file of this name, as far as it was looked up.</summary>
    public FinishedFile? Find(ulong name) => _recent.TryGetValue(name, out var file) || _past.TryGetValue(name, out file) ? file : null;

    public bool IsRecent(ulong name) => _recent.ContainsKey(name);

    /// <summary>The history says that this file is finished.</summary>
    public void LookUp(FinishedFile file) => _past[file.Name] = file;

    public void Finish(FinishedFile file)
    {
        _recent.Remove(file.Name);
        _recent.Add(file.Name, file);
    }

    public void Forget(ulong name)
    {
        _recent.Remove(name);
        _past.Remove(name);
    }

    /// <summary>The newest files are in the history from now on.</summary>
    /// <param name="end">How much of it counts.</param>
    /// <param name="isListed">Whether a file is still in the folder.</param>
    public void MoveToHistory(HistoryEnd end, Func<ulong, bool> isListed)
    {
        History = end;
        foreach (var file in _recent.Values)
        {
            _past[file.Name] = file;
            Listed = isListed(file.Name) ? Listed.With(file) : Listed;
        }

        _recent.Clear();
    }
}

/// <summary>A file that does not stop being changed.</summary>
/// <param name="Name">Hash of its name.</param>
/// <param name="Since">When that was seen first.</param>
internal readonly record struct WaitingFile(ulong Name, DateTimeOffset Since);
