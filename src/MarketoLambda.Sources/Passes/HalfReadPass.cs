using System.Globalization;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sources.Passes;

/// <summary>The pass in whose middle a job stands.</summary>
internal static class HalfReadPass
{
    /// <inheritdoc cref="ISource.DescribePosition"/>
    public static PositionText? Describe(Checkpoint position)
    {
        try
        {
            return PassPosition.Parse(position).Unfinished is { } pass
                ? new PositionText(
                    "Unfinished pass",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"up to {UtcText.Words(pass.Bounds.Upper)}  (finished until "
                            + $"{pass.Last.Cursor:yyyy-MM-dd HH:mm:ss} in the source; the next run goes on there)"))
                : null;
        }
        catch (SourceException)
        {
            return null;
        }
    }
}
