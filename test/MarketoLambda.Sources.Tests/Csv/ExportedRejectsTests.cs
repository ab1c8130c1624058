using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Faults;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;

namespace MarketoLambda.Sources.Tests.Csv;

/// <summary>
/// What <c>rejects export</c> wrote, corrected and dropped again under any name, is imported and closes its rejects: section E of issue 12.
/// </summary>
public sealed class ExportedRejectsTests : IDisposable
{
    private RejectHost _desk = new();

    public void Dispose() => _desk.Dispose();

    [Theory]
    [InlineData("00.csv")]
    [InlineData("01-corrected.csv")]
    [InlineData("zz.csv")]
    public void A_corrected_export_is_imported_under_any_name_and_closes_its_rejects(string name)
    {
        // Given
        _desk.Drop("01.csv", "a,1", "b,two", ",3");
        _desk.Drop("02.csv", "d,4");
        _desk.Run();
        var sheet = _desk.Export();

        // When
        _desk.Write(name, [sheet[0], sheet[1].Replace("two", "2", StringComparison.Ordinal), $"c{sheet[2]}"]);
        var report = _desk.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, 0L, 2L), (report.Outcome, report.OpenRejects, report.Accepted));
        Assert.Equal(("1", "2", "3", "4"), (_desk.Amount("a"), _desk.Amount("b"), _desk.Amount("c"), _desk.Amount("d")));
        Assert.Equal(["1 Resolved", "2 Resolved"], _desk.Stages());
        Assert.Empty(report.Notices);
    }

    [Theory]
    [InlineData("00.csv")]
    [InlineData("zz.csv")]
    public void A_corrected_row_never_lands_on_a_newer_version_that_came_meanwhile(string name)
    {
        // Given
        _desk.Drop("01.csv", "b,two");
        _desk.Run();
        var sheet = _desk.Export();
        _desk.Drop("02.csv", "b,22");
        _desk.Run();

        // When
        _desk.Write(name, Corrected(sheet));
        var report = _desk.Run();

        // Then
        Assert.Equal("22", _desk.Amount("b"));
        Assert.Equal("correction-late", Assert.Single(report.Notices).Code);
    }

    [Theory]
    [InlineData("00.csv")]
    [InlineData("zz.csv")]
    public void Nor_on_one_that_comes_in_the_same_run(string name)
    {
        // Given
        _desk.Drop("01.csv", "b,two");
        _desk.Run();

        // When
        _desk.Write(name, Corrected(_desk.Export()));
        _desk.Drop("02.csv", "b,22");
        var report = _desk.Run();

        // Then
        Assert.Equal(("22", 0L), (_desk.Amount("b"), report.OpenRejects));
    }

    [Fact]
    public void Of_two_rejects_of_one_key_the_later_one_stays_whatever_the_order_of_their_rows()
    {
        // Given
        _desk.Drop("01.csv", "b,two");
        _desk.Drop("02.csv", "b,zwei");
        _desk.Run();
        var sheet = _desk.Export();

        // When
        _desk.Write(
            "00.csv",
            [sheet[0], sheet[2].Replace("zwei", "22", StringComparison.Ordinal), sheet[1].Replace("two", "2", StringComparison.Ordinal)]);
        var report = _desk.Run();

        // Then
        Assert.Equal(("22", 0L), (_desk.Amount("b"), report.OpenRejects));
    }

    [Theory]
    [InlineData("00.csv")]
    [InlineData("zz.csv")]
    public void A_key_that_was_filled_in_and_is_in_a_later_row_already_is_not_sent(string name)
    {
        // Given
        _desk.Drop("01.csv", ",3", "x,1");
        _desk.Drop("02.csv", "c,33");
        _desk.Run();

        // When
        var sheet = _desk.Export();
        _desk.Write(name, [sheet[0], $"c{sheet[1]}"]);
        var report = _desk.Run();

        // Then
        Assert.Equal(("33", 1L), (_desk.Amount("c"), report.OpenRejects));
        Assert.Equal("correction-older", Assert.Single(report.Notices).Code);
    }

    [Fact]
    public void A_key_that_was_filled_in_and_is_in_an_earlier_row_only_is_sent()
    {
        // Given
        _desk.Drop("01.csv", "c,1");
        _desk.Drop("02.csv", "c,2", ",3");
        _desk.Run();

        // When
        var sheet = _desk.Export();
        _desk.Write("00.csv", [sheet[0], $"c{sheet[1]}"]);
        var report = _desk.Run();

        // Then
        Assert.Equal(("3", 0L), (_desk.Amount("c"), report.OpenRejects));
    }

    [Fact]
    public void A_late_file_does_not_land_on_what_was_corrected_and_a_newer_one_does()
    {
        // Given
        _desk.Drop("02.csv", ",2");
        _desk.Drop("05.csv", "z,0");
        _desk.Run();
        var sheet = _desk.Export();
        _desk.Write("99.csv", [sheet[0], $"c{sheet[1]}"]);
        _desk.Run();

        // When
        _desk.Drop("01.csv", "c,1");
        _desk.Run();
        var afterOlder = _desk.Amount("c");
        _desk.Drop("03.csv", "c,3");
        _desk.Run();

        // Then
        Assert.Equal(("2", "3"), (afterOlder, _desk.Amount("c")));
    }

    [Fact]
    public void What_is_still_wrong_stays_the_same_reject()
    {
        // Given
        _desk.Drop("01.csv", "b,two");
        _desk.Run();

        // When
        _desk.Write("00.csv", _desk.Export());
        var report = _desk.Run();

        // Then
        var row = Assert.Single(_desk.Rejects());
        Assert.Equal((1L, 2L, "01.csv"), (row.Number, row.Attempts, row.Location.Container));
        Assert.Equal(1L, report.OpenRejects);
    }

    [Fact]
    public void A_row_that_names_no_reject_is_imported_like_any_other()
    {
        // Given
        _desk.Drop("01.csv", "b,two");
        _desk.Run();

        // When
        _desk.Write("02.csv", [.. Corrected(_desk.Export()), "e,5,,,"]);
        var report = _desk.Run();

        // Then
        Assert.Equal(("2", "5", 0L), (_desk.Amount("b"), _desk.Amount("e"), report.OpenRejects));
    }

    [Fact]
    public void A_run_that_dies_on_the_way_sends_the_corrected_row_again()
    {
        // Given
        _desk.Drop("01.csv", "b,two");
        _desk.Run();
        _desk.Write("00.csv", Corrected(_desk.Export()));
        _desk.Scenario.Marketo.Faults.On(CallKind.Sync, Fault.Code("603"), objectName: SyncScenario.Product);

        // When
        var failed = _desk.Scenario.RunOnce();
        var next = _desk.Run();

        // Then
        Assert.Equal((RunOutcome.Failed, 1L), (failed.Outcome, failed.OpenRejects));
        Assert.Equal(("2", 0L), (_desk.Amount("b"), next.OpenRejects));
    }

    [Fact]
    public void With_a_cursor_a_corrected_row_passes_the_mark()
    {
        // Given
        _desk.Dispose();
        _desk = new RejectHost("at");
        _desk.Drop("01.csv", "a,1,2026-01-01", "b,two,2026-01-02", "c,3,2026-01-03", ",4,2026-01-01");
        _desk.Run();
        var sheet = _desk.Export();

        // When
        _desk.Write("00.csv", [sheet[0], sheet[1].Replace("two", "2", StringComparison.Ordinal), $"d{sheet[2]}"]);
        var report = _desk.Run();

        // Then
        Assert.Equal(("2", "4", 0L), (_desk.Amount("b"), _desk.Amount("d"), report.OpenRejects));
    }

    [Fact]
    public void A_reject_of_another_job_or_of_numbers_that_began_anew_is_not_meant()
    {
        // Given
        _desk.Drop("01.csv", "b,two");
        _desk.Run();
        var sheet = _desk.Export();

        // When
        _desk.Write(
            "00.csv",
            [sheet[0], sheet[1].Replace("01.csv", "other.csv", StringComparison.Ordinal).Replace("two", "2", StringComparison.Ordinal)]);
        var report = _desk.Run();

        // Then
        Assert.Null(_desk.Amount("b"));
        Assert.Equal("correction-late", Assert.Single(report.Notices).Code);
        Assert.Equal(1L, report.OpenRejects);
    }

    private static IEnumerable<string> Corrected(IEnumerable<string> sheet) =>
        sheet.Select(line => line.Replace("two", "2", StringComparison.Ordinal));
}
