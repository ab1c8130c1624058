using System.Text;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Sources.Csv;
using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Sync.JobFiles;
using MarketoLambda.Testing;

namespace MarketoLambda.Sources.Tests.Csv;

/// <summary>Files as real programs write them, each from the job file to what is in Marketo afterwards.</summary>
public sealed class RealFileTests : IDisposable
{
    private const string Product = "real_c";

    private readonly DropFolder _folder = new();

    /// <summary>
    /// What it is, its text with bytes as U+0000 to U+00FF, settings, the records of Marketo, rejects, and a part of what is told.
    /// </summary>
    public static TheoryData<string, string, string, string[], string[], string> Files { get; } =
        new()
        {
            { "UTF-16 without a mark", "S\0N\0,\0N\0\r\0\n\0A\01\0,\0\x1F\x04@\x04\r\0\n\0", "", ["A1=\u041F\u0440"], [], "" },
            {
                "windows-1252 without meaning",
                "SN,N\nA1,x\x81y\nA2,ok\n",
                ""","encoding":"windows-1252" """,
                [],
                [],
                "line 2 has bytes that are no windows-1252 text"
            },
            {
                "quotation marks of windows-1252",
                "SN,N\nA1,\x93q\x94\n",
                ""","encoding":"iso-8859-1" """,
                [],
                [],
                "this looks like windows-1252"
            },
            {
                "shift_jis without meaning",
                "SN,N\nA1,x\xFFy\nA2,ok\n",
                ""","encoding":"shift_jis" """,
                [],
                [],
                "line 2 has bytes that are no shift_jis text"
            },
            {
                "UTF-8 where the job says otherwise",
                "SN,N\nA1,K\xC3\xBChl\n",
                ""","encoding":"windows-1252" """,
                [],
                [],
                "is utf-8 by its bytes"
            },
            {
                "UTF-8 where the job says shift_jis",
                "SN,N\nA1,\xE6\x9D\xB1\xE4\xBA\xAC\xE9\x83\xBD\xE6\x9D\xB1\n",
                ""","encoding":"shift_jis" """,
                [],
                [],
                "is utf-8 by its bytes"
            },
            { "Chinese that would be UTF-8 too", "SN,N\nA1,\xC4\xA3\n", ""","encoding":"gb18030" """, ["A1=\u6A21"], [], "" },
            { "two files put together", "\xEF\xBB\xBFSN,N\nA1,x\n\xEF\xBB\xBFSN,N\nA2,y\n", "", ["A1=x", "A2=y"], [], "header's names" },
            { "a mark in a row", "SN,N\nB1,x\n\xEF\xBB\xBF\"B2\",y\n", "", ["B1=x", "B2=y"], [], "" },
            {
                "quotes that are text",
                "SN\tN\tX\nA1\t\"Foo\tn1\nA2\tb\tn2\nA3\tc\"\tn3\n",
                ""","delimiter":"tab","quote":"none" """,
                ["A1=\"Foo", "A2=b", "A3=c\""],
                [],
                ""
            },
            {
                "quotes that swallow lines",
                "SN\tN\tX\nA1\t\"Foo\tn1\nA2\tb\tn2\nA3\tc\"\tn3\n",
                ""","delimiter":"tab" """,
                ["A1=Foo\tn1\nA2\tb\tn2\nA3\tc"],
                [],
                "lines in it that look like rows"
            },
            { "blank before a quote", "SN, N, X\n\"A1\", \"Foo\", \"a, b\"\n", "", ["A1=Foo"], [], "" },
            { "backslash", "SN,N\n\"A1\",\"5\\\"\"\n\"A2\",\"y\"\n", ""","escape":"\\" """, ["A1=5\"", "A2=y"], [], "" },
            {
                "backslash that nobody named",
                "SN,N,X\n\"A1\",\"5\\\"\",\"n\"\n\"A2\",\"y\",\"n\"\n",
                "",
                [],
                [],
                "set \"escape\": \"\\\\\""
            },
            { "carriage return only", "SN,N\rA1,x\rA2,y\r", "", ["A1=x", "A2=y"], [], "" },
            { "sep", "sep=;\r\nSN;N\r\nA1;x\r\n", "", ["A1=x"], [], "" },
            { "lines before the header", "Report,,\nRun,,\n,,\nSN,N,X\nA1,x,1\n", ""","skipLines":2""", ["A1=x"], [], "" },
            { "the line of the header", "Report,,\nRun,,\n,,\nSN,N,X\nA1,x,1\n", ""","headerRow":4""", ["A1=x"], [], "" },
            { "a footer", "SN,N,X\nA1,x,1\n***END OF FILE***", ""","skipRows":{"SN":["Total","***END OF FILE***"]}""", ["A1=x"], [], "" },
            { "a total", "SN,N,X\nA1,x,1\nTotal,,3\n", ""","skipRows":{"SN":"total"}""", ["A1=x"], [], "" },
            { "a delimiter too many", "SN,N\nA1,x,\nA2,y,\n", "", ["A1=x", "A2=y"], [], "" },
            { "short rows", "SN,X,N\nA1,n,x\nA2,n\n", ""","shortRows":"fill" """, ["A1=x", "A2="], [], "" },
            { "short rows that nobody allowed", "SN,X,N\nA1,n,x\nA2,n\n", "", ["A1=x"], ["a.csv line 3 ragged-row"], "" },
            { "columns of one name that nobody needs", "SN,N,Id,id\nA1,x,1,2\n", "", ["A1=x"], [], "several columns have the same name" },
            { "invisible signs in the header", "\xEF\xBB\xBF\xEF\xBB\xBFSN,\xC2\xA0N\xE2\x80\x8B\nA1,x\n", "", ["A1=x"], [], "" },
            {
                "one misquoted row",
                "SN,N,X\n\"1\",\"RUS \"HILL,\"     \",\"x\"\n\"2\",\"ok\",\"y\"\n",
                "",
                ["2=ok"],
                ["a.csv line 2 misquoted"],
                ""
            },
            { "one bad byte", "SN,N\nA1,Z\xC3\xBCrich\nA2,Z\xFCrich\n", "", ["A1=Z\u00FCrich"], ["a.csv line 3 invalid-text"], "" },
            { "a NUL", "SN,N\nA1,x\nA2,y\0\nA3,z\n", "", ["A1=x", "A3=z"], ["a.csv line 3 invalid-text"], "" },
            { "a hole", "SN,N\nA1,x\nA2,\0\0\0\0\nA3,z\n", "", [], [], "line 3 has a hole of NULs" },
            { "Ctrl-Z", "SN,N\r\nA1,x\r\n\x1A", "", ["A1=x"], [], "" },
            { "a zip archive", "PK\x03\x04\x14\0\0\0a.csv", "", [], [], "is no CSV but a zip archive" },
            { "comments", "# by hand\nSN,N\n#A0,y\nA1,x\n", ""","comment":"#" """, ["A1=x"], [], "" },
        };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Files))]
    public void What_lands_is_what_is_written(string what, string text, string settings, string[] records, string[] rejects, string told)
    {
        // Given
        _folder.With("a.csv", Encoding.Latin1.GetBytes(text));
        SyncScenario scenario = new();
        scenario.Marketo.DefineObject(Product, "Real", FieldDefinition.Key("sku"), new FieldDefinition("note", "string"));
        scenario.Job = JobFile.Parse(
            $$"""{"jobs":{"{{Product}}":{"source":{"type":"csv","folder":"."{{settings}} },"key":"sku","fields":{"sku":"SN","note":"N"},"rejects":{"stopAbovePercent":100} } } }""",
            Path.Combine(_folder.Path, "jobs.json"),
            [new CsvSourceType(_folder.Clock)])[0];
        scenario.Initialized();
        // When
        var report = scenario.Run();
        // Then
        Assert.NotEmpty(what);
        Assert.Equal(
            records,
            scenario
                .Marketo.Records(Product)
                .Select(record => $"{record.Fields["sku"]}={(record.Fields.TryGetValue("note", out var note) ? note : "")}"));
        Assert.Equal(rejects, scenario.Rejects.Stored.Select(reject => $"{reject.Location} {reject.Code}"));
        Assert.Contains(told, $"{report.Error}{string.Concat(report.Notices.Select(notice => notice.Message))}", StringComparison.Ordinal);
        Assert.True(
            told.Length > 0 || (report.Error is null && report.Notices.Count == 0),
            report.Error ?? string.Concat(report.Notices.Select(notice => notice.Message)));
    }
}
