using System.CommandLine;
using System.Globalization;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;
using MarketoLambda.Sync.Failures;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.Wording;
using Spectre.Console;

namespace MarketoLambda.Cli.Commands.Rejects;

/// <summary><c>rejects list JOB</c>: the newest rejects, as Marketo remembers them.</summary>
internal static class ListCommand
{
    private const int Max = 100_000;
    private const int NumbersPerCall = 300;

    public static Command Create()
    {
        LocalHostArguments local = new();
        Argument<string> job = new("JOB") { Description = "Name of the job, as in the job file" };
        Option<bool> all = new("--all")
        {
            Description = "Also those that are over: Marketo took them later, or a newer version, or somebody dismissed them",
        };
        Option<int> count = new("--count")
        {
            Description = $"How many, newest first (1 to {Max})",
            DefaultValueFactory = _ => 50,
            HelpName = "N",
        };
        count.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && int.TryParse(given.Value, out var wanted) && wanted is < 1 or > Max)
            {
                result.AddError($"--count must be 1 to {Max}.");
            }
        });
        Command command = new(
            "list",
            "Show what of a job could not be imported: which record, why, and where it stands. Shows field values.")
        {
            job,
            all,
            count,
        };
        local.AddTo(command);
        command.SetAction(
            (parsed, _) => ShowAsync(local, parsed, parsed.GetRequiredValue(job), parsed.GetValue(all), parsed.GetValue(count)));
        return command;
    }

    private static async Task<int> ShowAsync(LocalHostArguments arguments, ParseResult parsed, string name, bool all, int count)
    {
        await using var local = arguments.Open(parsed);
        var job = local.FindJob(name).Name;
        RejectsPlace.ThrowUnlessInMarketo(local, job);
        var state = await local.Get<StateStore>().ReadAsync(job, StopSignals.StopRequested);
        var counters = state.Rejects;
        var rows = await ReadAsync(local.Get<RejectTable>(), state.ApiName, counters, all, count);
        if (parsed.GetValue(arguments.Json))
        {
            JsonOutput.Write(rows);
        }
        else if (rows.Count == 0)
        {
            Terminal.Good(all ? $"{job} has no rejects." : $"{job} has no open rejects.");
        }
        else
        {
            Write(rows, local.FindJob(name).Source.CountsLines);
            Terminal.Line(
                counters?.Open > rows.Count
                    ? $"{Quantity.Format(counters.Open, "reject")} of {job} are open; --count shows more."
                    : $"Correct the source, or the mapping and then \"marketo-lambda rejects retry {job}\".");
        }

        return ExitCode.Done;
    }

    /// <summary>Shows the open rejects of a job.</summary>
    public static async Task PrintAsync(LocalHost local, string job)
    {
        Write(await ReadOpenAsync(local, job, count: 50), local.FindJob(job).Source.CountsLines);
    }

    /// <summary>
    /// Open rejects of a job, newest first. They are kept under the name that Marketo gives the object, whatever the casing of the job's.
    /// </summary>
    public static async Task<IReadOnlyList<RejectRow>> ReadOpenAsync(LocalHost local, string job, int count = int.MaxValue)
    {
        var state = await local.Get<StateStore>().ReadAsync(job, StopSignals.StopRequested);
        return await ReadAsync(local.Get<RejectTable>(), state.ApiName, state.Rejects, all: false, count);
    }

    /// <summary>Rejects of a job, newest first.</summary>
    private static async Task<IReadOnlyList<RejectRow>> ReadAsync(
        RejectTable table,
        string job,
        RejectCounters? counters,
        bool all,
        int count)
    {
        List<RejectRow> rows = [];
        for (var until = counters?.Next ?? 1; until > (counters?.Lowest ?? 1) && rows.Count < count; until -= NumbersPerCall)
        {
            var from = Math.Max(counters?.Lowest ?? 1, until - NumbersPerCall);
            var read = await table.ReadAsync(
                job,
                Enumerable.Range(0, (int)(until - from)).Select(offset => from + offset),
                StopSignals.StopRequested);
            rows.AddRange(read.Reverse().Where(row => all || !row.IsOver));
        }

        return [.. rows.Take(count)];
    }

    private static void Write(IReadOnlyList<RejectRow> rows, bool areLines)
    {
        Table table = new() { Border = TableBorder.Simple };
        table
            .AddColumn(new TableColumn("Reject").RightAligned())
            .AddColumn(new TableColumn("Last seen (UTC)").NoWrap())
            .AddColumn(new TableColumn("Tries").RightAligned())
            .AddColumn("Record")
            .AddColumn("Where")
            .AddColumn("Why");
        foreach (var row in rows)
        {
            table.AddRow(
                new Text(row.Number.ToString(CultureInfo.InvariantCulture)),
                new Text(row.LastSeenAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)),
                new Text(row.Attempts.ToString(CultureInfo.InvariantCulture)),
                new Text(row.Key ?? "unknown"),
                new Text((row.Location with { IsLine = areLines }).ToString()),
                Terminal.Text(Why(row)));
        }

        Terminal.People.Write(table);
    }

    private static string Why(RejectRow row) =>
        row.Stage switch
        {
            RejectStage.Resolved => "Marketo took it at a later try",
            RejectStage.Superseded => "Marketo took a newer version of the record",
            RejectStage.Dismissed => "Dismissed",
            RejectStage.Held =>
                $"{row.Reason.TrimEnd('.')} ({row.Code}). What is, or may be, a newer version was sent since, so it is not tried again by "
                    + "itself: look the record up in Marketo",
            _ when row.IsPayloadTooLong => $"{row.Reason.TrimEnd('.')} ({row.Code}). Too large to be kept whole: look it up in the source",
            _ => $"{row.Reason.TrimEnd('.')} ({row.Code})",
        };
}
