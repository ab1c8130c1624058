using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Faults;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Sources.Csv;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;

namespace MarketoLambda.Sources.Tests.Csv;

/// <summary>Whoever corrects a file and drops it again gets what was rejected, with a cursor too.</summary>
public sealed class CorrectedFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("corrected-");
    private readonly SyncScenario _scenario;

    public CorrectedFileTests()
    {
        CsvFolderSource source = new(
            _folder.FullName,
            new CsvFolderOptions { CursorColumn = "at", SettleTime = TimeSpan.Zero },
            TimeProvider.System);
        _scenario = new SyncScenario(source) { KeepsRejectsInMarketo = true }.Initialized();
        _scenario.Job = _scenario.Job with
        {
            Fields = [new FieldMapping("sku", "id"), new FieldMapping("amount", "amount")],
            StopAbovePercentRejected = 100,
        };
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_corrected_row_below_the_mark_comes_in_and_its_neighbours_do_not_come_again_issue_12_E()
    {
        // Given
        Drop("01.csv", "a,1,2026-01-01", "b,two,2026-01-02", "c,3,2026-01-03");
        var first = _scenario.Run();

        // When
        Drop("02.csv", "a,1,2026-01-01", "b,2,2026-01-02", "c,3,2026-01-03");
        var second = _scenario.Run();

        // Then
        Assert.Equal((1L, 0L), (first.OpenRejects, second.OpenRejects));
        Assert.Equal("2", Amount("b"));
        Assert.Single(_scenario.Marketo.Sent(SyncScenario.Product, "a"));
        Assert.Equal(1L, second.Skipped);
    }

    [Fact]
    public void A_run_that_ends_before_marketo_has_the_corrected_row_does_not_lose_it()
    {
        // Given
        Drop("01.csv", "b,two,2026-01-02", "c,3,2026-01-03");
        _scenario.Run();
        Drop("02.csv", "b,2,2026-01-02");
        _scenario.Marketo.Faults.On(CallKind.Sync, Fault.Code("603"), objectName: SyncScenario.Product);

        // When
        var failed = _scenario.RunOnce();
        var next = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Failed, 1L), (failed.Outcome, failed.OpenRejects));
        Assert.Equal((RunOutcome.Succeeded, 0L), (next.Outcome, next.OpenRejects));
        Assert.Equal("2", Amount("b"));
    }

    [Fact]
    public void A_row_older_than_the_rejected_version_stays_below_the_mark()
    {
        // Given: version of January 2 is in, that of January 4 was rejected
        Drop("01.csv", "b,2,2026-01-02", "c,3,2026-01-05");
        _scenario.Run();
        Drop("02.csv", "b,four,2026-01-06", "c,3,2026-01-07");
        _scenario.Run();

        // When: a file repeats an older one
        Drop("03.csv", "b,1,2026-01-01");
        var report = _scenario.Run();

        // Then
        Assert.Equal(1L, report.OpenRejects);
        Assert.Equal("2", Amount("b"));
    }

    [Fact]
    public void A_full_export_that_repeats_the_bad_row_every_night_has_one_reject_of_it()
    {
        // When
        foreach (var night in Enumerable.Range(1, 4))
        {
            Drop($"0{night}.csv", "a,1,2026-01-01", "b,two,2026-01-02", $"c,{night},2026-01-0{night + 2}");
            _scenario.Run();
        }

        // Then
        var row = Assert.Single(Rows());
        Assert.Equal(("open", "4", "04.csv"), (row["stage"], row["attempts"], row["source"]));
    }

    [Fact]
    public void Rejects_without_a_key_are_over_when_their_file_comes_again_in_order_issue_12_E()
    {
        // Given: too many cells, no key, no time
        Drop("01.csv", "a,1,2026-01-01", "b,2,2026-01-02,more", ",3,2026-01-03", "d,4,yesterday", "e,5,2026-01-05");
        var first = _scenario.Run();

        // When: two rows are corrected, and the last bad one is taken out
        Drop("01.csv", "a,1,2026-01-01", "b,2,2026-01-02", "c,3,2026-01-03", "e,5,2026-01-05");
        var second = _scenario.Run();

        // Then
        Assert.Equal((3L, 0L), (first.OpenRejects, second.OpenRejects));
        Assert.Equal(("2", "3"), (Amount("b"), Amount("c")));
    }

    private void Drop(string name, params string[] rows) =>
        File.WriteAllText(Path.Combine(_folder.FullName, name), $"id,amount,at\n{string.Join('\n', rows)}\n");

    private string? Amount(string key) => Assert.Single(_scenario.Marketo.Find(SyncScenario.Product, key))["amount"];

    private List<RecordView> Rows() =>
        [.. _scenario.Marketo.Records(RejectFields.ObjectApiName).OrderBy(row => row.Key, StringComparer.Ordinal)];
}
