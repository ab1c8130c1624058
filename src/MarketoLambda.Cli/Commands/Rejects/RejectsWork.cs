using System.CommandLine;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;
using MarketoLambda.Hosting.Runs;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Cli.Commands.Rejects;

/// <summary>Does what somebody asks to be done with rejects, and prints what came of it.</summary>
internal static class RejectsWork
{
    public static Argument<long[]> Numbers(string description) =>
        new("NUMBER") { Description = description, Arity = ArgumentArity.ZeroOrMore };

    public static async Task<int> DoAsync(LocalHostArguments arguments, ParseResult parsed, string name, RejectWork work)
    {
        await using var local = arguments.Open(parsed);
        var job = local.FindJob(name);
        RejectsPlace.ThrowUnlessInMarketo(local, job.Name);
        await local.ThrowIfNotSetUpAsync(job.Name);
        await ThrowIfUnknownAsync(local, job.Name, work);
        RunSeries series = new(local.Time, limit: null, StopSignals.StopRequested);
        var report = await series.RunAsync(
            (deadline, _) => local.Get<SyncEngine>().WorkOnRejectsAsync(job, work, deadline, StopSignals.Aborted),
            progress: null);
        ReportText.Write(report, local.Get<RejectPolicy>().Describe(job.Name));
        if (report.Outcome == RunOutcome.Succeeded && report.OpenRejects > 0 && !work.IsDismissal)
        {
            await PrintWhatIsLeftAsync(local, job.Name);
        }

        if (parsed.GetValue(arguments.Json))
        {
            JsonOutput.Write([report]);
        }

        return RunExitCode.From(report);
    }

    /// <summary>What somebody mistyped must not look as if it were done.</summary>
    private static async Task ThrowIfUnknownAsync(LocalHost local, string job, RejectWork work)
    {
        if (work.Numbers is { } numbers)
        {
            var state = await local.Get<StateStore>().ReadAsync(job, StopSignals.StopRequested);
            var open = (await local.Get<RejectTable>().ReadAsync(state.ApiName, numbers, StopSignals.StopRequested))
                .Where(row => !row.IsOver)
                .Select(row => row.Number);
            if (numbers.Except(open).Order().ToList() is { Count: > 0 } unknown)
            {
                throw new WrongInputException(
                    $"{job} has no open {(unknown.Count == 1 ? "reject" : "rejects")} {string.Join(", ", unknown)}. \"marketo-lambda rejects list "
                        + $"{job}\" shows those that are open."
                );
            }
        }
        else if (
            work.Container is { } container
            && !(await ListCommand.ReadOpenAsync(local, job)).Any(row => row.Location.Container == container))
        {
            throw new WrongInputException(
                $"{job} has no open reject from {container}. \"marketo-lambda rejects list {job}\" shows where those that are "
                    + "open stand.");
        }
    }

    /// <summary>What cannot come back by a retry, and how it can.</summary>
    private static async Task PrintWhatIsLeftAsync(LocalHost local, string job)
    {
        var open = await ListCommand.ReadOpenAsync(local, job);
        Print(
            open.Count(row => row.Stage == RejectStage.Held),
            "held, because what is, or may be, a newer version was sent: look the record up in Marketo, then "
                + $"\"marketo-lambda rejects retry {job} NUMBER\", or \"marketo-lambda rejects dismiss {job} NUMBER\""
        );
        Print(
            open.Count(row => row.Key is null),
            $"without a key: correct the file and drop it again; if the job file was wrong, \"marketo-lambda reset {job}\" reads the file "
                + $"again; or \"marketo-lambda rejects dismiss {job} NUMBER\""
        );
        Print(
            open.Count(row => row is { Key: not null, Payload: null }),
            "with values too long to be kept, or to be deleted: correct the record in the source, so that it comes again");
        Print(open.Count(row => row is { CanBeRetried: true, Stage: RejectStage.Open }), "refused once more: the reasons say why");

        static void Print(int count, string what)
        {
            if (count > 0)
            {
                Terminal.Line($"  {Quantity.Format(count, "reject")} {what}.");
            }
        }
    }
}
