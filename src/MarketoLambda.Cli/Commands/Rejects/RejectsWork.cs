using System.CommandLine;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;
using MarketoLambda.Cli.Previews;
using MarketoLambda.Hosting.Runs;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Previews;
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

    public static async Task<int> DoAsync(LocalHostArguments arguments, ParseResult parsed, string name, RejectChoice choice)
    {
        await using var local = arguments.Open(parsed);
        var job = local.FindJob(name);
        var chosen = await ChooseAsync(local, job, choice);
        var work = choice.Work(chosen);
        RunSeries series = new(local.Time, limit: null, StopSignals.StopRequested);
        var report = await series.RunAsync(
            (deadline, _) => local.Get<SyncEngine>().WorkOnRejectsAsync(job, work, deadline, StopSignals.Aborted),
            progress: null);
        ReportText.Write(report, local.Get<RejectPolicy>().Describe(job.Name));
        if (!choice.IsDismissal && report.Outcome == RunOutcome.Succeeded)
        {
            await PrintWhatCameOfItAsync(local, job, chosen);
        }

        if (parsed.GetValue(arguments.Json))
        {
            JsonOutput.Write([report]);
        }

        return RunExitCode.From(report);
    }

    /// <summary>What a retry would do.</summary>
    public static async Task<int> PreviewAsync(LocalHostArguments arguments, ParseResult parsed, string name, RejectChoice choice)
    {
        await using var local = arguments.Open(parsed);
        var job = local.FindJob(name);
        var chosen = await ChooseAsync(local, job, choice);
        var exitCode = await DryRuns.ShowAsync(
            local,
            [job],
            (_, next) => local.Get<RetryPreview>().PreviewAsync(
                next, choice.Work(chosen), StopSignals.StopRequested, StopSignals.Aborted),
            parsed.GetValue(arguments.Json),
            what: $"a retry of {Quantity.Format(chosen.Count, "reject")}");
        PrintWhatIsLeft(job.Name, [.. chosen.Where(row => choice.Numbers.Count == 0 || row.Stage != RejectStage.Held)]);
        return exitCode;
    }

    private static async Task<IReadOnlyList<RejectRow>> ChooseAsync(LocalHost local, SyncJob job, RejectChoice choice)
    {
        RejectsPlace.ThrowUnlessInMarketo(local, job.Name);
        choice.Filter.ThrowUnlessIn(job);
        await local.ThrowIfNotSetUpAsync(job.Name);
        return choice.Choose(job, await OpenRejects.ReadAsync(local, job.Name));
    }

    private static async Task PrintWhatCameOfItAsync(LocalHost local, SyncJob job, IReadOnlyList<RejectRow> before)
    {
        var state = await local.Get<StateStore>().ReadAsync(job.Name, StopSignals.StopRequested);
        var after = await OpenRejects.ReadAsync(local, state.ApiName, before.Select(row => row.Number));
        var tries = before.ToDictionary(row => row.Number, row => row.Attempts);
        var refused = after.Count(row => !row.IsOver && row.Attempts > tries[row.Number]);
        var accepted = after.Count(row => row.Stage == RejectStage.Resolved);
        Terminal.Line(
            refused + accepted == 0
                ? "  Nothing was tried again."
                : $"  {Quantity.Format(refused + accepted, "reject")} tried again: {accepted:N0} accepted, {refused:N0} refused again.");
        PrintWhatIsLeft(job.Name, after);
    }

    /// <summary>What cannot come back by a retry, and how it can.</summary>
    private static void PrintWhatIsLeft(string job, IReadOnlyList<RejectRow> rows)
    {
        Print(
            row => row.Stage == RejectStage.Held,
            "held, because what is, or may be, a newer version was sent: look the record up in Marketo, then "
                + $"\"marketo-lambda rejects retry {job} NUMBER\", or \"marketo-lambda rejects dismiss {job} NUMBER\"");
        Print(
            row => row.Key is null,
            $"without a key: correct the file and drop it again; if the job file was wrong, \"marketo-lambda reset {job}\" reads the file "
                + $"again; or \"marketo-lambda rejects dismiss {job} NUMBER\"");
        Print(
            row => row is { Key: not null, Payload: null },
            "with values too long to be kept, or to be deleted: correct the record in the source, so that it comes again");

        void Print(Func<RejectRow, bool> isLeft, string what)
        {
            if (rows.Count(row => !row.IsOver && isLeft(row)) is > 0 and var count)
            {
                Terminal.Line($"  {Quantity.Format(count, "reject")} {what}.");
            }
        }
    }
}
