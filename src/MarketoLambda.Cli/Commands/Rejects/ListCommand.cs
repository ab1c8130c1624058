using System.CommandLine;
using System.Globalization;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;
using MarketoLambda.Sync.Failures;
using MarketoLambda.Sync.Jobs;
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
        Argument<string> job = new("JOB") { Description = "API name of the custom object" };
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
        var asked = local.FindJob(name);
        var job = asked.Name;
        RejectsPlace.ThrowUnlessInMarketo(local, job);
        var state = await local.Get<StateStore>().ReadAsync(job, StopSignals.StopRequested);
        var counters = state.Rejects;
        var stored = await ReadAsync(local.Get<RejectTable>(), state.ApiName, counters, all, count);
        var rows = AsOfNow(local, asked, stored);
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
                counters is { } known && known.Open + known.Waiting > rows.Count
                    ? $"{Quantity.Format(known.Open, "reject")} of {job} are open and {known.Waiting:N0} wait; --count shows more."
                    : $"Correct the source, or the mapping and then \"marketo-lambda rejects retry {job}\".");
            WriteWaiting(rows, counters?.RetryAt);
        }

        return ExitCode.Done;
    }

    /// <summary>Shows the open rejects of a job.</summary>
    public static async Task PrintAsync(LocalHost local, string job)
    {
        var asked = local.FindJob(job);
        Write(AsOfNow(local, asked, await ReadOpenAsync(local, job, count: 50)), asked.Source.CountsLines);
    }

    /// <summary>
    /// Open rejects of a job, newest first. They are kept under the name that Marketo gives the object, whatever the casing of the job's.
    /// </summary>
    public static async Task<IReadOnlyList<RejectRow>> ReadOpenAsync(LocalHost local, string job, int count = int.MaxValue)
    {
        var state = await local.Get<StateStore>().ReadAsync(job, StopSignals.StopRequested);
        return await ReadAsync(local.Get<RejectTable>(), state.ApiName, state.Rejects, all: false, count);
    }

    /// <summary>Those that wait are told from those that are open by the job file as it is now.</summary>
    private static IReadOnlyList<RejectRow> AsOfNow(LocalHost local, SyncJob job, IReadOnlyList<RejectRow> rows) =>
        [.. rows.Select(row => row.AsOf(local.Time.GetUtcNow(), job.RetryRejectsFor))];

    private static void WriteWaiting(IReadOnlyList<RejectRow> rows, DateTimeOffset? retryAt)
    {
        if (rows.Count(row => row.Stage == RejectStage.Waiting) is > 0 and var waiting)
        {
            var from = retryAt is { } at ? $" from {Minute(at)} UTC on" : "";
            Terminal.Line($"{Quantity.Format(waiting, "record")} of these {(waiting == 1 ? "waits and is" : "wait and are")} tried again "
                + $"by the runs{from}.");
        }
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
                new Text(Minute(row.LastSeenAt)),
                new Text(row.Attempts.ToString(CultureInfo.InvariantCulture)),
                new Text(row.Key ?? "unknown"),
                new Text((row.Location with { IsLine = areLines }).ToString()),
                new Text(Why(row)));
        }

        Terminal.People.Write(table);
    }

    private static string Minute(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Why(RejectRow row) =>
        row.Stage switch
        {
            RejectStage.Resolved => "Marketo took it at a later try",
            RejectStage.Superseded => "Marketo took a newer version of the record",
            RejectStage.Dismissed => "Dismissed",
            RejectStage.Waiting =>
                $"{row.Reason.TrimEnd('.')} ({row.Code}). Waits since {Minute(row.FirstSeenAt)}, given up after "
                    + $"{Minute(row.WaitsUntil ?? row.FirstSeenAt)}",
            RejectStage.Held =>
                $"{row.Reason.TrimEnd('.')} ({row.Code}). What is, or may be, a newer version was sent since, so it is not tried again by "
                    + "itself: look the record up in Marketo",
            _ when row.IsPayloadTooLong => $"{row.Reason.TrimEnd('.')} ({row.Code}). Too large to be kept whole: look it up in the source",
            _ => $"{row.Reason.TrimEnd('.')} ({row.Code})",
        };
}
