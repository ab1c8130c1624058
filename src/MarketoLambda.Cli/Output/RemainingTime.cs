using MarketoLambda.Sync.Runs;

namespace MarketoLambda.Cli.Output;

/// <summary>Estimates how long a run will take from what it did since its first report: what an earlier run did took it no time.</summary>
internal sealed class RemainingTime
{
    /// <summary>The first calls come back all at once; a rate made of them alone is none.</summary>
    private static readonly TimeSpan MinWatched = TimeSpan.FromSeconds(3);

    private RunProgress? _first;

    /// <summary>Null as long as nothing can be said.</summary>
    public TimeSpan? After(RunProgress progress)
    {
        var first = _first ??= progress;
        var watched = progress.Elapsed - first.Elapsed;
        return watched >= MinWatched && progress.Fraction is < 1 and var fraction && fraction - first.Fraction is > 0 and var done
            ? watched / done * (1 - fraction)
            : null;
    }
}
