using MarketoLambda.Emulator.Faults;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;
using MarketoLambda.Testing.Simulation;

namespace MarketoLambda.Sync.Tests.Targets;

/// <summary>
/// Row by row of the error table, for each target and each call that writes to it: what becomes of records and run is what the row says,
/// and whatever it is, the next run brings every record to its end.
/// </summary>
public sealed class ErrorTableTests
{
    private const int Rows = 3;

    public static TheoryData<string, string> WholeCalls =>
        [.. from target in FaultyTarget.Names from error in MarketoErrorCatalog.All select (target, error.Code)];

    public static TheoryData<string, string> SingleRecords =>
        [.. from target in FaultyTarget.Names from mishap in Mishaps.RecordCodes select (target, mishap.Error!.Code)];

    public static TheoryData<string, string> EveryRecord =>
        [.. SingleRecords.Where(row => MarketoErrorCatalog.Find(row.Data.Item2).MeansMisconfigured)];

    [Theory]
    [MemberData(nameof(WholeCalls))]
    public void A_call_that_fails_is_repeated_or_stops_the_run_as_its_row_says_and_rejects_nobody(string name, string code)
    {
        // Given
        var (target, error) = (FaultyTarget.Find(name), MarketoErrorCatalog.Find(code));
        var scenario = target.Open();
        Fail(scenario, target, error);

        // When
        var first = scenario.Run();
        scenario.Time.Advance(TimeSpan.FromDays(1)); // calls are left again
        var second = scenario.Run();

        // Then
        Assert.Equal(Passes(error) && !IsOwned(target, error), first.Outcome == RunOutcome.Succeeded);
        Assert.True(first.Outcome == RunOutcome.Succeeded || first.Error is not null);
        Assert.Contains(second.Outcome, new[] { RunOutcome.Succeeded, RunOutcome.NothingNew });
        Assert.Equal((0, (long)Rows), (scenario.Marketo.Count(RejectFields.ObjectApiName), first.Accepted + second.Accepted));
        Assert.Equal(Rows, target.CountIn(scenario.Marketo));
    }

    [Theory]
    [MemberData(nameof(SingleRecords))]
    public void A_record_that_is_refused_is_rejected_or_waits_or_counts_as_done_as_its_row_says(string name, string code)
    {
        // Given
        var (target, error) = (FaultyTarget.Find(name), MarketoErrorCatalog.Find(code));
        var scenario = target.Open();
        Refuse(scenario, target, Fault.SkipRecords(code, message: null, target.SecondKey));

        // When
        var report = scenario.Run();

        // Then
        var rejects = scenario.Marketo.Records(RejectFields.ObjectApiName);
        if (IsOwned(target, error))
        {
            Assert.Equal((RunOutcome.Failed, 0L, 0), (report.Outcome, report.Accepted, rejects.Count));
            return;
        }

        var isDone = error.IsDuplicateInCall || (target.TakesNoChange && error.MeansNoChange);
        Assert.Equal((RunOutcome.Succeeded, isDone ? Rows : Rows - 1L), (report.Outcome, report.Accepted));
        Assert.Equal(isDone ? [] : [code], rejects.Select(reject => reject[RejectFields.Code.Name]));
        Assert.All(rejects, reject => Assert.Equal(error.MeansNotFound ? "waiting" : "open", reject[RejectFields.Stage.Name]));
        Assert.Equal(error.MeansNotFound && !isDone ? (1, 0) : (0, isDone ? 0 : 1), (report.Waiting, report.Rejected));
    }

    [Theory]
    [MemberData(nameof(EveryRecord))]
    public void A_code_that_says_of_every_record_that_the_job_is_wrong_stops_the_run_and_rejects_nobody(string name, string code)
    {
        // Given
        var target = FaultyTarget.Find(name);
        var scenario = target.Open();
        Refuse(scenario, target, Fault.SkipRecords(code));

        // When
        var first = scenario.Run();
        var second = scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Failed, 0L), (first.Outcome, first.Accepted));
        Assert.Contains(code, first.Error, StringComparison.Ordinal);
        Assert.Equal((RunOutcome.Succeeded, (long)Rows), (second.Outcome, second.Accepted));
        Assert.Equal((0, Rows), (scenario.Marketo.Count(RejectFields.ObjectApiName), target.CountIn(scenario.Marketo)));
    }

    /// <summary>The next try goes through, or the same records in smaller calls do.</summary>
    private static bool Passes(MarketoError error) =>
        error.MayBeContent
        || error.Disposition is Disposition.RenewToken or Disposition.Throttled or Disposition.Transient or Disposition.Ambiguous;

    private static bool IsOwned(FaultyTarget target, MarketoError error) => target.IsOwnable && error.MeansOwnedByCrm;

    /// <summary>The first write of records fails with that row of the table, once.</summary>
    private static void Fail(SyncScenario scenario, FaultyTarget target, MarketoError error)
    {
        var mishap = Mishaps.At(StepKind.Write).First(mishap => mishap.Error?.Code == error.Code);
        if (mishap.Fault is { } fault)
        {
            Refuse(scenario, target, fault);
        }
        else
        {
            NotSentOnce wire = new(error == MarketoErrorCatalog.HostUnknown, target.FirstWrite);
            scenario.Network = wire.Before;
        }
    }

    private static void Refuse(SyncScenario scenario, FaultyTarget target, Fault fault) =>
        scenario.Marketo.Faults.On(target.Kind, fault, nth: target.FirstWrite, objectName: target.EmulatedName);
}
