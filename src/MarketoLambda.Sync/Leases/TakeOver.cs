namespace MarketoLambda.Sync.Leases;

/// <summary>A lease that is about to be ended, because its run is dead.</summary>
/// <param name="Run">Whose.</param>
/// <param name="Dead">What this computer knows of its process; null where somebody's word is all there is.</param>
public sealed record TakeOver(RunRow Run, LeaseHolder.Dead? Dead)
{
    /// <summary>Until Marketo is done with whatever the run had sent.</summary>
    public TimeSpan Wait
    {
        get
        {
            var left = RunLeases.Grace - (Dead?.QuietFor ?? TimeSpan.Zero);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }
}

/// <summary>What became of the wish to end a dead run's lease.</summary>
public abstract record TakeOverResult
{
    private TakeOverResult()
    {
    }

    /// <summary>No lease holds.</summary>
    public sealed record NobodyAtWork : TakeOverResult;

    /// <summary>The run is at work on this computer; nothing was changed.</summary>
    /// <param name="Run">Which.</param>
    /// <param name="ProcessId">Its process.</param>
    public sealed record Alive(RunRow Run, int ProcessId) : TakeOverResult;

    /// <summary>The lease has ended.</summary>
    /// <param name="Run">Whose.</param>
    public sealed record Done(RunRow Run) : TakeOverResult;
}
