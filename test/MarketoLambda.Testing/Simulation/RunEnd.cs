using System.Globalization;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Outages;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Testing.Simulation;

/// <summary>How a run ended, as the world outside sees it.</summary>
/// <param name="ApiName">The job.</param>
/// <param name="Report">What it returned; null when it was killed or failed itself.</param>
/// <param name="Failure">What it threw.</param>
/// <param name="Alerts">What it sent.</param>
public sealed record RunEnd(string ApiName, SyncReport? Report, Exception? Failure, IReadOnlyList<OutageAlert> Alerts)
{
    public bool WasKilled => Report is null && Failure is null;

    /// <summary>Nothing is left to do.</summary>
    public bool IsClean => Report?.Outcome is RunOutcome.Succeeded or RunOutcome.NothingNew;

    /// <summary>Promise P8: exactly one trace. A killed run leaves none of its own; the next one tells.</summary>
    /// <param name="state">The state record right after the run.</param>
    /// <param name="truth">The source.</param>
    /// <param name="mayEndEarly">Somebody reset the job lately, or rows came while the host slept.</param>
    public IEnumerable<string> Judge(RecordView state, SourceTruth truth, bool mayEndEarly = false)
    {
        if (Failure is not (null or AggregateException or LeaseLostException))
        {
            yield return $"{ApiName}: the run threw {Failure.GetType().Name} instead of telling how it ended";
        }

        var (alerts, recoveries) = (Alerts.Count(alert => !alert.IsOver), Alerts.Count(alert => alert.IsOver));
        if (alerts != (Report is { IsAlerted: true, StandingAlertSentAt: null } ? 1 : 0))
        {
            yield return $"{ApiName}: the run says "
                + $"{(Report is { IsAlerted: true } ? $"it alerted{(Report.StandingAlertSentAt is { } at ? $" at {at:u}" : "")}" : Failure is null ? "it did not alert" : $"it failed itself ({Failure.Message})")} and sent {alerts} alerts";
        }

        if (recoveries > (Report is { IsAlerted: false, Outcome: not RunOutcome.Busy } ? 1 : 0))
        {
            yield return $"{ApiName}: the run ended as {Report?.Outcome} and told {recoveries} times that Marketo can be told again";
        }

        if (Report is { IsAlerted: false, Outcome: not RunOutcome.Busy } report && !IsTold(report, state))
        {
            yield return $"{ApiName}: run {report.RunNumber} ended as {report.Outcome} without a trace; the state record tells of run "
                + $"{state["lastRunNumber"]}: {state["lastRunOutcome"]}, ended {state["lastRunEndedAt"]}, {state["lastRunError"]}";
        }

        if (IsClean && !mayEndEarly && !truth.Lags && truth.RowsFinished(state) != truth.RowCount())
        {
            yield return $"{ApiName}: the run ended as {Report!.Outcome} at row {truth.RowsFinished(state)} of {truth.RowCount()}";
        }
    }

    private static bool IsTold(SyncReport report, RecordView state) =>
        report.Outcome == RunOutcome.NothingNew
            ? IsToldOver(report, state)
                || (state["lastRunError"] is null && state["lastRunEndedAt"] is null == (state["lastRunNumber"] is null))
            : IsToldOver(report, state)
                || (
                    state["lastRunNumber"] == report.RunNumber.ToString(CultureInfo.InvariantCulture)
                    && state["lastRunEndedAt"] is not null
                    && state["lastRunOutcome"]?.Replace(" (rejects tried again)", "", StringComparison.Ordinal)
                        == RunOutcomeText.From(report.Outcome, report.Rejected, report.Waiting));

    /// <summary>A later run or reset has told since; its own record among the runs stays.</summary>
    private static bool IsToldOver(SyncReport report, RecordView state) =>
        long.Parse(state["lastRunNumber"] ?? "0", CultureInfo.InvariantCulture) > report.RunNumber;
}
