namespace MarketoLambda.Sources.Files;

/// <summary>Which files of a folder are read, and when.</summary>
/// <param name="Selection">Names that are meant.</param>
/// <param name="Format">What is in the files.</param>
internal sealed record FolderOptions(FileSelection Selection, IFileFormat Format)
{
    /// <summary>Column with the time of each row's last change; null where every row is read.</summary>
    public CursorColumn? Cursor { get; init; }

    /// <summary>A file changed more recently than this may still be growing; zero lets every file in.</summary>
    public TimeSpan SettleTime { get; init; }

    /// <summary>What people expect, and what becomes of files.</summary>
    public FolderHabits Habits { get; init; } = new();
}
