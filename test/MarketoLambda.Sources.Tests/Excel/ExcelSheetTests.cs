using System.Text;
using MarketoLambda.Sources.Csv;
using MarketoLambda.Sources.Excel;
using MarketoLambda.Sources.Tests.Support;

namespace MarketoLambda.Sources.Tests.Excel;

/// <summary>Sheets, headers, and files that are no workbooks: each mistake is one sentence with its remedy.</summary>
public sealed class ExcelSheetTests : IDisposable
{
    private const string Wait = ". Correct the file or move it out of the folder: until then it and the files after it wait";

    private readonly DropFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null, "shown")]
    [InlineData("Two", "two")]
    [InlineData(" two ", "two")]
    [InlineData("Hidden & co", "hidden")]
    public async Task The_first_sheet_whose_tab_is_shown_is_read_or_the_one_that_is_named(string? sheet, string expected)
    {
        // Given
        var workbook = new Workbook().WithChart("Chart").With("Hidden & co", [["id"], ["hidden"]], "hidden")
            .With("One", [["id"], ["shown"]]).With("Two", [["id"], ["two"]]);
        _folder.With("a.xlsx", workbook.ToBytes());
        // When
        var reading = await _folder.ReadExcelAsync(excel: new ExcelOptions { Sheet = sheet });
        // Then
        Assert.Equal([expected], reading.Ids);
    }

    [Fact]
    public async Task A_sheet_that_is_not_there_is_told_with_those_that_are() => await RefusesAsync(
        new Workbook().With("Orders", [["id"]]).With("Customers", [["id"]]).ToBytes(),
        "a.xlsx has no sheet \"Order\" (did you mean \"Orders\"?); its sheets are \"Orders\", \"Customers\". "
        + "Correct \"sheet\" in the job file, or the file, or move it out of the folder: until then it and the files after it wait",
        new ExcelOptions { Sheet = "Order" });

    [Fact]
    public async Task Names_over_columns_are_compared_as_those_of_csv()
    {
        _folder.With("a.xlsx", Workbook.Of(["note", "Serial\n Number", 2026], ["x", "1", "y"]));

        var reading = await _folder.ReadExcelAsync(columns: ["serial number", "2026"]);

        Assert.Equal("a.xlsx row 2='1'|'y'", Assert.Single(reading.Items.Shown()));
    }

    [Fact]
    public async Task A_missing_column_is_told_with_those_that_are_there() =>
        await RefusesAsync(
            Workbook.Of(["idd", "note"], ["1", "x"]),
            "a.xlsx has no column \"id\" (did you mean \"idd\"?); its columns are \"idd\", \"note\". "
                + "Correct the column's name in the job file, or correct the file or move it out of the folder: until then it and the "
                + "files after it wait",
            columns: ["id", "note"]);

    [Fact]
    public async Task A_header_further_down_is_found_and_its_row_is_named() => await RefusesAsync(
        Workbook.Of(["Report of May"], null, ["id"], ["1"]),
        "a.xlsx has its header in row 3; set \"headerRow\": 3. "
        + "Correct the job file, or correct the file or move it out of the folder: until then it and the files after it wait");

    [Fact]
    public async Task Rows_before_the_header_totals_and_the_header_again_are_left_out()
    {
        // Given
        _folder.With("a.xlsx", Workbook.Of(["id"], null, ["id", "it"], ["1", "x"], ["ID", "it"], [" total ", 7], ["2", "y"]));
        ExcelOptions options = new() { RowsBeforeHeader = 2, Excluded = [new ExcludedRows("id", ["Total"])] };
        // When
        var reading = await _folder.ReadExcelAsync(excel: options);
        // Then
        Assert.Equal(["a.xlsx row 4='1'", "a.xlsx row 7='2'"], reading.Items.Shown());
        Assert.Equal(
            ["a.xlsx row 5: 1 row of this file has the header's names in them, the first here; they are left out"],
            reading.Notices);
    }

    [Fact]
    public async Task Merged_cells_in_the_header_are_refused() => await RefusesAsync(
        new Workbook().With("S", [["id", "address"], ["1", "a", "b"]], "visible", "B1:C1").ToBytes(),
        "a.xlsx has merged cells in its header, columns B to C of row 1; unmerge them, and give each column a name of its own" + Wait);

    [Fact]
    public async Task A_column_with_values_and_without_a_name_is_refused_but_not_an_empty_one()
    {
        _folder.With("0.xlsx", Workbook.Of([null, "id", null, "it", null], [null, "1", null, "x", "a note beside the table"]));
        Assert.Equal(["1"], (await _folder.ReadExcelAsync()).Ids);

        await RefusesAsync(
            Workbook.Of(["id", null, "it"], ["1"], ["2", "x", "y"]),
            "a.xlsx has no name over column B in its header, row 1, but a value below it, in row 3; give the column a name" + Wait);
    }

    [Fact]
    public async Task The_same_name_twice_is_refused_where_it_is_needed() => await RefusesAsync(
        Workbook.Of(["id", "x", "ID"], ["1", "2", "3"]),
        "a.xlsx has the name \"id\" over several columns, and the job needs it; each needs its own" + Wait);

    [Fact]
    public async Task An_empty_sheet_is_refused() =>
        await RefusesAsync(Workbook.Of(), "a.xlsx has an empty sheet; even one without rows needs its header" + Wait);

    [Fact]
    public async Task A_workbook_with_a_header_alone_has_no_rows()
    {
        _folder.With("a.xlsx", Workbook.Of(["id"]));

        Assert.Equal(["a.xlsx: the file has a header but no rows"], (await _folder.ReadExcelAsync()).Notices);
    }

    [Theory]
    [InlineData("id,it\n1,x\n", "is no Excel workbook but text, perhaps CSV; save it as .xlsx, or read it as CSV")]
    [InlineData("\n<html><table>", "is no Excel workbook but a web page or XML; open it in Excel and save it as .xlsx, or fetch it again")]
    [InlineData("\0\0junk", "is no Excel workbook (.xlsx); open it in Excel and save it as .xlsx")]
    [InlineData("PK\u0003\u0004 and then nothing", "is a damaged workbook; open it in Excel, let it be repaired there, and save it again")]
    public async Task What_is_no_workbook_is_told_in_one_sentence(string content, string problem) =>
        await RefusesAsync(Encoding.UTF8.GetBytes(content), $"a.xlsx {problem}{Wait}");

    [Fact]
    public async Task Old_and_protected_workbooks_and_other_archives_are_told_apart()
    {
        byte[] old = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[2000]];
        await RefusesAsync(
            old,
            "a.xlsx is an old Excel workbook (.xls) or another Office file; open it in Excel and save it as .xlsx" + Wait);
        await RefusesAsync(
            [.. old, .. Encoding.Unicode.GetBytes("EncryptedPackage")],
            "a.xlsx is protected by a password; save it without one" + Wait);
        await RefusesAsync(Drop.Gzip(Workbook.Of(["id"])), "a.xlsx is packed with gzip; unpack it: a workbook is packed already" + Wait);
        await RefusesAsync(
            Workbook.Zip(new Dictionary<string, string> { ["a.csv"] = "id" }),
            "a.xlsx is a zip archive and no Excel workbook; unpack it, or save the workbook as .xlsx" + Wait);
        await RefusesAsync(
            Workbook.Zip(new Dictionary<string, string> { ["xl/workbook.bin"] = "x" }),
            "a.xlsx is a binary workbook (.xlsb); save it as .xlsx" + Wait);
    }

    [Fact]
    public async Task A_workbook_that_is_too_large_for_memory_is_refused()
    {
        // Given
        var path = Path.Combine(_folder.Path, "a.xlsx");
        await using (var file = File.Create(path))
        {
            file.SetLength(ExcelPackage.MaxBytes + 1);
        }

        File.SetLastWriteTimeUtc(path, Drop.Noon.UtcDateTime.AddHours(-1));
        // When
        var refusal = await _folder.RefusalAsync(new ExcelFormat(new ExcelOptions()));
        // Then
        Assert.Equal(
            "a.xlsx has 67,108,865 bytes, and workbooks of at most 64 MB are read; cut it, or save it as CSV" + Wait,
            refusal.Message);
    }

    [Fact]
    public async Task Lock_files_of_excel_are_not_there()
    {
        _folder.With("~$a.xlsx", "lock").With("a.xlsx", Workbook.Of(["id"], ["1"]));

        Assert.Equal(["1"], (await _folder.ReadExcelAsync()).Ids);
    }

    private async Task RefusesAsync(byte[] content, string sentence, ExcelOptions? options = null, params string[] columns)
    {
        _folder.Without("0.xlsx").With("a.xlsx", content);

        Assert.Equal(sentence, (await _folder.RefusalAsync(new ExcelFormat(options ?? new ExcelOptions()), columns)).Message);
    }
}
