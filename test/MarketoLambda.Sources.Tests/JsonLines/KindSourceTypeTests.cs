using MarketoLambda.Sources.Excel;
using MarketoLambda.Sources.JsonLines;
using MarketoLambda.Sync.JobFiles;
using MarketoLambda.Sync.Settings;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Tests.JsonLines;

/// <summary>Workbooks and JSON lines as a job file names them.</summary>
public sealed class KindSourceTypeTests
{
    [Theory]
    [InlineData("excel", """{ "folder": "in" }""", "Excel workbooks \"*.xlsx\" in ")]
    [InlineData(
        "excel",
        """{ "folder": "in", "sheet": "Orders", "skipLines": 2, "skipRows": { "id": "Total" }, "pattern": "o-*", "whenFinished": { "move": "done/" } }""",
        "Excel workbooks \"o-*\" in "
    )]
    [InlineData("jsonLines", """{ "folder": "in" }""", "JSON lines \"*.jsonl\", \"*.jsonl.gz\", \"*.ndjson\", \"*.ndjson.gz\" in ")]
    [InlineData(
        "jsonLines",
        """{ "folder": "in", "cursor": "a.b", "cursorFormat": "unix", "culture": "de-DE", "lateFiles": "importLast" }""",
        "JSON lines"
    )]
    public void A_source_is_described_by_its_kind_and_folder(string type, string json, string description)
    {
        var (source, problems) = Read(type, json);

        Assert.Empty(problems);
        Assert.StartsWith(description, source.Description, StringComparison.Ordinal);
        Assert.Equal((type == "jsonLines", json.Contains("cursor", StringComparison.Ordinal)), (source.CountsLines, source.HasCursor));
    }

    [Theory]
    [InlineData("excel", "{ }", " lacks \"folder\"")]
    [InlineData("excel", """{ "folder": "in", "sheets": "x" }""", " has no setting \"sheets\" (did you mean \"sheet\"?)")]
    [InlineData("excel", """{ "folder": "in", "delimiter": ";" }""", " has no setting \"delimiter\"")]
    [InlineData(
        "excel",
        """{ "folder": "in", "skipLines": 2, "headerRow": 2 }""",
        ".headerRow contradicts \"skipLines\"; one of the two is enough"
    )]
    [InlineData("jsonLines", """{ "folder": "in", "headerRow": 2 }""", " has no setting \"headerRow\"")]
    [InlineData("jsonLines", """{ "folder": "in", "cursorFormat": "unix" }""", ".cursorFormat has no meaning without \"cursor\"")]
    [InlineData(
        "jsonLines",
        """{ "folder": "in", "pattern": "x/*" }""",
        ".pattern must be the pattern of a file's name, without folders; name the folder in \"folder\""
    )]
    public void A_wrong_setting_is_a_problem_that_says_what_is_expected(string type, string json, string problem)
    {
        var (_, problems) = Read(type, json);

        Assert.StartsWith("jobs.x.source" + problem, Assert.Single(problems), StringComparison.Ordinal);
    }

    private static (ISource Source, IReadOnlyList<string> Problems) Read(string type, string json)
    {
        JobProblems problems = new(".");
        JobSection section = new(LocatedJson.Parse(json, problems)!, "jobs.x.source", problems);
        ISourceType sourceType = type == "excel" ? new ExcelSourceType(TimeProvider.System) : new JsonLinesSourceType(TimeProvider.System);
        var source = sourceType.Read(section);
        section.AddErrorsForOtherNames();
        return (source, [.. problems.InOrder.Select(problem => problem.Message)]);
    }
}
