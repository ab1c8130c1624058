using System.Diagnostics;
using System.Diagnostics.Metrics;
using MarketoLambda.Marketo.Telemetry;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Sync.Runs;

/// <summary>What a run measures. Names and units follow OpenTelemetry's conventions.</summary>
internal static class RunInstruments
{
    private static readonly Counter<long> Runs = MarketoTelemetry.Meter.CreateCounter<long>(
        "marketolambda.runs",
        "{run}",
        "Runs that ended");

    private static readonly Counter<long> Records = MarketoTelemetry.Meter.CreateCounter<long>(
        "marketolambda.records",
        "{record}",
        "Records of the source that runs are done with");

    private static readonly Counter<long> Notices = MarketoTelemetry.Meter.CreateCounter<long>(
        "marketolambda.notices", "{notice}", "Things a source noticed that a person should know");

    private static readonly Gauge<double> Lag = MarketoTelemetry.Meter.CreateGauge<double>(
        "marketolambda.mark.lag",
        "s",
        "Age of the high-water mark");

    private static readonly Gauge<long> Rejects = MarketoTelemetry.Meter.CreateGauge<long>(
        "marketolambda.rejects",
        "{record}",
        "Records that are not in Marketo: open, for a person, or waiting, tried again by themselves");

    /// <summary>A run; null where nobody listens.</summary>
    public static Activity? StartRun(string job)
    {
        var activity = MarketoTelemetry.Activities.StartActivity("run");
        activity?.SetTag("job", job);
        return activity;
    }

    public static void Noticed(string job, string code)
    {
        if (Notices.Enabled)
        {
            Notices.Add(1, new("job", job), new("code", code));
        }
    }

    public static void Ended(SyncReport report, DateTimeOffset now)
    {
        KeyValuePair<string, object?> job = new("job", report.Job);
        Runs.Add(1, job, new("outcome", report.Outcome.ToString()));
        Count("accepted", report.Accepted + report.Resolved);
        Count("unchanged", report.Unchanged);
        Count("rejected", report.Rejected);
        Count("waiting", report.Waiting);
        Count("superseded", report.Superseded);
        Count("skipped", report.Skipped);
        if (report.Checkpoint?.Mark is { } mark)
        {
            Lag.Record((now - mark).TotalSeconds, job);
        }

        if (report.RunNumber > 0 && report.Outcome is not (RunOutcome.NothingNew or RunOutcome.Busy))
        {
            Rejects.Record(report.OpenRejects, job, new("state", "open"));
            Rejects.Record(report.WaitingInAll, job, new("state", "waiting"));
        }

        void Count(string result, long records)
        {
            if (records > 0)
            {
                Records.Add(records, job, new("result", result));
            }
        }
    }

    /// <summary>The run ended without a report: the invocation fails, or the command.</summary>
    public static void Failed(string job) => Runs.Add(1, new("job", job), new("outcome", nameof(RunOutcome.Failed)));
}
