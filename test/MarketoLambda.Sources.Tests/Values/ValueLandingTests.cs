using MarketoLambda.Sources.Tests.Support;

namespace MarketoLambda.Sources.Tests.Values;

/// <summary>Values as people's files have them, from the file to Marketo: the right one lands, or none.</summary>
public sealed class ValueLandingTests
{
    [Fact]
    public void A_date_lands_as_the_day_that_its_text_names_or_not_at_all()
    {
        // Given
        const string rows = "S;D\na;11/23/2026\nb;1/2\nc;1.5\nd;Nov-24\ne;March 2024\nf;1/2/24\ng;2026-11-23\nh;44927\n";

        // When
        using var landing = Landing.Of(rows, """ "implementedOn": "D" """, """ "delimiter": ";", "culture": "en-US" """);

        // Then
        Assert.Equal([new("a", "2026-11-23"), new("g", "2026-11-23")], landing.Values("implementedOn").OrderBy(value => value.Key));
        Assert.All(landing.Rejects, reject => Assert.Equal("wrong-type", reject.Code));
        Assert.Equal(6, landing.Rejects.Count);
    }

    [Fact]
    public void Without_a_culture_a_comma_lands_nowhere()
    {
        // Given
        const string rows = "S;P;Q\na;1,000;1\nb;1,5;1\nc;1.0;1.0\nd;1e3;1.23E+3\ne;5-;7.\nf;1;1.000\ng;1.000;1\nh;1604.470;1\n";

        // When
        using var landing = Landing.Of(rows, """ "listPrice": "P", "quantity": "Q" """, """ "delimiter": ";" """);

        // Then
        Assert.Equal(["c", "d", "e", "h"], landing.Keys);
        Assert.Equal(
            [new("c", "1"), new("d", "1230"), new("e", "7"), new("h", "1")],
            landing.Values("quantity").OrderBy(value => value.Key));
        Assert.Contains("without a \"culture\", such as en-US or de-DE", landing.Rejects[0].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("de-DE", "1.000-", "-1000")]
    [InlineData("de-DE", "5-", "-5")]
    [InlineData("fr-FR", "1\u00a0234,00", "1234")]
    [InlineData("fr-FR", "1\u202f234", "1234")]
    [InlineData("de-CH", "1'234.00", "1234")]
    [InlineData("de-CH", "1’234", "1234")]
    public void A_whole_number_lands_however_its_country_writes_it(string culture, string text, string number)
    {
        using var landing = Landing.Of($"S;Q\na;{text}\n", """ "quantity": "Q" """, $$""" "delimiter": ";", "culture": "{{culture}}" """);

        Assert.Equal(number, landing.Values("quantity")["a"]);
    }

    [Theory]
    [InlineData("tr-TR", "3 KASIM 2026", "2026-11-03")]
    [InlineData("tr-TR", "3 HAZİRAN 2026", "2026-06-03")]
    [InlineData("el-GR", "3 ΣΕΠΤΕΜΒΡΙΟΣ 2026", "2026-09-03")]
    [InlineData("pl-PL", "3 WRZEŚNIA 2026", "2026-09-03")]
    [InlineData("fr-FR", "3 AOUT 2026", "2026-08-03")]
    public void A_month_lands_in_capitals_too(string culture, string text, string date)
    {
        using var landing = Landing.Of($"S;D\na;{text}\n", """ "implementedOn": "D" """, $$""" "delimiter": ";", "culture": "{{culture}}" """);

        Assert.Equal(date, landing.Values("implementedOn")["a"]);
    }

    [Fact]
    public void A_culture_that_writes_dates_as_ISO_does_is_told_one_form()
    {
        using var landing = Landing.Of("S;D\na;11月23日\n", """ "implementedOn": "D" """, """ "delimiter": ";", "culture": "ja-JP" """);

        Assert.Contains("needs a date like 2026-11-23 (ja-JP);", Assert.Single(landing.Rejects).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Dates_of_several_programs_in_one_column_land_by_the_formats_of_the_job()
    {
        // Given
        const string rows = "S;D\na;02-Sep-2024\nb;02-Sept-2024\nc;45537\nd;20240902\ne;2.9.24\n";

        // When
        using var landing = Landing.Of(
            rows,
            """ "implementedOn": { "from": "D", "format": ["dd-MMM-yyyy", "yyyyMMdd", "excel"] } """,
            """ "delimiter": ";", "culture": "en-GB" """);

        // Then
        Assert.Equal(["a", "b", "c", "d"], landing.Keys);
        Assert.All(landing.Values("implementedOn").Values, date => Assert.Equal("2024-09-02", date));
        Assert.Contains(
            "in the format dd-MMM-yyyy, such as 23-Nov-2026, or yyyyMMdd, such as 20261123, or excel, such as 46349 (en-GB)",
            Assert.Single(landing.Rejects).Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Markers_for_nothing_are_empty_before_everything_else()
    {
        // Given
        const string rows = "S,N,D\nA1,\\N,20260102\nA2,NULL,00000000\nA3,null,\nA4, NULL ,20260103\nA5,#N/A,\nNULL,key,\n\\N,key2,\n";

        // When
        using var landing = Landing.Of(
            rows,
            """ "productName": { "from": "N", "nullValues": "#N/A", "default": "none" }, "implementedOn": { "from": "D", "format": "yyyyMMdd", "nullValues": ["00000000"] } """,
            """ "nullValues": ["\\N", "NULL"] """);

        // Then
        Assert.Equal(["A1", "A2", "A3", "A4", "A5"], landing.Keys);
        Assert.Equal(
            ["none", "none", "null", "none", "none"],
            landing.Values("productName").OrderBy(value => value.Key).Select(value => value.Value));
        Assert.Equal([new("A1", "2026-01-02"), new("A4", "2026-01-03")], landing.Values("implementedOn").OrderBy(value => value.Key));
        Assert.All(landing.Rejects, reject => Assert.Equal("missing-key", reject.Code));
        Assert.Equal(2, landing.Rejects.Count);
    }

    [Fact]
    public void A_marker_is_no_cursor_either()
    {
        using var landing = Landing.Of(
            "S,At\na,NULL\nb,2026-01-02\n",
            """ "productName": "S" """,
            """ "cursor": "At", "nullValues": "NULL" """);

        Assert.Equal(["a", "b"], landing.Keys);
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero), landing.Report.Checkpoint!.Mark);
    }

    [Fact]
    public void A_cursor_written_for_excel_is_the_time_it_means_where_the_job_says_so()
    {
        using var landing = Landing.Of(
            "S,At\na,\"=\"\"2026-01-02\"\"\"\nb,'2026-01-03\n",
            """ "productName": "S" """,
            """ "cursor": "At", "excelText": "unwrap" """);

        Assert.Equal(["a", "b"], landing.Keys);
        Assert.Equal(new DateTimeOffset(2026, 1, 3, 0, 0, 0, TimeSpan.Zero), landing.Report.Checkpoint!.Mark);
    }

    [Fact]
    public void A_map_may_leave_every_other_value_as_it_is()
    {
        // Given
        const string rows = "S;D\na;02.01.2026\nb;00000000\nc;n/a\n";

        // When
        using var landing = Landing.Of(
            rows,
            """ "implementedOn": { "from": "D", "format": "dd.MM.yyyy", "map": { "00000000": "", "n/a": "31.12.2026", "*": { "keep": true } } } """,
            """ "delimiter": ";" """);

        // Then
        Assert.Equal([new("a", "2026-01-02"), new("c", "2026-12-31")], landing.Values("implementedOn").OrderBy(value => value.Key));
        Assert.Equal(["a", "b", "c"], landing.Keys);
    }

    private const string ForExcel = "S,N,Q\n\"=\"\"0012\"\"\",x,\"=\"\"7\"\"\"\n\"=\"\"00\"\"\"\"13\"\"\",y,1\n'0014,'tis,1\n+1,'-4,1\n";

    [Fact]
    public void What_is_written_for_excel_lands_as_what_it_means_where_the_job_says_so()
    {
        using var landing = Landing.Of(ForExcel, """ "productName": "N", "quantity": "Q" """, """ "excelText": "unwrap" """);

        Assert.Equal(["+1", "00\"13", "0012", "0014"], landing.Keys);
        Assert.Equal("7", landing.Values("quantity")["0012"]);
        Assert.Equal(["-4", "'tis"], [landing.Values("productName")["+1"], landing.Values("productName")["0014"]]);
        Assert.Empty(landing.Report.Notices);
    }

    [Fact]
    public void What_is_written_for_excel_is_told_once_where_the_job_says_nothing()
    {
        using var landing = Landing.Of(ForExcel, """ "productName": "N", "quantity": "Q" """);

        var notice = Assert.Single(landing.Report.Notices);
        Assert.Equal("excel-text", notice.Code);
        Assert.Contains("5 values of \"N\", \"Q\", \"S\" are written for Excel", notice.Message, StringComparison.Ordinal);
        Assert.Equal("'0014", Assert.Single(landing.Keys, key => key.Contains("14", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_key_that_excel_has_cut_is_told_also_where_its_texts_are_unwrapped()
    {
        using var landing = Landing.Of(
            "S,N\n\"=\"\"4.00638E+12\"\"\",x\n5.00638E+12,y\n",
            """ "productName": "N" """,
            """ "excelText": "unwrap" """);

        Assert.Equal(["4.00638E+12", "5.00638E+12"], landing.Keys);
        Assert.Equal(("excel-number", "a.csv line 3"), (landing.Report.Notices.Single().Code, landing.Report.Notices.Single().Location));
    }

    [Fact]
    public void What_is_written_for_excel_is_sent_without_a_word_where_the_job_keeps_it()
    {
        using var landing = Landing.Of(ForExcel, """ "productName": "N" """, """ "excelText": "keep" """);

        Assert.Contains("'0014", landing.Keys);
        Assert.Empty(landing.Report.Notices);
    }

    private const string SavedByExcel = "S,N\n4.00638E+12,x\n#N/A,y\nA1,#N/A\n#NV,z\n\"4,00638E+12\",x\n1.23E+3,x\n";

    [Fact]
    public void A_key_that_excel_has_made_an_error_of_is_no_key_and_one_it_has_cut_is_told()
    {
        // When
        using var landing = Landing.Of(SavedByExcel, """ "productName": "N" """);

        // Then
        Assert.Equal(["1.23E+3", "4,00638E+12", "4.00638E+12", "A1"], landing.Keys);
        Assert.Equal(["cell-error", "cell-error"], landing.Rejects.Select(reject => reject.Code));
        Assert.All(landing.Rejects, reject => Assert.Null(reject.Key));
        Assert.Equal(
            "serialNumber holds #N/A, which Excel writes where it has an error, and is the object's dedupe field; correct it in the "
                + "source, "
            + "or set \"excelText\": \"keep\" if it is meant so (column \"S\").",
            landing.Rejects[0].Reason);
        var notice = Assert.Single(landing.Report.Notices);
        Assert.Equal(("excel-number", "a.csv line 2"), (notice.Code, notice.Location));
        Assert.StartsWith(
            "2 values of \"S\" are keys such as 1.23E+12, as Excel writes long numbers",
            notice.Message,
            StringComparison.Ordinal);
        Assert.DoesNotContain("4.00638", notice.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_lands_as_it_stands_where_the_job_keeps_what_excel_wrote()
    {
        using var landing = Landing.Of(SavedByExcel, """ "productName": "N" """, """ "excelText": "keep" """);

        Assert.Equal(["#N/A", "#NV", "1.23E+3", "4,00638E+12", "4.00638E+12", "A1"], landing.Keys);
        Assert.Empty(landing.Report.Notices);
    }

    [Fact]
    public void An_error_that_stands_for_nothing_is_a_missing_key()
    {
        using var landing = Landing.Of(SavedByExcel, """ "productName": "N" """, """ "nullValues": ["#N/A", "#NV"] """);

        Assert.Equal(["missing-key", "missing-key"], landing.Rejects.Select(reject => reject.Code));
    }

    [Fact]
    public void A_number_as_key_that_excel_has_cut_is_told_too()
    {
        using var landing = Landing.Of("S,Q\na,1\n\n4.00638E+12,2\n", """ "quantity": "Q" """);

        Assert.Equal("a.csv line 4", Assert.Single(landing.Report.Notices).Location);
    }
}
