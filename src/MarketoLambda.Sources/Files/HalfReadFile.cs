using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Files;

/// <summary>The file in whose middle a job stands, for people.</summary>
/// <param name="Name">The file.</param>
/// <param name="Rows">Its rows that are finished; the next run goes on behind them.</param>
public sealed record HalfReadFile(string Name, long Rows)
{
    /// <summary>Null where no file is half read, or the position is not one of ours.</summary>
    public static HalfReadFile? In(Checkpoint checkpoint)
    {
        try
        {
            return FilePosition.Of(checkpoint).Unfinished is { } file ? new HalfReadFile(file.Name, file.Rows) : null;
        }
        catch (SourceException)
        {
            return null;
        }
    }
}
