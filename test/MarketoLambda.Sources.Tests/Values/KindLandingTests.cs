using System.Text;
using MarketoLambda.Sources.Excel;
using MarketoLambda.Sources.Files;
using MarketoLambda.Sources.JsonLines;
using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;

namespace MarketoLambda.Sources.Tests.Values;

/// <summary>Workbooks and JSON lines, from the file to Marketo with the whole engine.</summary>
public sealed class KindLandingTests
{
    private const string Fields =
        """ "productName": "N", "quantity": "Q", "listPrice": "P", "isActive": "A", "implementedOn": "D", "modifiedAt": "M" """;

    private static readonly string[] Names = ["productName", "quantity", "listPrice", "isActive", "implementedOn", "modifiedAt"];

    [Fact]
    public void Cells_of_every_kind_land_exactly_and_a_second_run_finds_nothing()
    {
        // Given
        var workbook = Workbook.Of(
            ["S", "N", "Q", "P", "A", "D", "M"],
            [
                "00123",
                "Bü \"x\"",
                7,
                new Cell("19.989999999999998"),
                true,
                new Cell("46000", "dd/mm/yyyy"),
                new Cell("46000.5", "yyyy-mm-dd hh:mm"),
            ],
            [4711, 12.5, "1.234", "1.234,5", "no", "09.12.2025", new Cell("46000", "dd/mm/yyyy")],
            ["bad", Cell.Wrong("#N/A")]);

        // When
        using var landing = Landing.Of("excel", "a.xlsx", workbook, Fields, """ "culture": "de-DE", "timeZone": "Europe/Berlin" """);

        // Then
        Assert.Equal(["00123", "4711"], landing.Keys);
        Assert.Equal(
            ["Bü \"x\"", "7", "19.99", "True", "2025-12-09", "2025-12-09T11:00:00Z"],
            Names.Select(name => landing.Values(name)["00123"]));
        Assert.Equal(
            ["12.5", "1234", "1234.5", "False", "2025-12-09", "2025-12-08T23:00:00Z"],
            Names.Select(name => landing.Values(name)["4711"]));
        Assert.Equal("cell-error", Assert.Single(landing.Rejects).Code);
        Assert.Equal(RunOutcome.NothingNew, landing.Scenario.Run().Outcome);
    }

    [Fact]
    public void Values_of_json_land_exactly_and_a_second_run_finds_nothing()
    {
        // Given
        const string lines = """
            {"S":"00123","n":{"ame":"Bü \"x\""},"Q":7,"P":19.99,"A":true,"D":"2025-12-09","M":"2025-12-09T12:00:00+01:00"}
            {"S":4711,"n":{"ame":12.50},"Q":7.0,"P":"1.234,5","A":"no","D":"09.12.2025","M":"09.12.2025 00:00"}
            {"S":"cut \ud83d","n":null}
            {"S":"bad"
            {"S":"empty","A":null}

            """;

        // When
        using var landing = Landing.Of(
            "jsonLines",
            "a.jsonl",
            Encoding.UTF8.GetBytes(lines),
            Fields.Replace("\"N\"", "\"n.ame\"", StringComparison.Ordinal),
            """ "culture": "de-DE", "timeZone": "Europe/Berlin" """);

        // Then
        Assert.Equal(["00123", "4711", "empty"], landing.Keys);
        Assert.Equal(
            ["Bü \"x\"", "7", "19.99", "True", "2025-12-09", "2025-12-09T11:00:00Z"],
            Names.Select(name => landing.Values(name)["00123"]));
        Assert.Equal(
            ["12.50", "7", "1234.5", "False", "2025-12-09", "2025-12-08T23:00:00Z"],
            Names.Select(name => landing.Values(name)["4711"]));
        Assert.Equal(["invalid-text", "not-json"], landing.Rejects.Select(reject => reject.Code).Order(StringComparer.Ordinal));
        Assert.Equal(RunOutcome.NothingNew, landing.Scenario.Run().Outcome);
    }

    [Theory]
    [InlineData(@"\u0007", "productName holds the control character U+0007, which no text holds; correct it in the source (column \"N\").")]
    [InlineData(@"\u0085", "productName holds the control character U+0085, which no text holds")]
    [InlineData(@"\ue000", "productName holds the character U+E000, which no text holds")]
    [InlineData(@"\ufffe", "productName holds the character U+FFFE, which no text holds")]
    [InlineData(@"\udbc0\udc00", "productName holds half a character (a cut emoji), bytes that are no text, or a character for private use")]
    [InlineData(@"\ud83d", "productName holds half a character")]
    [InlineData(@"\u0000", "productName holds a NUL")]
    public void What_no_text_holds_costs_its_record_also_where_it_is_escaped(string escape, string reason)
    {
        var lines = $$"""
            {"S":"A1","N":"x{{escape}}y","other":"z"}
            {"S":"A2","N":"tab\tline\r\nemoji 😀 ü","other":"{{escape}}"}

            """;

        using var landing = Landing.Of("jsonLines", "a.jsonl", Encoding.UTF8.GetBytes(lines), """ "productName": "N" """);

        Assert.Equal("tab\tline\r\nemoji 😀 ü", Assert.Single(landing.Values("productName")).Value);
        var reject = Assert.Single(landing.Rejects);
        Assert.Equal(("invalid-text", "A1"), (reject.Code, reject.Key));
        Assert.StartsWith(reason, reject.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Runs_whose_time_is_short_go_on_in_the_middle_of_a_file_and_a_late_file_lands_on_nothing_newer(bool isExcel)
    {
        // Given
        MemoryFolder folder = new();
        SwappedTime time = new();
        IFileFormat format = isExcel ? new ExcelFormat(new ExcelOptions()) : new JsonLinesFormat();
        var scenario = new SyncScenario(KindReading.Source(folder, format, new CommonOptions(["*"]), time)).Initialized();
        time.Inner = scenario.Time;
        folder.Write("b", Write(Enumerable.Range(0, 6000), value: 2), Drop.Noon);
        scenario.Marketo.Options.LatencyOf = (_, _) => TimeSpan.FromSeconds(10);
        // When
        List<SyncReport> reports = [];
        do
        {
            reports.Add(scenario.Run(limit: TimeSpan.FromMinutes(3)));
        }
        while (reports[^1].Outcome == RunOutcome.Continued && reports.Count < 20);

        folder.Write("a", Write([5999, 6000], value: 1), Drop.Noon);
        var late = scenario.Run();
        // Then
        Assert.InRange(reports.Count, 2, 19);
        Assert.Equal(6000, reports.Sum(report => report.Accepted));
        Assert.Equal((RunOutcome.Succeeded, 1L), (late.Outcome, late.Accepted));
        Assert.Equal(("2", "1"), (Amount("k5999"), Amount("k6000")));

        string? Amount(string key) => scenario.Marketo.Records(SyncScenario.Product).Single(record => record.Key == key)["amount"];

        byte[] Write(IEnumerable<int> keys, int value) => isExcel
            ? Workbook.Of([["Key", "Value"], .. keys.Select(key => new object?[] { $"k{key}", value })])
            : Encoding.UTF8.GetBytes(string.Concat(keys.Select(key => $"{{\"Key\":\"k{key}\",\"Value\":{value}}}\n")));
    }
}
