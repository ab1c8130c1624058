using System.CommandLine;
using MarketoLambda.Cli.Arguments;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;
using MarketoLambda.Cli.Previews;
using MarketoLambda.Hosting.Runs;
using MarketoLambda.Marketo.Usage;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Cli.Commands;

/// <summary><c>backfill JOB --from TIME --until TIME</c>: a stretch of the past again; the mark stays.</summary>
internal static class BackfillCommand
{
    public static Command Create()
    {
        LocalHostArguments local = new();
        var job = JobArgument.Required();
        var from = PointInTime.Required("--from", "First modification stamp to import again, inclusive");
        var until = PointInTime.Required("--until", "Last one, exclusive");
        var dryRun = DryRuns.Option();
        Command command = new("backfill", "Import a stretch of the past again, without moving the mark.") { job, from, until, dryRun };
        local.AddTo(command);
        command.Validators.Add(result =>
        {
            if (PointInTime.From(result.GetResult(from)) >= PointInTime.From(result.GetResult(until)))
            {
                result.AddError("--from must be before --until.");
            }
        });
        command.SetAction(
            (parsed, _) =>
                RunAsync(
                    local,
                    parsed,
                    parsed.GetRequiredValue(job),
                    new Backfill(parsed.GetRequiredValue(from), parsed.GetRequiredValue(until)),
                    isDryRun: parsed.GetValue(dryRun)));
        return command;
    }

    private static async Task<int> RunAsync(LocalHostArguments arguments, ParseResult parsed, string name, Backfill backfill, bool isDryRun)
    {
        await using var local = arguments.Open(parsed);
        var job = local.FindJob(name);
        if (!job.Source.HasCursor)
        {
            throw new WrongInputException(
                $"{job.Name} has no \"cursor\" in the job file, so its rows cannot be told apart by time. Drop the files you want under "
                    + "new names, or use \"marketo-lambda reset "
                    + $"{job.Name}\" to import everything again."
            );
        }

        if (isDryRun)
        {
            return await DryRuns.ShowAsync(
                local,
                [job],
                (dryRun, next) => dryRun.BackfillAsync(next, backfill, StopSignals.StopRequested, StopSignals.Aborted),
                parsed.GetValue(arguments.Json));
        }

        await local.ThrowIfNotSetUpAsync(job.Name);
        RunSeries series = new(local.Time, limit: null, StopSignals.StopRequested);
        var report = await RunDisplay.ShowAsync(
            job.Name,
            local.Get<MarketoLoad>(),
            progress =>
                series.RunAsync(
                    (deadline, progressOfAll) =>
                        local.Get<SyncEngine>().BackfillAsync(job, backfill, deadline, progressOfAll, StopSignals.Aborted),
                    progress));
        ReportText.Write(report, local.Get<RejectPolicy>().Describe(job.Name));
        if (report.Outcome is RunOutcome.Interrupted or RunOutcome.Continued or RunOutcome.QuotaReached)
        {
            Terminal.Line("  A backfill does not remember how far it got: repeat the command. What is imported again changes nothing.");
        }

        if (parsed.GetValue(arguments.Json))
        {
            JsonOutput.Write([report]);
        }

        return RunExitCode.From(report);
    }
}
