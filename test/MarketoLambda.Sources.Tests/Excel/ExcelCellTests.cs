using MarketoLambda.Sources.Excel;
using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Values;

namespace MarketoLambda.Sources.Tests.Excel;

/// <summary>What a cell says is what Excel shows in it.</summary>
public sealed class ExcelCellTests : IDisposable
{
    private readonly DropFolder _folder = new();

    public static TheoryData<object?, string> Cells => new()
    {
        { "text", "'text'" },
        { " 007 ", "' 007 '" },
        { "00123", "'00123'" },
        { "ä€𝄞\nnext line", "'ä€𝄞\nnext line'" },
        { "", "nothing" },
        { null, "nothing" },
        { true, "True" },
        { false, "False" },
        { 12.5, "Decimal 12.5" },
        { new Cell("0.30000000000000004"), "Decimal 0.3" },
        { new Cell("19.989999999999998"), "Decimal 19.99" },
        { new Cell("1E3"), "Int64 1000" },
        { -7, "Int64 -7" },
        { 4711.0, "Int64 4711" },
        { new Cell("9007199254740992"), "Int64 9007199254740992" },
        { new Cell("1E+300"), "Double 1E+300" },
        { new Cell("1E-20"), "Double 1E-20" },
        { new Cell("1234", "00000"), "'01234'" },
        { new Cell("1234", "0"), "Int64 1234" },
        { new Cell("0.5", "0%"), "Decimal 0.5" },
        { new Cell("46000", "dd/mm/yyyy"), "DateOnly 2025-12-09" },
        { new Cell("46000.545138888889", "yyyy-mm-dd hh:mm"), "DateTime 2025-12-09T13:05:00" },
        { new Cell("46000", "yyyy-mm-dd hh:mm"), "DateTime 2025-12-09T00:00:00" },
        { new Cell("46000.5", "dd/mm/yyyy"), "DateTime 2025-12-09T12:00:00" },
        { new Cell("46000", "[$-407]d. mmmm yyyy;@"), "DateOnly 2025-12-09" },
        { new Cell("0.545138888888889", "h:mm AM/PM"), "'13:05:00'" },
        { new Cell("1.5", "[h]:mm"), "'36:00:00'" },
        { new Cell("3", "General") { Formula = "1+2" }, "Int64 3" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Cells), DisableDiscoveryEnumeration = true)]
    public async Task A_cell_has_the_value_that_excel_shows(object? cell, string expected)
    {
        // Given
        _folder.With("a.xlsx", Workbook.Of(["id", "it"], ["1", cell]));
        // When
        var reading = await _folder.ReadExcelAsync(columns: ["id", "it"]);
        // Then
        Assert.Equal(expected, KindReading.Shown(Assert.Single(reading.Records).Values[1]));
    }

    [Fact]
    public async Task Texts_of_several_formats_are_one_text()
    {
        _folder.With("a.xlsx", new Workbook { SharesTexts = true }.With("S", [["id", "it"], ["007", " a <b> "], ["", "x"]]).ToBytes());

        var reading = await _folder.ReadExcelAsync(columns: ["id", "it"]);

        Assert.Equal(["a.xlsx row 2='007'|' a <b> '", "a.xlsx row 3=''|'x'"], reading.Items.Shown());
    }

    [Fact]
    public async Task Days_of_a_workbook_that_counts_from_1904_are_the_same_days()
    {
        // Given
        var workbook = new Workbook { CountsFrom1904 = true }.With(
            "S",
            [
                ["id", "day", "time"],
                ["1", new Cell("44538", "dd/mm/yyyy"), new Cell("0.25", "h:mm")],
            ]);
        _folder.With("a.xlsx", workbook.ToBytes());
        // When
        var reading = await _folder.ReadExcelAsync(columns: ["day", "time"]);
        // Then
        Assert.Equal("a.xlsx row 2=DateOnly 2025-12-09|'06:00:00'", Assert.Single(reading.Items.Shown()));
    }

    [Fact]
    public async Task An_error_is_no_value_and_costs_its_row_unless_it_is_listed_as_nothing_or_not_needed()
    {
        // Given
        _folder.With(
            "a.xlsx",
            Workbook.Of(
                ["id", "it", "other"],
                ["1", Cell.Wrong("#N/A"), "x"],
                ["2", "y", Cell.Wrong("#DIV/0!")],
                ["3", Cell.Wrong("#REF!"), "z"]));
        // When
        var strict = await _folder.ReadExcelAsync(columns: ["id", "it"]);
        var lenient = await _folder.ReadExcelAsync(excel: new ExcelOptions { NullValues = ["#N/A"] }, columns: ["id", "it"]);
        // Then
        Assert.Equal(["2"], strict.Ids);
        Assert.Equal(
            [("a.xlsx row 2", "cell-error"), ("a.xlsx row 4", "cell-error")],
            strict.Unreadable.Select(item => (item.Location.ToString(), item.Code)));
        Assert.Equal(
            "\"it\" is the error #N/A, which is no value; correct the formula, or list #N/A in \"nullValues\" of the source if it stands "
                + "for nothing",
            strict.Unreadable[0].Reason);
        Assert.Equal(["a.xlsx row 2='1'|nothing", "a.xlsx row 3='2'|'y'"], lenient.Items.Shown().Take(2));
    }

    [Fact]
    public async Task A_formula_whose_result_nobody_calculated_is_not_taken_for_empty()
    {
        _folder.With("a.xlsx", Workbook.Of(["id", "it"], ["1", new Cell(null) { Formula = "A2&\"x\"" }]));

        var reading = await _folder.ReadExcelAsync(columns: ["id", "it"]);

        Assert.Equal("no-result", Assert.Single(reading.Unreadable).Code);
    }

    [Fact]
    public async Task A_cell_that_shows_the_value_of_another_is_not_taken_for_empty()
    {
        // Given
        var workbook = new Workbook().With(
            "S",
            [
                ["id", "a", "b"],
                ["1", "x", "y"],
                ["2", null, "y"],
                ["3", "x", null],
            ],
            "visible",
            "B2:B3",
            "B4:C4");
        _folder.With("a.xlsx", workbook.ToBytes());
        // When
        var reading = await _folder.ReadExcelAsync(columns: ["id", "a", "b"]);
        // Then
        Assert.Equal(["1"], reading.Ids);
        Assert.Equal(
            [("a.xlsx row 3", "merged-cell"), ("a.xlsx row 4", "merged-cell")],
            reading.Unreadable.Select(item => (item.Location.ToString(), item.Code)));
    }

    [Fact]
    public async Task Rows_are_named_as_excel_counts_them_and_empty_ones_are_left_out()
    {
        // Given
        _folder.With("a.xlsx", Workbook.Of(null, ["id", "it"], null, ["1", "x"], ["", " "], [null], ["2", "y"], null));
        // When
        var reading = await _folder.ReadExcelAsync();
        // Then
        Assert.Equal(["a.xlsx row 4='1'", "a.xlsx row 7='2'"], reading.Items.Shown());
        Assert.Equal(2, reading.End.LastFileRecords);
    }

    [Theory]
    [InlineData(null, 2)]
    [InlineData("excel", 2)]
    public async Task Dates_and_serial_numbers_are_cursors(string? format, int imported)
    {
        // Given
        var at = format is null ? "dd/mm/yyyy" : "General";
        _folder.With(
            "a.xlsx",
            Workbook.Of(["id", "at"], ["1", new Cell("45000", at)], ["2", new Cell("46000", at)], ["3", new Cell("46000.25", at)]));
        var options = KindReading.WithCursor("at") with { CursorFormat = format is null ? null : new TimeFormats([format]) };
        // When
        var reading = await _folder.ReadExcelAsync(
            Checkpoint.Start with
            {
                Mark = new(2025, 12, 9, 0, 0, 0, TimeSpan.Zero),
            },
            options: options);
        // Then
        Assert.Equal(imported, reading.Records.Count());
        Assert.Equal(new DateTimeOffset(2025, 12, 9, 6, 0, 0, TimeSpan.Zero), reading.End.Mark);
    }
}
