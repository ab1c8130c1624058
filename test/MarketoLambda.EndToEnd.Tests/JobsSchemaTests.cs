using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;
using MarketoLambda.Sources.Csv;
using MarketoLambda.Sources.S3;
using MarketoLambda.Sync.JobFiles;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>The schema that <c>jobs schema</c> prints is what an editor needs: valid, and true of the job files we publish.</summary>
public sealed class JobsSchemaTests
{
    private static readonly JsonDocumentOptions AsTheProgramReads = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    [Fact]
    public async Task Job_files_that_we_publish_are_valid_and_a_mistake_in_them_is_not()
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        string[] files =
        [
            ReadmeJobs(),
            MappingJobs(),
            Repository.Read("src/MarketoLambda.Cli/Demo/jobs.json"),
            Repository.Read("src/MarketoLambda.Functions/jobs.json"),
        ];

        // When
        var printed = await local.RunAsync("jobs", "schema");
        var schema = JsonSchema.FromText(printed.Output);

        // Then
        Assert.Equal((0, ""), (printed.ExitCode, printed.Error));
        Assert.All(files, file => Assert.True(IsValid(schema, file)));
        Assert.All(
            files,
            file =>
                Assert.NotEmpty(
                    JobFile.Parse(
                        file.Replace("\"example\": true", "\"example\": false", StringComparison.Ordinal),
                        "jobs.json",
                        [new CsvSourceType(TimeProvider.System), new S3SourceType(TimeProvider.System)])));
        Assert.All(files, file => Assert.False(IsValid(schema, file.Replace("\"fields\"", "\"feilds\"", StringComparison.Ordinal))));
        Assert.All(files, file => Assert.False(IsValid(schema, Regex.Replace(file, "\"(csv|s3)\"", "\"cvs\""))));
    }

    [Theory]
    [InlineData("""["$defs", "csv"]""", "source.")]
    [InlineData("""["$defs", "field", "anyOf", 1]""", "….")]
    [InlineData("""["$defs", "job", "properties", "rejects"]""", "rejects.")]
    public async Task The_readme_lists_every_setting(string path, string prefix)
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        var node = JsonNode.Parse((await local.RunAsync("jobs", "schema")).Output)!;

        // When
        foreach (var step in JsonNode.Parse(path)!.AsArray())
        {
            node = step!.GetValueKind() == JsonValueKind.Number ? node[step.GetValue<int>()]! : node[step.GetValue<string>()]!;
        }

        // Then
        var settings = node["properties"]!.AsObject().Select(property => $"`{prefix}{property.Key}`").ToList();
        Assert.NotEmpty(settings);
        Assert.All(
            settings,
            setting => Assert.Contains(setting, Repository.Read("src/MarketoLambda.Cli/README.md"), StringComparison.Ordinal));
    }

    private static bool IsValid(JsonSchema schema, string json)
    {
        using var document = JsonDocument.Parse(json, AsTheProgramReads);
        return schema.Evaluate(document.RootElement).IsValid;
    }

    /// <summary>The indented block of the page about mapping.</summary>
    private static string MappingJobs() =>
        string.Join(
            '\n',
            Repository
                .Read("src/MarketoLambda.Sync/Mapping/README.md")
                .ReplaceLineEndings("\n")
                .Split('\n')
                .SkipWhile(line => line != "    {")
                .TakeWhile(line => line.StartsWith("    ", StringComparison.Ordinal)));

    private static string ReadmeJobs()
    {
        var readme = Repository.Read("README.md");
        var start = readme.IndexOf("```json\n{\n  \"jobs\"", StringComparison.Ordinal) + "```json\n".Length;
        return readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)];
    }
}
