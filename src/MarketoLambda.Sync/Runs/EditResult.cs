namespace MarketoLambda.Sync.Runs;

/// <summary>What became of the wish to change a job's state record.</summary>
/// <typeparam name="TDone">What was changed.</typeparam>
public abstract record EditResult<TDone>
{
    private EditResult()
    {
    }

    /// <summary>Marketo has the change.</summary>
    /// <param name="What">What was changed.</param>
    public sealed record Done(TDone What) : EditResult<TDone>;

    /// <summary>Another run is at work; nothing was changed.</summary>
    /// <param name="Until">When it must be over.</param>
    public sealed record Busy(DateTimeOffset Until) : EditResult<TDone>;
}
