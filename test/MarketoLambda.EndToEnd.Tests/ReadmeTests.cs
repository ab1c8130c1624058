using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using MarketoLambda.Marketo.Settings;
using MarketoLambda.Sources.Csv;
using MarketoLambda.Sync.JobFiles;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>What the READMEs say is true.</summary>
public sealed partial class ReadmeTests
{
    private const int MaxFrontPage = 9_000;

    private static readonly string Readme = Repository.Read("README.md");
    private static readonly string Reference = Repository.Read("src/MarketoLambda.Cli/README.md");

    public static TheoryData<string> Pages =>
        [
            .. PagesOf(".", SearchOption.TopDirectoryOnly),
            .. PagesOf("src", SearchOption.AllDirectories),
            .. PagesOf("test", SearchOption.AllDirectories),
        ];

    [Fact]
    public void Its_settings_are_those_of_the_program_with_their_defaults()
    {
        MarketoOptions options = new();
        Assert.All(
            typeof(MarketoOptions).GetProperties(),
            property =>
            {
                var value = Convert.ToString(property.GetValue(options), CultureInfo.InvariantCulture);
                var stated = property.PropertyType == typeof(string) ? "required" : value;
                Assert.Matches($@"\| `Marketo__{property.Name}` \|[^|]*\| {stated} \|", Reference);
            });
        Assert.Equal(typeof(MarketoOptions).GetProperties().Length, SettingRow().Count(Reference));
    }

    [Theory]
    [InlineData("AlertOptions")]
    [InlineData("LocalHostOptions")]
    public void Its_settings_of_the_command_line_are_those_of_the_program(string options)
    {
        var type = Assert.Single(Assembly.Load("marketo-lambda").GetTypes(), type => type.Name == options);
        var section = (string)type.GetField("Section")!.GetValue(null)!;
        var defaults = Activator.CreateInstance(type);
        var properties = type.GetProperties().Where(property => property.CanWrite).ToList();

        Assert.NotEmpty(properties);
        Assert.All(
            properties,
            property =>
            {
                var value = Convert.ToString(property.GetValue(defaults), CultureInfo.InvariantCulture);
                Assert.Matches(
                    $@"\| `{section}__{property.Name}` \|[^|]*\| {(string.IsNullOrEmpty(value) ? "none" : $"`?{value}`?")} \|",
                    Reference);
            }
        );
        Assert.Equal(
            properties.Count,
            Regex.Count(
                Reference[Reference.IndexOf("\n## Settings", StringComparison.Ordinal)..],
                $"^\\| `{section}__",
                RegexOptions.Multiline));
    }

    [Fact]
    public async Task Its_job_file_runs_against_the_emulator_it_describes()
    {
        // Given
        var jobs = JsonBlock()
            .Matches(Readme)
            .Select(match => match.Groups[1].Value)
            .Single(json => json.Contains("\"jobs\"", StringComparison.Ordinal));
        var job = Assert.Single(JobFile.Parse(jobs, "jobs.json", [new CsvSourceType(TimeProvider.System)]));
        await using var local = await LocalHost.OpenAsync();
        local.WriteJobs(jobs);

        // When
        using var emulator = local.Start("emulate", "--client-id", "the-id", "--client-secret", "the-secret");
        local.Environment["Marketo__BaseUrl"] = await emulator.ReadLineAsync();
        var columns = job.Columns.Append("Modified At").ToList();
        var path = Path.Combine(local.Folder, "drop", "products-1.csv");
        local.Drop(
            "products-1.csv",
            string.Join(',', columns)
                + "\n"
                + string.Join(
                    ',',
                    columns.Select(column =>
                        column switch
                        {
                            "Implemented On" => "2026-11-20",
                            "Modified At" => "2026-11-20T08:00:00Z",
                            _ => "x",
                        }
                    ))
                + "\n");
        File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-5));
        var init = await local.RunAsync("init", "--jobs", "jobs.json");
        var run = await local.RunAsync("run", "--all", "--jobs", "jobs.json");
        var status = await local.RunAsync("status", "--jobs", "jobs.json");

        // Then
        Assert.Equal((0, 0, 0), (init.ExitCode, run.ExitCode, status.ExitCode));
        Assert.Contains("1 record in", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_commands_are_those_of_the_program()
    {
        var commands = Directory.GetFiles(Path.Combine(Repository.Root, "src/MarketoLambda.Cli/Commands"), "*Command.cs")
            .Select(path => JsonNamingPolicy.CamelCase.ConvertName(Path.GetFileName(path)[..^"Command.cs".Length])).ToList();

        Assert.NotEmpty(commands);
        Assert.All(commands, command => Assert.Matches($@"\| `{command}", Reference));
    }

    [Fact]
    public void It_is_a_front_page() => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(Readme), 1, MaxFrontPage);

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_lead_somewhere(string page)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, page))!;
        var links = Link()
            .Matches(Repository.Read(page))
            .Select(match => match.Groups[1].Value.Split('#')[0])
            .Where(link => link.Length > 0 && !link.StartsWith("http", StringComparison.Ordinal));

        Assert.All(links, link => Assert.True(Path.Exists(Path.Combine(folder, link)), link));
    }

    private static IEnumerable<string> PagesOf(string folder, SearchOption depth) =>
        Directory
            .GetFiles(Path.Combine(Repository.Root, folder), "*.md", depth)
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Where(path => !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal));

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex JsonBlock();

    [GeneratedRegex(@"^\| `Marketo__", RegexOptions.Multiline)]
    private static partial Regex SettingRow();

    [GeneratedRegex(@"\]\(([^)]+)\)")]
    private static partial Regex Link();
}
