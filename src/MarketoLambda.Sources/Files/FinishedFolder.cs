using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Files;

/// <summary>Where finished files of a folder on disk are moved, and found again when a late file has to be compared with them.</summary>
/// <param name="path">The folder.</param>
/// <param name="name">The folder inside it.</param>
internal sealed class FinishedFolder(string path, string name)
{
    private string Target => Path.Combine(path, name);

    /// <summary>The folder as one to read from.</summary>
    public IFileFolder Files => new LocalFolder(Target);

    public bool Exists => Directory.Exists(Target);

    /// <summary>Moves a file; null where that worked, else what a person has to know.</summary>
    public SourceNotice? Move(string file)
    {
        try
        {
            Directory.CreateDirectory(Target);
            File.Move(Path.Combine(path, file), FreeName(file));
            return null;
        }
        catch (FileNotFoundException)
        {
            return null; // another run moved it
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new SourceNotice(
                new SourceLocation(file, 0),
                "not-moved",
                $"the file is finished, but cannot be moved to {name}; let this program write there, close the file where it is "
                    + "open, or correct \"whenFinished\""
            );
        }
    }

    private string FreeName(string file)
    {
        var (stem, ending) = (Path.GetFileNameWithoutExtension(file), Path.GetExtension(file));
        var free = Path.Combine(Target, file);
        for (var number = 2; File.Exists(free); number++)
        {
            free = Path.Combine(Target, $"{stem} ({number}){ending}");
        }

        return free;
    }
}
