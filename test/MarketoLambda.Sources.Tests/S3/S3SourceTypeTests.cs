using MarketoLambda.Sources.S3;
using MarketoLambda.Sync.JobFiles;
using MarketoLambda.Sync.Settings;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Tests.S3;

public sealed class S3SourceTypeTests
{
    [Theory]
    [InlineData("""{ "bucket": "acme-drop" }""", "CSV files \"*.csv\", \"*.csv.gz\" in s3://acme-drop/")]
    [InlineData("""{ "bucket": "acme-drop", "prefix": "in/marketo" }""", "CSV files \"*.csv\", \"*.csv.gz\" in s3://acme-drop/in/marketo/")]
    [InlineData(
        """{ "bucket": "acme-drop", "prefix": "in/marketo/", "pattern": "orders-*" }""",
        "CSV files \"orders-*\" in s3://acme-drop/in/marketo/"
    )]
    [InlineData(
        """{ "bucket": "arn:aws:s3:eu-central-1:123456789012:accesspoint/drop", "region": "eu-central-1" }""",
        "CSV files \"*.csv\", \"*.csv.gz\" in s3://arn:aws:s3:eu-central-1:123456789012:accesspoint/drop/"
    )]
    [InlineData(
        """{ "bucket": "acme-drop", "endpoint": "http://localhost:9000", "delimiter": ";", "encoding": "windows-1252", "settleSeconds": 60, "cursor": "at" }""",
        "CSV files \"*.csv\", \"*.csv.gz\" in s3://acme-drop/"
    )]
    [InlineData(
        """{ "bucket": "acme-drop", "format": "excel", "sheet": "Orders", "headerRow": 3 }""",
        "Excel workbooks \"*.xlsx\" in s3://acme-drop/"
    )]
    [InlineData(
        """{ "bucket": "acme-drop", "format": "jsonLines", "cursor": "meta.at" }""",
        "JSON lines \"*.jsonl\", \"*.jsonl.gz\", \"*.ndjson\", \"*.ndjson.gz\" in s3://acme-drop/"
    )]
    public void A_bucket_is_described_by_its_name_and_prefix(string json, string description)
    {
        // When
        var (source, problems) = Read(json);
        // Then
        Assert.Empty(problems);
        Assert.Equal(description, source.Description);
    }

    [Theory]
    [InlineData("http://minio.example.com", true)]
    [InlineData("https://minio.example.com", false)]
    [InlineData("http://localhost:9000", false)]
    public void Endpoint_without_encryption_that_is_elsewhere_is_told_to_whoever_checks_the_job(string endpoint, bool isTold)
    {
        // When
        var (source, _) = Read($$"""{ "bucket": "acme-drop", "endpoint": "{{endpoint}}" }""");
        // Then
        string[] expected = isTold
            ? ["\"endpoint\" begins with http://, so files and keys travel in clear text; use https:// where the store offers it"]
            : [];
        Assert.Equal(expected, source.Advice);
    }

    [Theory]
    [InlineData("{ }", "lacks \"bucket\"")]
    [InlineData(
        """{ "bucket": "s3://acme-drop/in" }""",
        ".bucket must be a bucket's name alone, without s3:// and path (name the folder in \"prefix\"), or the ARN of an access point"
    )]
    [InlineData("""{ "bucket": "acme/in" }""", ".bucket must be a bucket's name alone")]
    [InlineData("""{ "bucket": "Acme" }""", ".bucket must be a bucket's name alone")]
    [InlineData("""{ "bucket": "ab" }""", ".bucket must be a bucket's name alone")]
    [InlineData("""{ "bucket": "acme", "prefix": "/in" }""", ".prefix must not begin with a slash")]
    [InlineData(
        """{ "bucket": "acme", "pattern": "in/*.csv" }""",
        ".pattern must be the pattern of a file's name, without folders; name the folder in \"prefix\""
    )]
    [InlineData("""{ "bucket": "acme", "endpoint": "localhost:9000" }""", ".endpoint must be the address of a store that understands S3")]
    [InlineData("""{ "bucket": "acme", "folder": "in" }""", "has no setting \"folder\"; known here: ")]
    [InlineData("""{ "bucket": "acme", "format": "xml" }""", ".format must be \"excel\", \"jsonLines\" or \"csv\"")]
    [InlineData("""{ "bucket": "acme", "sheet": "Orders" }""", "has no setting \"sheet\"")]
    [InlineData("""{ "bucket": "acme", "format": "excel", "delimiter": ";" }""", "has no setting \"delimiter\"")]
    [InlineData("""{ "bucket": "acme", "format": "jsonLines", "headerRow": 2 }""", "has no setting \"headerRow\"")]
    public void A_wrong_setting_is_a_problem_that_says_what_is_expected(string json, string problem)
    {
        // When
        var (_, problems) = Read(json);
        // Then
        Assert.StartsWith("jobs.x.source" + (problem[0] == '.' ? "" : " ") + problem, Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_source_of_a_job_file_has_its_own_name()
    {
        // When
        var names = SourceTypes
            .All(new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build(), TimeProvider.System)
            .Select(type => type.Name)
            .ToList();
        // Then
        Assert.Contains("s3", names);
        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public void The_readmes_job_is_one()
    {
        // Given
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MarketoLambda.sln")))
        {
            folder = folder.Parent!;
        }

        var readme = File.ReadAllLines(Path.Combine(folder.FullName, "src/MarketoLambda.Sources/S3/README.md"));
        var json = string.Join(
            '\n',
            readme
                .SkipWhile(line => line != "    {")
                .TakeWhile(line => line.Length == 0 || line.StartsWith("    ", StringComparison.Ordinal)));
        // When
        var job = Assert.Single(JobFile.Parse(json, "README.md", [new S3SourceType(TimeProvider.System)]));
        // Then
        Assert.Equal("CSV files \"*.csv\", \"*.csv.gz\" in s3://acme-exports/marketo/products/", job.Source.Description);
    }

    private static (ISource Source, IReadOnlyList<string> Problems) Read(string json)
    {
        JobProblems problems = new(".");
        JobSection section = new(LocatedJson.Parse(json, problems)!, "jobs.x.source", problems);
        var source = new S3SourceType(TimeProvider.System).Read(section);
        section.AddErrorsForOtherNames();
        return (source, [.. problems.InOrder.Select(problem => problem.Message)]);
    }
}
