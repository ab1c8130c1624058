namespace MarketoLambda.Sync.Runs;

/// <summary>What became of the wish to move a job's mark.</summary>
public abstract record ResetResult
{
    private ResetResult()
    {
    }

    /// <summary>Marketo has the new mark.</summary>
    public sealed record Done : ResetResult;

    /// <summary>Another run is at work; nothing was changed.</summary>
    /// <param name="Until">When it must be over.</param>
    public sealed record Busy(DateTimeOffset Until) : ResetResult;
}
