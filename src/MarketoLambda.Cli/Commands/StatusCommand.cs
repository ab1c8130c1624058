using System.CommandLine;
using System.Globalization;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;
using MarketoLambda.Sync.Failures;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.Wording;
using Spectre.Console;

namespace MarketoLambda.Cli.Commands;

/// <summary><c>status [JOB]</c>: what Marketo remembers of every job.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        LocalHostArguments local = new();
        Argument<string?> job = new("JOB")
        {
            Description = "Name of the job, as in the job file; all jobs without it",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Command command = new("status", "Show marks, counts, lag and the last outcome.") { job };
        local.AddTo(command);
        command.SetAction((parsed, _) => ShowAsync(local, parsed, parsed.GetValue(job)));
        return command;
    }

    private static async Task<int> ShowAsync(LocalHostArguments arguments, ParseResult parsed, string? job)
    {
        await using var local = arguments.Open(parsed);
        var states = local.Get<StateStore>();
        var now = local.Time.GetUtcNow();
        List<JobStatus> statuses = [];
        foreach (var asked in job is null ? local.Jobs : [local.FindJob(job)])
        {
            var state = await states.FindAsync(asked.Name, StopSignals.StopRequested);
            long? lag = state?.Checkpoint.Mark is { } mark ? (long)(now - mark).TotalSeconds : null;
            statuses.Add(
                new JobStatus(asked.Name, lag, state)
                {
                    Changed = state?.ChangeOf(asked),
                    Position = state is null ? null : asked.Source.DescribePosition(state.Checkpoint),
                });
        }

        if (parsed.GetValue(arguments.Json))
        {
            JsonOutput.Write(statuses);
            return ExitCode.Done;
        }

        foreach (var status in statuses)
        {
            Write(status);
        }

        foreach (var missing in await states.GetMissingFieldsAsync(StopSignals.StopRequested))
        {
            Terminal.Warning(
                $"{StateFields.ObjectApiName} has no field {missing.Name} ({missing.DisplayName}); \"marketo-lambda init\" adds it.");
        }

        return ExitCode.Done;
    }

    private static void Write(JobStatus status)
    {
        Terminal.Heading(status.Job);
        if (status.State is not { } state)
        {
            Terminal.Warning("No state record yet: run \"marketo-lambda init\" once.");
            return;
        }

        Grid grid = new();
        grid.AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn();
        foreach (var (name, value) in Progress(state, status.LagSeconds, status.Position).Concat(LastRun(state, status)))
        {
            grid.AddRow(new Text(name, new Style(decoration: Decoration.Dim)), Terminal.Text(value));
        }

        Terminal.People.Write(grid);
    }

    /// <summary>How far the job is.</summary>
    private static IEnumerable<(string Name, string Value)> Progress(StateRecord state, long? lagSeconds, PositionText? position)
    {
        yield return (
            "High-water mark",
            state.Checkpoint.Mark is { } mark
                ? $"{Time(mark)}  ({Duration.Text(TimeSpan.FromSeconds(lagSeconds ?? 0))} ago)"
                : "none yet  (needs a \"cursor\" in the job and a finished file)");
        yield return (
            "Last ingested file",
            state.Checkpoint.LastFileName is { } file
                ? $"{file}  ({Count(state.Checkpoint.LastFileRecords, "row")}, {Time(state.LastFileIngestedAt)})"
                : "none yet");
        if (position is not null)
        {
            yield return (position.Name, position.Text);
        }

        yield return ("Records in epoch", $"{Number(state.TotalRecordsInEpoch)}  (since {Time(state.EpochStartedAt)})");
    }

    /// <summary>How the newest run ended, and what it left.</summary>
    private static IEnumerable<(string Name, string Value)> LastRun(StateRecord state, JobStatus status)
    {
        yield return (
            "Last run",
            state.LastRun is { } run
                ? $"#{run.Number} {run.Outcome}  ({Time(run.StartedAt)}, {Count(run.Records, "record")}, {Count(run.Rejects, "reject")})"
                : "none yet");
        if (state.Rejects is { Open: > 0 } rejects)
        {
            var retry = rejects.RetryAt is { } at ? $"; those that may pass by themselves are tried again from {Time(at)}" : "";
            yield return ("Open rejects", $"{Number(rejects.Open)}  (marketo-lambda rejects list {status.Job}{retry})");
        }

        if (state.LastRun?.Error is { } error)
        {
            yield return ("Error", error);
        }

        if (status.Changed is { } change)
        {
            yield return ("Job file", $"{change}.");
        }

        if (state.Notices is { Length: > 0 } notices)
        {
            yield return ("Notices", notices);
        }
    }

    private static string Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "unknown";

    private static string Count(long? count, string one) => count is { } known ? Quantity.Format(known, one) : $"unknown {one}s";

    private static string Number(long? number) => number?.ToString("N0", CultureInfo.InvariantCulture) ?? "unknown";
}
