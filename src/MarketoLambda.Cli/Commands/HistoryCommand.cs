using System.CommandLine;
using System.Globalization;
using MarketoLambda.Cli.Arguments;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;
using MarketoLambda.Sync.Failures;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.State;
using Spectre.Console;

namespace MarketoLambda.Cli.Commands;

/// <summary><c>history JOB</c>: the newest runs, as Marketo remembers them.</summary>
internal static class HistoryCommand
{
    private const int Max = 300;

    public static Command Create()
    {
        LocalHostArguments local = new();
        var job = JobArgument.Required();
        Option<int> count = new("--count")
        {
            Description = "How many runs, newest first (1 to 300)",
            DefaultValueFactory = _ => 20,
            HelpName = "N",
        };
        count.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && int.TryParse(given.Value, out var wanted) && wanted is < 1 or > Max)
            {
                result.AddError($"--count must be 1 to {Max}.");
            }
        });
        Command command = new("history", "Show the newest runs of a job: when, how long, how many records, how they ended.") { job, count };
        local.AddTo(command);
        command.SetAction((parsed, _) => ShowAsync(local, parsed, parsed.GetRequiredValue(job), parsed.GetValue(count)));
        return command;
    }

    private static async Task<int> ShowAsync(LocalHostArguments arguments, ParseResult parsed, string name, int count)
    {
        await using var local = arguments.Open(parsed);
        var job = local.FindJob(name).Name;
        var state = await local.Get<StateStore>().ReadAsync(job, StopSignals.StopRequested);
        var rows = await RecentRuns.ReadAsync(
            local.Get<RunStore>(), state.ApiName, state.LastRun?.Number ?? 0, count, StopSignals.StopRequested);
        if (parsed.GetValue(arguments.Json))
        {
            JsonOutput.Write([.. rows.Select(RunEntry.From)]);
        }
        else if (rows.Count == 0)
        {
            Terminal.Line($"{job} has had no run yet.");
        }
        else
        {
            Write(rows, local.Time.GetUtcNow());
        }

        return ExitCode.Done;
    }

    private static void Write(IReadOnlyList<RunRow> rows, DateTimeOffset now)
    {
        Table table = new() { Border = TableBorder.Simple };
        table
            .AddColumn("Run")
            .AddColumn($"Started ({ShownTime.Here.Zone})")
            .AddColumn("Took")
            .AddColumn(new TableColumn("Records").RightAligned())
            .AddColumn(new TableColumn("Rejects").RightAligned())
            .AddColumn("Outcome");
        foreach (var row in rows)
        {
            table.AddRow(
                new Text(Number(row.Number)),
                new Text(ShownTime.Here.Cell(row.StartedAt ?? row.CreatedAt, hasSeconds: true)),
                new Text(row.EndedAt is { } end && row.StartedAt is { } start ? Duration.WholeSeconds(end - start) : ""),
                new Text(HasCounts(row) ? Number(row.Records) : ""),
                new Text(HasCounts(row) ? Number(row.Rejects) : ""),
                new Text(Outcome(row, now)));
        }

        Terminal.People.Write(table);
        foreach (var row in rows)
        {
            Write(row.Number, row.Error, Terminal.Error);
            Write(row.Number, row.Notices, Terminal.Warning);
        }
    }

    private static void Write(long number, string? sentence, Action<string> print)
    {
        if (sentence is { Length: > 0 })
        {
            print($"#{Number(number)}: {sentence}");
        }
    }

    private static string Outcome(RunRow row, DateTimeOffset now) =>
        row switch
        {
            { Stage: RunStage.Claimed } when row.IsOver(now) => row.Outcome.Length > 0
                ? row.Outcome
                : $"{Kind(row)}ended without a word; the next run went on from its last checkpoint",
            { Stage: RunStage.Claimed } => $"{Kind(row)}at work, or dead: its lease holds until {ShownTime.Here.Text(row.LeaseEnd)}",
            _ => row.Outcome,
        };

    /// <summary>A run writes its counts when it ends. One that died has none, and a 0 would say that it imported nothing.</summary>
    private static bool HasCounts(RunRow row) => row.EndedAt is not null;

    private static string Kind(RunRow row) => row.Kind == RunKind.Import ? "" : $"{row.Kind}: ";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
