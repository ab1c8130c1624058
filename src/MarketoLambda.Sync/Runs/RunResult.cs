using MarketoLambda.Sync.State;

namespace MarketoLambda.Sync.Runs;

/// <summary>How a run ended, before that is recorded.</summary>
internal abstract record RunResult(RunOutcome Outcome)
{
    /// <summary>There was nothing to do; the run has no number.</summary>
    /// <param name="Skipped">Records below the mark, passed over.</param>
    public sealed record NothingNew(long Skipped) : RunResult(RunOutcome.NothingNew);

    /// <summary>Another run of the job is at work; this one has no number.</summary>
    /// <param name="Until">When the other one must be over.</param>
    public sealed record Busy(DateTimeOffset Until) : RunResult(RunOutcome.Busy);

    /// <summary>It did what it could in its time.</summary>
    public sealed record Done(RunOutcome Outcome) : RunResult(Outcome);

    /// <summary>It could not go on.</summary>
    /// <param name="Outcome">Failed, or the quota was reached.</param>
    /// <param name="Error">What went wrong and what to do.</param>
    /// <param name="Cause">Decides what to advise; its own words may quote a field value.</param>
    public sealed record Stopped(RunOutcome Outcome, string Error, Exception Cause) : RunResult(Outcome);
}
