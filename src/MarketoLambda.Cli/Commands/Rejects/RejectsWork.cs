using System.CommandLine;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;
using MarketoLambda.Hosting.Runs;
using MarketoLambda.Sync;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Cli.Commands.Rejects;

/// <summary>Does at a desk what somebody asks to be done with rejects, and tells what came of it.</summary>
internal static class RejectsWork
{
    public static Argument<long[]> Numbers(string description) => new("NUMBER") { Description = description, Arity = ArgumentArity.ZeroOrMore };

    public static async Task<int> DoAsync(DeskArguments arguments, ParseResult parsed, string name, RejectWork work)
    {
        await using var desk = arguments.Open(parsed);
        var job = desk.FindJob(name);
        RejectsPlace.RefuseUnlessInMarketo(desk, job.ApiName);
        await desk.RefuseMissingSetUpAsync(job.ApiName);
        await RefuseUnknownAsync(desk, job.ApiName, work);
        RunSeries series = new(desk.Time, limit: null, StopSignals.StopRequested);
        var report = await series.RunAsync((deadline, _) => desk.Get<SyncEngine>().WorkOnRejectsAsync(job, work, deadline, StopSignals.Aborted), progress: null);
        ReportText.Write(report, desk.Get<RejectStore>().Describe(job.ApiName));
        if (report.Outcome == RunOutcome.Succeeded && report.OpenRejects > 0 && !work.IsDismissal)
        {
            await TellWhatIsLeftAsync(desk, job.ApiName);
        }

        if (parsed.GetValue(arguments.Json))
        {
            JsonOutput.Write([report]);
        }

        return RunCommand.ExitCodeOf(report);
    }

    /// <summary>What somebody mistyped must not look as if it were done.</summary>
    private static async Task RefuseUnknownAsync(Desk desk, string job, RejectWork work)
    {
        if (work.Numbers is { } numbers)
        {
            var state = await desk.Get<StateStore>().ReadAsync(job, StopSignals.StopRequested);
            var open = (await desk.Get<RejectLedger>().ReadAsync(state.ApiName, numbers, StopSignals.StopRequested)).Where(row => !row.IsOver).Select(row => row.Number);
            if (numbers.Except(open).Order().ToList() is { Count: > 0 } unknown)
            {
                throw new WrongInputException($"{job} has no open {(unknown.Count == 1 ? "reject" : "rejects")} {string.Join(", ", unknown)}. \"rejects list {job}\" shows those that are open.");
            }
        }
        else if (work.Container is { } container && !(await ListCommand.ReadOpenAsync(desk, job)).Any(row => row.Location.Container == container))
        {
            throw new WrongInputException($"{job} has no open reject from {container}. \"rejects list {job}\" shows where those that are open stand.");
        }
    }

    /// <summary>What cannot come back by a retry, and how it can.</summary>
    private static async Task TellWhatIsLeftAsync(Desk desk, string job)
    {
        var open = await ListCommand.ReadOpenAsync(desk, job);
        Tell(open.Count(row => row.Stage == RejectStage.Held), $"held, because what is, or may be, a newer version was sent: look the record up in Marketo, then rejects retry {job} NUMBER, or rejects dismiss");
        Tell(open.Count(row => row.Key is null), $"without a key: correct the file and drop it again; if the job file was wrong, \"reset {job}\" reads the file again; or rejects dismiss");
        Tell(open.Count(row => row is { Key: not null, Payload: null }), "with values too long to be kept, or to be deleted: correct the record in the source, so that it comes again");
        Tell(open.Count(row => row is { CanBeRetried: true, Stage: RejectStage.Open }), "refused once more: the reasons say why");

        static void Tell(int count, string what)
        {
            if (count > 0)
            {
                Terminal.Line($"  {Quantity.Of(count, "reject")} {what}.");
            }
        }
    }
}
