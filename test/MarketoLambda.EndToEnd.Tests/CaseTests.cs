namespace MarketoLambda.EndToEnd.Tests;

/// <summary>
/// What real files hold, from public reports of people who import them: each case, by its number, from the job file to what is in Marketo.
/// </summary>
public sealed class CaseTests
{
    private const string Waits = "Correct the file or move it out of the folder: until then it and the files after it wait.";

    [Fact]
    public void Case_01_UTF_16_without_a_mark_is_recognised() =>
        CaseImport.Run("01-utf16-without-bom/c10-utf16-nobom", land: ["A1 | Привет", "A2 | Łan", "A3 | plain"]);

    [Theory]
    [InlineData("i2-big5-ff", "line 2 has bytes that are no big5 text")]
    [InlineData("i2-euc-kr-ff", "line 2 has bytes that are no euc-kr text")]
    [InlineData("i2-shift_jis-ff", "line 2 has bytes that are no shift_jis text")]
    [InlineData("i2-windows-1252-81", "line 2 has bytes that are no windows-1252 text")]
    [InlineData("i3-iso8859-1-smart", "bytes that iso-8859-1 does not have; this looks like windows-1252")]
    public void Case_02_Bytes_without_meaning_are_refused(string folder, string told) =>
        CaseImport.Run($"02-bytes-without-meaning/{folder}", tell: [told]);

    [Theory]
    [InlineData("c12-mid-bom", "A1 | x; A2 | y; B1 | x; B2 | y")]
    [InlineData("g1-rep-header", "A1 | x; A2 | y")]
    public void Case_03_A_mark_in_a_row_is_dropped_and_the_header_again_is_told(string folder, string records) =>
        CaseImport.Run(
            $"03-bom-inside-and-header-again/{folder}",
            land: records.Split("; "),
            tell: ["1 row of this file has the header's names"]);

    [Fact]
    public void Case_04_What_lies_behind_the_last_gzip_member_is_never_lost() =>
        CaseImport.Run("04-gzip-with-something-behind/g2-gz-plus-plain", tell: ["something behind its end that is not gzip"]);

    [Fact]
    public void Case_05_A_date_needs_day_month_and_a_year_of_four_digits() =>
        CaseImport.Run(
            "05-date-without-year/d-en-US",
            land:
            [
                "00 2026-11-23 | 2026-11-23 | 2026-11-22T23:00:00Z",
                "02 2026/11/23 | 2026-11-23 | 2026-11-22T23:00:00Z",
                "03 2026.11.23 | 2026-11-23 | 2026-11-22T23:00:00Z",
                "04 1/2/2024 | 2024-01-02 | 2024-01-01T23:00:00Z",
                "12 24-Jan-1999 | 1999-01-24 | 1999-01-23T23:00:00Z",
                "22 9999-12-31 | 9999-12-31 | 9999-12-30T23:00:00Z",
                "23 9999-12-31T23:59:59Z | 9999-12-31 | 9999-12-31T23:59:59Z",
                "32 2026-11-23 18:05:09.1234567890 | 2026-11-23 | 2026-11-23T17:05:09Z",
                "33 2026-11-23T18:05:09,123 | 2026-11-23 | 2026-11-23T17:05:09Z",
                "34 2026-11-23T18:05:09 UTC | 2026-11-23 | 2026-11-23T18:05:09Z",
                "35 2026-11-23T18:05:09+0200 | 2026-11-23 | 2026-11-23T16:05:09Z",
                "36 2026-11-23T18:05:09+02 | 2026-11-23 | 2026-11-23T16:05:09Z",
                "41 1/2/2024 3:04 PM | 2024-01-02 | 2024-01-02T14:04:00Z",
                "42 1/2/2024 3:04:05\u202fPM | 2024-01-02 | 2024-01-02T14:04:05Z",
                "43 1/2/2024 03:04:05 a. m. | 2024-01-02 | 2024-01-02T02:04:05Z",
                "44 2024-01-02 3:04 PM | 2024-01-02 | 2024-01-02T14:04:00Z",
                "45 12/31/1899 | 1899-12-31 | 1899-12-30T23:00:00Z",
                "49 2026-10-25T02:30:00 | 2026-10-25 | 2026-10-25T01:30:00Z",
                "50 1800-01-01 | 1800-01-01 | 1799-12-31T23:06:00Z",
                "54 Mon, 23 Nov 2026 18:05:09 GMT | 2026-11-23 | 2026-11-23T18:05:09Z",
                "55 2026-11-23T18:05:09.000+0000 | 2026-11-23 | 2026-11-23T18:05:09Z",
                "58 2024-01-02 00:00:00+00 | 2024-01-02 | 2024-01-02T00:00:00Z",
                "62 23. November 2026 | 2026-11-23 | 2026-11-22T23:00:00Z",
                "68 2026-1-2 | 2026-01-02 | 2026-01-01T23:00:00Z",
                "69 2026-01-02  | 2026-01-02 | 2026-01-01T23:00:00Z",
            ],
            wrongType: 45);

    [Fact]
    public void Case_07_A_quote_that_swallows_rows_is_told() =>
        CaseImport.Run(
            "07-quote-in-unquoted-file/h1b-tsv-swallow",
            land: ["A1 | Foo\tn1\nA2\tb\tn2\nA3\tc\tn3\nA4\td | n4", "A5 | e | n5"],
            tell: ["a quoted cell with lines in it that look like rows, the first here"]);

    [Fact]
    public void Case_07_Quotes_that_are_text_swallow_nothing_where_the_job_says_so() =>
        CaseImport.Run(
            "07-quote-in-unquoted-file/h1b-tsv-swallow",
            source: """ "quote": "none" """,
            land: ["A1 | \"Foo | n1", "A2 | b | n2", "A3 | c | n3", "A4 | d\" | n4", "A5 | e | n5"]);

    [Fact]
    public void Case_08_A_marker_is_empty_before_everything_else() =>
        CaseImport.Run(
            "08-null-words",
            source: """ "nullValues": ["\\N", "NULL", "null", "N/A", "#N/A"] """,
            land: ["A1 | -", "A2 | -", "A3 | -", "A4 | -", "A5 | -", "A6 | -"],
            reject: ["a.csv line 8 missing-key", "a.csv line 9 missing-key"]);

    [Fact]
    public void Case_09_What_is_written_for_excel_is_unwrapped_where_the_job_says_so() =>
        CaseImport.Run(
            "09-excel-text-formula",
            source: """ "excelText": "unwrap" """,
            land: ["0012 | x | 7", "0013 | y | 1", "0014 | z | 1", "1.23E+12 | w | 1", "+1 | v | 1"],
            tell: ["1 value of \"Serial Number\" is a key such as 1.23E+12"]);

    [Fact]
    public void Case_09_What_is_written_for_excel_is_told_where_the_job_says_nothing() =>
        CaseImport.Run(
            "09-excel-text-formula",
            land: ["=\"0013\" | y | 1", "'0014 | z | 1", "1.23E+12 | w | 1", "+1 | v | 1"],
            reject: ["a.csv line 2 wrong-type"],
            tell: ["4 values of \"Quantity\", \"Serial Number\" are written for Excel", "1 value of \"Serial Number\" is a key such as"]);

    [Fact]
    public void Case_10_A_blank_before_a_quote_is_no_part_of_the_cell() =>
        CaseImport.Run("10-blank-before-quote", land: ["A1 | Foo | a, b", "A2 | Bar | c"]);

    [Fact]
    public void Case_12_Without_a_culture_no_sign_stands_between_thousands() =>
        CaseImport.Run(
            "12-thousands-without-culture",
            land:
            [
                "00 1 | 1",
                "01 1.0 | 1.0",
                "11 100- | -100",
                "17 1e3 | 1000",
                "18 1.23E+12 | 1230000000000",
                "20 -0 | 0",
                "21 −5 | -5",
                "24 .5 | 0.5",
                "25 5. | 5",
                "28 9223372036854775807 | 9223372036854775807",
                "29 9223372036854775808 | 9223372036854775808",
                "31 0.1234567890123456789012345678901 | 0.1234567890123456789012345679",
                "32 +7 | 7",
                "33  8  | 8",
                "37 5- | -5",
                "41 1.5E-3 | 0.0015",
                "44 1.10 | 1.10",
                "45 0012 | 12",
                "46 1.0000000000000000000000000000000001 | 1.0000000000000000000000000000",
                "47 -.5 | -0.5",
            ],
            wrongType: 30);

    [Fact]
    public void Case_13_Whatever_is_one_whole_number_is_that_number() =>
        CaseImport.Run(
            "13-whole-numbers-with-decimals",
            land: ["A1 | x | 1", "A2 | y | -", "A3 | z | 12", "A4 | w | 1230", "A6 | u | 7"],
            reject: ["a.csv line 6 wrong-type"]);

    [Theory]
    [InlineData(""" "nullValues": "00000000" """)]
    [InlineData(""" "nullValues": ["\\N", "00000000"] """)]
    public void Case_14_A_minus_may_stand_behind_and_a_date_of_zeros_is_none(string source) =>
        CaseImport.Run(
            "14-sap-numbers-and-dates/t1-sap",
            source,
            land: ["A1 | 2026-01-02 | 10", "A2 | - | -5", "A3 | - | -1000", "A4 | 9999-12-31 | 0"]);

    [Fact]
    public void Case_14_A_date_of_zeros_that_nobody_named_is_rejected() =>
        CaseImport.Run(
            "14-sap-numbers-and-dates/t1-sap",
            land: ["A1 | 2026-01-02 | 10", "A3 | - | -1000", "A4 | 9999-12-31 | 0"],
            reject: ["a.csv line 3 wrong-type"]);

    [Fact]
    public void Case_15_All_blanks_are_one_sign_between_thousands_in_france() =>
        CaseImport.Run(
            "15-french-swiss-numbers/n-listPrice-fr-FR",
            land:
            [
                "00 1 | 1",
                "02 1,000 | 1.000",
                "03 1,5 | 1.5",
                "04 1,50 | 1.50",
                "06 1 234,56 | 1234.56",
                "07 1\u00a0234,56 | 1234.56",
                "08 1\u202f234,56 | 1234.56",
                "11 100- | -100",
                "17 1e3 | 1000",
                "20 -0 | 0",
                "21 −5 | -5",
                "28 9223372036854775807 | 9223372036854775807",
                "29 9223372036854775808 | 9223372036854775808",
                "32 +7 | 7",
                "33  8  | 8",
                "37 5- | -5",
                "40 1 000 | 1000",
                "45 0012 | 12",
                "48 1, | 1",
                "49 1,0 | 1.0",
            ],
            wrongType: 30);

    [Fact]
    public void Case_15_Both_apostrophes_are_one_sign_between_thousands_in_switzerland() =>
        CaseImport.Run(
            "15-french-swiss-numbers/n-listPrice-fr-FR",
            source: """ "culture": "de-CH" """,
            land:
            [
                "00 1 | 1",
                "01 1.0 | 1.0",
                "09 1'234.50 | 1234.50",
                "10 1’234.50 | 1234.50",
                "11 100- | -100",
                "17 1e3 | 1000",
                "18 1.23E+12 | 1230000000000",
                "20 -0 | 0",
                "21 −5 | -5",
                "24 .5 | 0.5",
                "25 5. | 5",
                "28 9223372036854775807 | 9223372036854775807",
                "29 9223372036854775808 | 9223372036854775808",
                "31 0.1234567890123456789012345678901 | 0.1234567890123456789012345679",
                "32 +7 | 7",
                "33  8  | 8",
                "34 1.000 | 1.000",
                "37 5- | -5",
                "41 1.5E-3 | 0.0015",
                "44 1.10 | 1.10",
                "45 0012 | 12",
                "46 1.0000000000000000000000000000000001 | 1.0000000000000000000000000000",
                "47 -.5 | -0.5",
            ],
            wrongType: 27);

    [Fact]
    public void Case_16_September_is_Sep_and_Sept_by_a_format() =>
        CaseImport.Run(
            "16-september/s-fmt-en-GB",
            land:
            [
                "00 02-Sep-2024 | 2024-09-02",
                "01 02-Sept-2024 | 2024-09-02",
                "04 02-Jun-2024 | 2024-06-02",
                "05 02-Jul-2024 | 2024-07-02",
                "06 02-Jan-2024 | 2024-01-02",
            ],
            wrongType: 13);

    [Fact]
    public void Case_16_March_is_Mrz_and_Mar_by_a_culture() =>
        CaseImport.Run(
            "16-september/s-de-DE",
            land:
            [
                "00 02. Sep. 2024 | 2024-09-02 | 2024-09-02T00:00:00Z",
                "01 02.Sep.2024 | 2024-09-02 | 2024-09-02T00:00:00Z",
                "02 02-Mrz-2024 | 2024-03-02 | 2024-03-02T00:00:00Z",
                "03 02-Mär-2024 | 2024-03-02 | 2024-03-02T00:00:00Z",
                "04 02. März 2024 | 2024-03-02 | 2024-03-02T00:00:00Z",
                "05 2. Mai 2024 | 2024-05-02 | 2024-05-02T00:00:00Z",
                "06 02.Dez.2024 | 2024-12-02 | 2024-12-02T00:00:00Z",
                "07 Mo, 02.09.2024 | 2024-09-02 | 2024-09-02T00:00:00Z",
            ],
            wrongType: 3);

    [Fact]
    public void Case_17_A_backslash_takes_its_meaning_from_a_quote_where_the_job_says_so() =>
        CaseImport.Run(
            "17-backslash-quotes/c16b-backslash",
            source: """ "escape": "\\" """,
            land: ["A1 | 5\" | n", "A2 | y | n", "A3 | 7\" | n"]);

    [Fact]
    public void Case_17_A_backslash_that_nobody_named_is_told_with_the_setting() =>
        CaseImport.Run("17-backslash-quotes/c16b-backslash", tell: ["set \"escape\": \"\\\\\". " + Waits]);

    [Fact]
    public void Case_18_Lines_may_end_with_a_carriage_return_alone() =>
        CaseImport.Run("18-carriage-return-only", land: ["A1 | x", "A2 | y"]);

    [Fact]
    public void Case_19_A_line_that_names_the_delimiter_is_understood() =>
        CaseImport.Run("19-lines-before-the-header/c08-sep", land: ["A1 | x"]);

    [Theory]
    [InlineData(""" "headerRow": 4 """)]
    [InlineData(""" "skipLines": 2 """)]
    public void Case_19_Lines_before_the_header_are_passed_over(string source) =>
        CaseImport.Run("19-lines-before-the-header/e02-preamble", source, land: ["A1 | x | 1"]);

    [Fact]
    public void Case_19_A_header_in_another_line_is_told_with_the_setting() =>
        CaseImport.Run("19-lines-before-the-header/e02-preamble", tell: ["a.csv has its header in line 4; set \"headerRow\": 4."]);

    [Theory]
    [InlineData("e01-footer")]
    [InlineData("e01c-total")]
    public void Case_20_Rows_behind_the_records_are_left_out_by_what_they_hold(string folder) =>
        CaseImport.Run(
            $"20-lines-behind-the-rows/{folder}",
            source: """ "skipRows": { "Serial Number": ["Total", "***END OF FILE***"] } """,
            land: ["A1 | x | 1", "A2 | y | 2"]);

    [Fact]
    public void Case_21_Short_rows_are_filled_where_the_job_says_so() =>
        CaseImport.Run("21-short-rows/c15b-short", source: """ "shortRows": "fill" """, land: ["A1 | x | n", "A2 | y | -", "A3 | z | -"]);

    [Fact]
    public void Case_21_Short_rows_that_nobody_allowed_are_rejected() =>
        CaseImport.Run("21-short-rows/c15b-short", land: ["A1 | x | n"], reject: ["a.csv line 3 ragged-row", "a.csv line 4 ragged-row"]);

    [Fact]
    public void Case_21_An_empty_cell_too_many_is_none() => CaseImport.Run("21-short-rows/c15-trailing", land: ["A1 | x", "A2 | y"]);

    [Fact]
    public void Case_22_A_column_twice_that_nobody_needs_is_told() =>
        CaseImport.Run("22-header-twice-but-not-needed", land: ["A1 | x"], tell: ["several columns have the same name (\"Id\", \"Comment\")"]);

    [Theory]
    [InlineData("c11-double-bom")]
    [InlineData("c13-nbsp-header")]
    public void Case_23_Signs_that_nobody_sees_make_no_other_header(string folder) =>
        CaseImport.Run($"23-invisible-signs-in-header/{folder}", land: ["A1 | x"]);

    [Fact]
    public void Case_24_A_file_without_a_byte_holds_up_nothing() =>
        CaseImport.Run("24-empty-file-and-sidecars/e05-empty-blocks", land: ["A1 | x"], tell: ["the file has no bytes and counts as finished"]);

    [Theory]
    [InlineData("g3-sidecar")]
    [InlineData("g3b-done")]
    public void Case_24_What_lies_beside_a_file_is_left_alone(string folder) =>
        CaseImport.Run($"24-empty-file-and-sidecars/{folder}", land: ["A1 | x", "A2 | y"]);

    [Fact]
    public void Case_25_A_misquoted_row_costs_that_row() =>
        CaseImport.Run("25-one-bad-row-blocks-all/c02-misquoted", land: ["2 | ok | y"], reject: ["a.csv line 2 misquoted"]);

    [Fact]
    public void Case_25_A_byte_that_is_no_text_costs_its_row() =>
        CaseImport.Run("25-one-bad-row-blocks-all/e18c-mixed", land: ["A1 | Zürich"], reject: ["a.csv line 3 invalid-text"]);

    [Fact]
    public void Case_26_Ctrl_Z_is_the_end_of_a_file() => CaseImport.Run("26-ctrl-z", land: ["A1 | x"]);

    [Theory]
    [InlineData("c19-zip", "a.csv is no CSV but a zip archive; unpack it, or pack it with gzip instead. " + Waits)]
    [InlineData("e14-xlsx", "a.xlsx is no CSV but an Excel workbook or another Office file; save it as CSV, or have workbooks read as \"excel\"")]
    public void Case_27_What_is_no_csv_is_called_by_its_name(string folder, string told) =>
        CaseImport.Run($"27-not-a-csv-at-all/{folder}", tell: [told]);

    [Fact]
    public void Case_30_An_encoding_that_the_program_does_not_read_is_a_mistake_of_the_job_file()
    {
        var mistakes = Assert.Throws<Sync.Settings.JobFileException>(() => CaseImport.Run("30-encoding-utf7-crashes"));

        Assert.Contains("source.encoding is not the name of an encoding", mistakes.Message, StringComparison.Ordinal);
    }
}
