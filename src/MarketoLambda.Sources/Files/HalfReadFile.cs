using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sources.Files;

/// <summary>The file in whose middle a job stands.</summary>
internal static class HalfReadFile
{
    /// <inheritdoc cref="ISource.DescribePosition"/>
    public static PositionText? Describe(Checkpoint position)
    {
        try
        {
            return FilePosition.Parse(position).Unfinished is { } file
                ? new PositionText(
                    "Unfinished file",
                    $"{file.Name}  ({Quantity.Format(file.Rows, "row")} finished; the next run goes on there)")
                : null;
        }
        catch (SourceException)
        {
            return null;
        }
    }
}
