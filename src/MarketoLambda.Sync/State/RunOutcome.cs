namespace MarketoLambda.Sync.State;

/// <summary>How a run ended.</summary>
public enum RunOutcome
{
    /// <summary>The source had nothing new; Marketo was not changed.</summary>
    NothingNew,

    /// <summary>Everything new was imported or rejected.</summary>
    Succeeded,

    /// <summary>Time was nearly up; the next run goes on from here.</summary>
    Continued,

    /// <summary>Someone asked to stop; the next run goes on from here.</summary>
    Interrupted,

    /// <summary>The day's calls are used up; runs go on after the reset.</summary>
    QuotaReached,

    /// <summary>Another run of the same job is at work; this one did nothing.</summary>
    Busy,

    /// <summary>The run could not go on; what was finished before stands.</summary>
    Failed,

    /// <summary>There was no run: a job that this one comes after has not finished in the same round.</summary>
    Skipped,
}

/// <summary>The words of the state record, for marketers.</summary>
public static class RunOutcomeText
{
    public const string Running = "Running";
    public const string Failed = "Failed";
    public const string Succeeded = "Succeeded";

    /// <param name="outcome">How the run ended.</param>
    /// <param name="rejects">Records that it rejected.</param>
    /// <param name="waiting">Records of it that wait.</param>
    public static string From(RunOutcome outcome, long rejects, long waiting) => outcome switch
    {
        RunOutcome.NothingNew => $"{Succeeded}: nothing new",
        RunOutcome.Succeeded => (rejects, waiting) switch
        {
            (0, 0) => Succeeded,
            (0, _) => $"{Succeeded}, some records wait",
            _ => $"{Succeeded} with rejects",
        },
        RunOutcome.Continued => "Continued: time was up, the next run goes on",
        RunOutcome.Interrupted => "Interrupted: the next run goes on",
        RunOutcome.Busy => "Busy: another run is at work",
        RunOutcome.Skipped => "Skipped: a job that comes before it has not finished",
        RunOutcome.QuotaReached => "Stopped: the day's calls are used up",
        _ => Failed,
    };

    /// <summary>The words mean that the run left nothing undone.</summary>
    public static bool IsSuccess(string outcome) => outcome.StartsWith(Succeeded, StringComparison.Ordinal);
}
