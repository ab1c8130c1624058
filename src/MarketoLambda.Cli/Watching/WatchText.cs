using MarketoLambda.Cli.Output;
using MarketoLambda.Sync.Failures;

namespace MarketoLambda.Cli.Watching;

/// <summary>Prints what happens while jobs are watched, and keeps the health file.</summary>
/// <param name="health">Null where nobody wants it.</param>
/// <param name="describeRejects">Where people find the rejects of a job.</param>
internal sealed class WatchText(HealthFile? health, Func<string, string> describeRejects) : IWatchEvents
{
    public void Planned() => health?.Show(running: null);

    public void Changed(IReadOnlyList<WatchedJob> jobs)
    {
        foreach (var job in jobs)
        {
            PrintNext(job);
        }
    }

    public void Began(WatchedJob job) => health?.Show(job);

    public void Ended(WatchedJob job)
    {
        if (job.LastReport is { } report)
        {
            ReportText.Write(report, describeRejects(report.Job));
        }

        PrintNext(job);
    }

    public void Failed(WatchedJob job, Exception failure)
    {
        Terminal.Error(
            FailureRule.Find(failure).Kind == FailureKind.Unexpected
                // Its message may quote a value.
                ? $"{job.Job.Name}: this is a mistake of the program ({failure.GetType().Name}). \"run {job.Job.Name} --debug\" shows "
                    + "where it is; a run goes on at its last checkpoint."
                : $"{job.Job.Name}: {failure.Message.TrimEnd('.')}.");
        PrintNext(job);
    }

    public static void PrintNext(WatchedJob job) =>
        Terminal.Line(
            job.DueAt is { } due
                ? $"  {job.Job.Name} runs next at {ShownTime.Here.Full(due)}."
                : $"  {job.Job.Name} does not run again: its schedule is over.");
}
