namespace MarketoLambda.Sources.Files;

/// <summary>What people expect of a folder, and what becomes of its files.</summary>
public sealed record FolderHabits
{
    /// <summary>Default of <see cref="SettleWithin"/>, in minutes.</summary>
    public const int DefaultSettleMinutes = 60;

    /// <summary>A file that is still being changed after this time is a failure. Default an hour.</summary>
    public TimeSpan SettleWithin { get; init; } = TimeSpan.FromMinutes(DefaultSettleMinutes);

    /// <summary>
    /// A file that comes late is imported as the newest where the files above it are gone; else the job stops at it. Default false.
    /// </summary>
    public bool LateFilesWin { get; init; }

    /// <summary>A run is told of where no new file came for longer than this; zero where nobody expects one. Default zero.</summary>
    public TimeSpan ExpectNewEvery { get; init; }

    /// <summary>
    /// Folder inside the folder, into which the next run moves a file that is finished; null where files stay. Default null.
    /// </summary>
    public string? MoveTo { get; init; }
}
