using System.Globalization;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.Wording;
using Spectre.Console;

namespace MarketoLambda.Cli.Output;

/// <summary>What is known of a job, for people.</summary>
/// <param name="now">The time now.</param>
/// <param name="shown">How times are written.</param>
internal sealed class StatusText(DateTimeOffset now, ShownTime shown)
{
    public void Write(JobStatus status)
    {
        Terminal.Heading(status.Job);
        if (status.State is not { } state)
        {
            Terminal.Warning("No state record yet: run \"marketo-lambda init\" once.");
            return;
        }

        Grid grid = new();
        grid.AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn();
        foreach (var (name, value) in Progress(status, state).Concat(Runs(status, state)).Concat(WhatIsLeft(status, state)))
        {
            grid.AddRow(new Text(name, new Style(decoration: Decoration.Dim)), Terminal.Text(value));
        }

        Terminal.People.Write(grid);
    }

    /// <summary>How far the job is.</summary>
    private IEnumerable<(string Name, string Value)> Progress(JobStatus status, StateRecord state)
    {
        yield return (
            "High-water mark",
            state.Checkpoint.Mark is { } mark
                ? $"{shown.Text(mark)}  ({Ago(mark)})"
                : "none yet  (needs a \"cursor\" in the job and a finished file)");
        yield return (
            "Last ingested file",
            state.Checkpoint.LastFileName is { } file
                ? $"{file}  ({Count(state.Checkpoint.LastFileRecords, "row")}, {Time(state.LastFileIngestedAt)})"
                : "none yet");
        if (status.Position is { } position)
        {
            yield return (position.Name, position.Text);
        }

        if (status.NewestFile is { } newest)
        {
            var waits = string.CompareOrdinal(newest.Name, state.Checkpoint.LastFileName) > 0 ? ", not finished yet" : "";
            yield return ("Newest file there", $"{newest.Name}  (saved {shown.Text(newest.SavedAt)}{waits})");
        }

        if (status.NewestFileError is { } error)
        {
            yield return ("Newest file there", error);
        }

        yield return (
            "Acknowledged writes",
            $"{state.TotalRecordsInEpoch.ToString("N0", CultureInfo.InvariantCulture)}  (since {Time(state.EpochStartedAt)}; a record that "
                + "was sent twice counts twice)");
    }

    /// <summary>What runs now, and how the newest run ended.</summary>
    private IEnumerable<(string Name, string Value)> Runs(JobStatus status, StateRecord state)
    {
        if (status.Running is { DeadProcessId: { } process } killed)
        {
            yield return (
                "Dead run",
                $"#{killed.Number} {Kind(killed)} of {shown.Text(killed.Since)}, {SoFar(killed)}: its process {process} on this computer "
                    + $"is gone. \"marketo-lambda run {status.Job} --take-over\" goes on now; without it no run begins before "
                    + shown.Text(killed.LeaseEndsAt));
        }
        else if (status.Running is { } running)
        {
            yield return (
                "Running now",
                $"#{running.Number} {Kind(running)} since {shown.Text(running.Since)}, {SoFar(running)}. It is over by "
                    + $"{shown.Text(running.LeaseEndsAt)} at the latest; until then no other run begins");
        }

        if (status.Dead is { } dead)
        {
            yield return (
                "Dead run",
                $"#{dead.Number} {Kind(dead)} of {shown.Text(dead.Since)} ended without a word, {SoFar(dead)}. The next run goes on from "
                    + "its last checkpoint");
        }

        if (state.LastRun is { } last && last.Number != status.Running?.Number && last.Number != status.Dead?.Number)
        {
            yield return (
                "Last run",
                $"#{last.Number} {last.Outcome}  ({shown.Text(last.StartedAt)}, {Count(last.Records, "record")}, "
                    + $"{Count(last.Rejects, "reject")})");
        }
        else if (state.LastRun is null && status is { Running: null, Dead: null })
        {
            yield return ("Last run", "none yet");
        }

        if (status.LastCheck is { } check)
        {
            yield return ("Last check from here", $"{shown.Text(check.At)}  ({Ago(check.At)}): {check.Outcome}");
        }
    }

    /// <summary>What a person should look at.</summary>
    private IEnumerable<(string Name, string Value)> WhatIsLeft(JobStatus status, StateRecord state)
    {
        if (state.Rejects is { Open: > 0 } rejects)
        {
            yield return ("Open rejects", $"{Number(rejects.Open)}  (marketo-lambda rejects list {status.Job})");
        }

        if (state.Rejects is { } counters && (counters.Waiting > 0 || counters.RetryAt is not null))
        {
            yield return ("Waiting records", Waiting(counters, status.RetryHours));
        }

        if (state.LastRun?.Error is { } error)
        {
            yield return ("Error", error);
        }

        if (status.Changed is { } change)
        {
            yield return ("Job file", $"{change}.");
        }

        if (state.Notices is { Length: > 0 } notices && !IsTold(notices, status.Changed))
        {
            yield return ("Notices", notices);
        }
    }

    /// <summary>The only notice is what was said of the job file already.</summary>
    private static bool IsTold(string notices, string? change) =>
        change is not null
        && notices.StartsWith("1 notice ", StringComparison.Ordinal)
        && notices.EndsWith(change, StringComparison.Ordinal);

    /// <summary>Records whose person does not exist yet. A state record of an older init counts them among the open rejects.</summary>
    private string Waiting(RejectCounters counters, double retryHours)
    {
        var until = string.Create(CultureInfo.InvariantCulture, $"given up after {retryHours:0} hours");
        var retry = counters.RetryAt is { } at ? $", tried again from {shown.Text(at)}" : "";
        return counters.Waiting == 0
            ? $"among the open rejects{retry}, {until}"
            : $"{Number(counters.Waiting)}  (for the person or record they name{retry}, {until})";
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string SoFar(UnfinishedRun run) =>
        run.Records is { } records ? $"{Quantity.Format(records, "record")} until its last checkpoint" : "before its first checkpoint";

    private static string Kind(UnfinishedRun run) => run.Kind.ToString().ToLowerInvariant();

    private string Ago(DateTimeOffset time) => $"{Duration.Text(now - time)} ago";

    private string Time(DateTimeOffset? time) => time is { } known ? shown.Text(known) : "unknown";

    private static string Count(long? count, string one) => count is { } known ? Quantity.Format(known, one) : $"unknown {one}s";
}
