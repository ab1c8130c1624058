using MarketoLambda.Sources.Csv;
using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Sync.Settings;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Tests.Csv;

public sealed class CsvSourceTypeTests : IDisposable
{
    private readonly DropFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_folder_is_relative_to_the_job_file()
    {
        // Given
        _folder.With("a.csv", "id\n1\n");
        var (source, problems) = Read($$"""{ "folder": "{{Path.GetFileName(_folder.Path)}}" }""", Path.GetDirectoryName(_folder.Path)!);
        // When
        await using var reader = await source.OpenAsync(
            new ReadRequest(Checkpoint.Start, ["id"], Reading.Roomy),
            TestContext.Current.CancellationToken);
        var reading = await Reading.OfAsync(reader);
        // Then
        Assert.Empty(problems);
        Assert.Equal(["1"], reading.Ids);
    }

    [Theory]
    [InlineData("tab", "\t")]
    [InlineData("Semicolon", ";")]
    [InlineData("pipe", "|")]
    [InlineData("comma", ",")]
    [InlineData("~", "~")]
    [InlineData("\\t", "\t")]
    public async Task A_delimiter_is_a_word_or_a_character(string setting, string delimiter)
    {
        // Given
        _folder.With("a.csv", $"id{delimiter}name\n1{delimiter}x\n");
        var (source, problems) = Read($$"""{ "folder": ".", "delimiter": "{{setting}}" }""", _folder.Path);
        // When
        await using var reader = await source.OpenAsync(
            new ReadRequest(Checkpoint.Start, ["name"], Reading.Roomy),
            TestContext.Current.CancellationToken);
        var reading = await Reading.OfAsync(reader);
        // Then
        Assert.Empty(problems);
        Assert.Equal(["x"], reading.Ids);
    }

    [Fact]
    public async Task Every_setting_reaches_the_source()
    {
        // Given
        _folder.With("a.txt", [.. "id;at\n"u8, 0xE4, .. ";11.01.2026 08:30\n"u8], age: TimeSpan.FromSeconds(20)).With("b.csv", "id;at\n");
        var (source, problems) = Read(
            """
            {
              "folder": ".", "pattern": "*.TXT", "delimiter": ";", "encoding": "windows-1252", "culture": "de-DE", "timeZone": "Europe/Berlin",
              "cursor": "at", "cursorFormat": "dd.MM.yyyy HH:mm", "settleSeconds": 20,
            }
            """,
            _folder.Path);
        // When
        await using var reader = await source.OpenAsync(
            new ReadRequest(Checkpoint.Start, ["id"], Reading.Roomy),
            TestContext.Current.CancellationToken);
        var reading = await Reading.OfAsync(reader);
        // Then
        Assert.Empty(problems);
        Assert.Equal(["ä"], reading.Ids);
        Assert.Equal(new DateTimeOffset(2026, 1, 11, 7, 30, 0, TimeSpan.Zero), reading.End.Mark);
        Assert.Equal(("de-DE", "Europe/Berlin"), (source.Conventions.Culture.Name, source.Conventions.TimeZone.Id));
    }

    [Theory]
    [InlineData("{ }", "lacks \"folder\"")]
    [InlineData("{ \"folder\": \"\" }", ".folder must be a text in quotes that is not blank")]
    [InlineData(
        "{ \"folder\": \".\", \"pattern\": \"in/*.csv\" }",
        ".pattern must be the pattern of a file's name, without folders; name the folder in \"folder\""
    )]
    [InlineData("{ \"folder\": \".\", \"delimiter\": \"\" }", ".delimiter must be a text in quotes that is not blank")]
    [InlineData("{ \"folder\": \".\", \"delimiter\": \"colon\" }", ".delimiter must be comma, tab, semicolon, pipe or one ASCII character")]
    [InlineData("{ \"folder\": \".\", \"delimiter\": \"\\u0001\" }", ".delimiter must be comma, tab")]
    [InlineData("{ \"folder\": \".\", \"delimiter\": \"x\" }", ".delimiter must be comma, tab")]
    [InlineData("{ \"folder\": \".\", \"delimiter\": \"\\\"\" }", ".delimiter must be comma, tab")]
    [InlineData("{ \"folder\": \".\", \"delimiter\": \"§\" }", ".delimiter must be comma, tab")]
    [InlineData("{ \"folder\": \".\", \"encoding\": \"klingon\" }", ".encoding is not the name of an encoding")]
    [InlineData("{ \"folder\": \".\", \"encoding\": \"utf-7\" }", ".encoding is not the name of an encoding")]
    [InlineData("{ \"folder\": \".\", \"encoding\": \"unicode-2-0-utf-7\" }", ".encoding is not the name of an encoding")]
    [InlineData("{ \"folder\": \".\", \"culture\": \"xx-klingon\" }", ".culture is not the name of a culture")]
    [InlineData(
        "{ \"folder\": \".\", \"timeZone\": \"Mars/Base\" }",
        ".timeZone is not a known time zone; use an IANA name such as Europe/Berlin"
    )]
    [InlineData("{ \"folder\": \".\", \"timeZone\": \"vienna\" }", ".timeZone is not a known time zone; use an IANA name such as Europe/Vienna")]
    [InlineData("{ \"folder\": \".\", \"timeZone\": \"New York\" }", ".timeZone is not a known time zone; use an IANA name such as America/New_York")]
    [InlineData("{ \"folder\": \".\", \"cursorFormat\": \"yyyy-MM-dd\" }", ".cursorFormat has no meaning without \"cursor\"")]
    [InlineData(
        "{ \"folder\": \".\", \"cursor\": \"at\", \"cursorFormat\": \"%\" }",
        ".cursorFormat is not a .NET format of date and time"
    )]
    [InlineData(
        "{ \"folder\": \".\", \"cursor\": \"at\", \"cursorFormat\": \"HH:mm\" }",
        ".cursorFormat is not a .NET format of date and time"
    )]
    [InlineData("{ \"folder\": \".\", \"settleSeconds\": 3601 }", ".settleSeconds must be a whole number from 0 to 3600")]
    [InlineData("{ \"folder\": \".\", \"settleSeconds\": -1 }", ".settleSeconds must be a whole number from 0 to 3600")]
    [InlineData("{ \"folder\": \".\", \"patern\": \"*\" }", "has no setting \"patern\" (did you mean \"pattern\"?)")]
    public void A_wrong_setting_is_a_problem_that_says_what_is_expected(string json, string problem)
    {
        // Given
        // When
        var (_, problems) = Read(json, ".");
        // Then
        Assert.StartsWith("jobs.x.source" + (problem[0] == '.' ? "" : " ") + problem, Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_reported_at_once()
    {
        // Given
        const string json =
            """{ "delimiter": "xx", "encoding": "x", "culture": "xx-klingon", "timeZone": "x", "cursorFormat": "d", "settleSeconds": "1" }""";
        // When
        var (_, problems) = Read(json, ".");
        // Then
        Assert.Equal(7, problems.Count);
    }

    [Theory]
    [InlineData("yyyy-MM-dd HH:mm:ss")]
    [InlineData("yyyy-MM-dd'T'HH:mm:sszzz")]
    [InlineData("o")]
    [InlineData("dd.MM.yyyy")]
    [InlineData("MM/dd/yyyy hh:mm tt")]
    public void Common_formats_of_time_are_accepted(string format)
    {
        // Given
        var json = $$"""{ "folder": ".", "cursor": "at", "cursorFormat": "{{format}}", "timeZone": "Asia/Tokyo" }""";
        // When
        var (_, problems) = Read(json, ".");
        // Then
        Assert.Empty(problems);
    }

    private (ISource Source, IReadOnlyList<string> Problems) Read(string json, string folder)
    {
        var problems = new JobProblems(folder);
        var section = new JobSection(LocatedJson.Parse(json, problems)!, "jobs.x.source", problems);
        var source = new CsvSourceType(_folder.Clock).Read(section);
        section.AddErrorsForOtherNames();
        return (source, [.. problems.InOrder.Select(problem => problem.Message)]);
    }
}
