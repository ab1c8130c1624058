using System.Globalization;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Sources.Csv;
using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MarketoLambda.Sources.Tests.Files;

/// <summary>From many files to Marketo with the whole engine: what is finished, and the proof of it, is in Marketo alone.</summary>
public sealed class FilesInMarketoTests
{
    private const int Count = 150;

    private readonly MemoryFolder _folder = new();
    private readonly SyncScenario _scenario;

    public FilesInMarketoTests()
    {
        for (var number = 0; number < Count; number++)
        {
            Write(number, $"key-{number},1\n", age: TimeSpan.FromDays(1));
        }

        SwappedTime time = new();
        _scenario = new SyncScenario(new CsvFolderSource(_folder, Drop.Options with { SettleTime = TimeSpan.Zero }, time)).Initialized();
        time.Inner = _scenario.Time;
    }

    private long Calls => _scenario.Marketo.Calls.Arrived;

    private IReadOnlyList<RecordView> Pages =>
        [.. _scenario.Marketo.Records(RunFields.ObjectApiName).Where(record => record.Key.Contains("#files#", StringComparison.Ordinal))];

    [Fact]
    public void More_files_than_a_position_holds_are_remembered_beside_the_runs_and_nothing_new_costs_no_call_more()
    {
        // Given
        var first = _scenario.Run();
        // When
        var before = Calls;
        var cold = _scenario.Run();
        var callsOfCold = Calls - before;
        _scenario.Memory = new MemoryOfAnInstance();
        _scenario.Run();
        before = Calls;
        var warm = _scenario.Run();
        // Then
        Assert.Equal((RunOutcome.Succeeded, (long)Count), (first.Outcome, first.Accepted));
        Assert.Equal(["product_c#files#000000000", "product_c#files#000000001"], Pages.Select(page => page.Key));
        Assert.Equal((RunOutcome.NothingNew, RunOutcome.NothingNew), (cold.Outcome, warm.Outcome));
        Assert.InRange(callsOfCold, 1, 6); // as without files beyond the position
        Assert.Equal(0, Calls - before);
    }

    [Fact]
    public void A_file_finished_long_ago_and_repaired_now_is_imported_with_one_look_more()
    {
        // Given
        _scenario.Run();
        Write(Count, "key-x,1\n", TimeSpan.Zero);
        var before = Calls;
        _scenario.Run();
        var callsOfOrdinaryRun = Calls - before;
        // When
        Write(3, "key-3,7\n", TimeSpan.Zero);
        before = Calls;
        var report = _scenario.Run();
        // Then
        Assert.Equal((RunOutcome.Succeeded, 1L), (report.Outcome, report.Accepted));
        Assert.Equal("7", _scenario.Marketo.Records(SyncScenario.Product).Single(record => record.Key == "key-3")["amount"]);
        Assert.InRange(Calls - before, 1, callsOfOrdinaryRun + 1);
        Assert.Equal(0, _scenario.Run().Accepted); // the notice is over, which is recorded
        Assert.Equal(RunOutcome.NothingNew, _scenario.Run().Outcome);
    }

    [Fact]
    public void After_a_reset_everything_is_imported_again_and_remembered_anew()
    {
        // Given
        _scenario.Run();
        // When
        _scenario.Use(async services =>
            await services
                .GetRequiredService<JobReset>()
                .ResetAsync(
                    SyncScenario.Product,
                    to: null,
                    startsEpoch: false,
                    new RunDeadline(_scenario.Time, TimeSpan.FromMinutes(3), CancellationToken.None),
                    CancellationToken.None));
        var again = _scenario.Run();
        // Then
        Assert.Equal((RunOutcome.Succeeded, (long)Count), (again.Outcome, again.Accepted));
        Assert.Equal(RunOutcome.NothingNew, _scenario.Run().Outcome);
    }

    [Fact]
    public void Files_a_person_marks_as_finished_are_never_imported_and_the_run_is_in_the_history()
    {
        // Given: a position that an older version left
        _scenario.Use(async services =>
        {
            var states = services.GetRequiredService<StateStore>();
            var state = await states.ReadAsync(SyncScenario.Product, CancellationToken.None);
            await states.UpdateAsync(
                state with
                {
                    Checkpoint = Checkpoint.Start with
                    {
                        Resume = "{\"v\":1,\"floor\":\"file-099.csv\",\"done\":{}}",
                        LastFileName = "file-099.csv",
                    },
                },
                CancellationToken.None);
        });
        // When
        var asked = _scenario.Run();
        EditResult<ForgottenFiles>.Done? forgotten = null;
        _scenario.Use(async services =>
            forgotten = (EditResult<ForgottenFiles>.Done)await services
                .GetRequiredService<Sync.Runs.JobForget>()
                .ForgetAsync(
                    _scenario.Job,
                    "file-100.csv",
                    new RunDeadline(_scenario.Time, TimeSpan.FromMinutes(3), CancellationToken.None),
                    CancellationToken.None));
        var state = _scenario.State();
        var report = _scenario.Run();
        // Then
        Assert.Equal(RunOutcome.Failed, asked.Outcome);
        Assert.Contains("files forget JOB --before \"file-100.csv\"", asked.Error, StringComparison.Ordinal);
        Assert.Equal((100, 50), (forgotten!.What.Count, forgotten.What.Pending));
        Assert.Equal("Succeeded: 100 files marked as finished", state.LastRun?.Outcome);
        Assert.Equal((RunOutcome.Succeeded, 50L), (report.Outcome, report.Accepted));
        Assert.Equal("key-100", _scenario.Marketo.Records(SyncScenario.Product).Select(record => record.Key).Min(StringComparer.Ordinal));
        Assert.Equal(RunOutcome.NothingNew, _scenario.Run().Outcome);
    }

    private void Write(int number, string rows, TimeSpan age) =>
        _folder.Write(string.Create(CultureInfo.InvariantCulture, $"file-{number:000}.csv"), $"Key,Value\n{rows}", Drop.Noon - age);
}
