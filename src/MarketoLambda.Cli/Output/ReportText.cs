using System.Globalization;
using MarketoLambda.Marketo.Usage;
using MarketoLambda.Sync.Outages;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Cli.Output;

/// <summary>Prints a finished run in a few lines.</summary>
internal static class ReportText
{
    /// <param name="report">Of the run.</param>
    /// <param name="rejects">Where people find the rejects.</param>
    /// <param name="deadProcessId">Number of the process that kept it busy, where that is gone; null where that is not known.</param>
    public static void Write(SyncReport report, string rejects, int? deadProcessId = null)
    {
        WriteNotices(report);
        Action<string> print = report.Outcome switch
        {
            RunOutcome.Failed => Terminal.Error,
            RunOutcome.Succeeded or RunOutcome.NothingNew => Terminal.Good,
            _ => Terminal.Warning,
        };
        print($"{report.Job}: {RunOutcomeText.From(report.Outcome, report.Rejected, report.Waiting)}{Counts(report)}");
        WriteRejects(report, rejects);
        WriteWaiting(report, rejects);
        if (report.BusyUntil is { } until)
        {
            var takeOver = $"\"marketo-lambda run {report.Job} --take-over\"";
            Terminal.Line(deadProcessId is { } process
                ? $"  That run is dead: its process {process} on this computer is gone. {takeOver} goes on now; without it no run "
                    + $"begins before {ShownTime.Here.Full(until)}."
                : $"  It must be over by {ShownTime.Here.Full(until)}, and this one can come again then. If you know that it is dead: "
                    + $"{takeOver}.");
        }

        if (report.Error is { } error)
        {
            (report.Outcome == RunOutcome.Skipped ? (Action<string>)Terminal.Line : Terminal.Error)($"  {error}");
        }

        if (report.StandingAlertSentAt is { } at)
        {
            Terminal.Warning(
                $"  The alert of this outage went out at {ShownTime.Here.Full(at)}; it is repeated after "
                    + $"{Outage.ReminderAfter.TotalHours:0} hours.");
        }
    }

    /// <summary>Prints how many calls of the day are left; nothing where that is not known.</summary>
    public static void WriteCalls(DailyUse? today)
    {
        if (today is not null)
        {
            Terminal.Line(string.Create(
                CultureInfo.InvariantCulture,
                $"Marketo's calls today, by everyone: {today.Used:N0} of {today.Quota:N0}; imports stop at {today.MaxForImports:N0}."));
        }
    }

    private static void WriteNotices(SyncReport report)
    {
        // A run that finds nothing new has told nobody anything that the run before it has not told.
        foreach (var notice in report.Notices.Where(notice =>
            report.Outcome != RunOutcome.NothingNew || notice.Code != SourceNotice.JobChanged))
        {
            Terminal.Warning($"  note: {notice}");
        }

        if (report.NoticeCount > report.Notices.Count)
        {
            Terminal.Warning($"  note: {report.NoticeCount - report.Notices.Count:N0} more of them are not listed");
        }
    }

    private static void WriteRejects(SyncReport report, string rejects)
    {
        if (report.Rejected > 0)
        {
            Terminal.Line($"  rejected records, with reasons: {rejects}");
        }
        else if (report.OpenRejects > 0 && report.Outcome is not (RunOutcome.NothingNew or RunOutcome.Busy))
        {
            Terminal.Line(
                $"  {Quantity.Format(report.OpenRejects, "reject")} of earlier runs {(report.OpenRejects == 1 ? "is" : "are")} still open: "
                    + $"{rejects}"
            );
        }
    }

    private static void WriteWaiting(SyncReport report, string rejects)
    {
        if (report is { Waiting: > 0, Rejected: 0 })
        {
            Terminal.Line($"  waiting records, with reasons: {rejects}");
        }

        if (report.WaitingInAll > report.Waiting && report.Outcome is not (RunOutcome.NothingNew or RunOutcome.Busy))
        {
            Terminal.Line(
                $"  {Quantity.Format(report.WaitingInAll - report.Waiting, "record")} of earlier runs "
                    + $"{(report.WaitingInAll - report.Waiting == 1 ? "waits" : "wait")} still for the person or record named there."
            );
        }
    }

    private static string Counts(SyncReport report)
    {
        if (report.Outcome is RunOutcome.NothingNew or RunOutcome.Busy or RunOutcome.Skipped)
        {
            return "";
        }

        List<string> parts = [$"{Quantity.Format(report.Accepted, "record")} in {Duration.Text(report.Elapsed)}"];
        Add(report.Created, "created");
        Add(report.Updated, "updated");
        Add(report.Deleted, "deleted");
        Add(report.Unchanged, "unchanged");
        Add(report.Unrecorded, "of them not recorded in Marketo");
        if (report.Resolved > 0)
        {
            parts.Add($"{Quantity.Format(report.Resolved, "earlier reject")} accepted");
        }

        if (report.Dismissed > 0)
        {
            parts.Add($"{Quantity.Format(report.Dismissed, "reject")} dismissed");
        }

        Add(report.Rejected, "rejected");
        Add(report.Waiting, "waiting for the person or record that they name");
        Add(report.Superseded, "replaced by a later version before they were sent");
        Add(report.Skipped, "below the mark");
        Add(report.Repeated, "read again below the mark");
        return $" · {string.Join(", ", parts)}";

        void Add(long count, string what)
        {
            if (count > 0)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}"));
            }
        }
    }
}
