using System.Xml.Linq;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>What people install, and what their shell asks of it. That it can be built, <c>.ci/programs</c> shows.</summary>
public sealed class ProgramTests
{
    [Theory]
    [InlineData("wat", "watch")]
    [InlineData("rejects lis", "list")]
    [InlineData("run --ta", "--take-over")]
    [InlineData("run impl", LocalHost.ApiName)]
    [InlineData("rejects list impl", LocalHost.ApiName)]
    [InlineData("status --jobs other.json dev", "deviceV1_c")]
    public async Task A_shell_that_asks_learns_what_may_follow(string line, string suggested)
    {
        await using var local = await LocalHost.OpenAsync();
        File.WriteAllText(Path.Combine(local.Folder, "other.json"), """{ /* mine */ "jobs": { "deviceV1_c": {}, }, }""");

        var answer = await local.RunAsync($"[suggest:{line.Length}]", line);

        Assert.Equal((0, ""), (answer.ExitCode, answer.Error));
        Assert.Equal([suggested], answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [Theory]
    [InlineData("nowhere.json")]
    [InlineData("half.json")]
    public async Task A_shell_is_told_of_no_job_and_no_mistake_where_the_job_file_cannot_be_read(string file)
    {
        await using var local = await LocalHost.OpenAsync();
        File.WriteAllText(Path.Combine(local.Folder, "half.json"), "{ \"jobs\": { \"deviceV1_c\"");
        var line = $"history --jobs {file} dev";

        var answer = await local.RunAsync($"[suggest:{line.Length}]", line);

        Assert.Equal((0, "", ""), (answer.ExitCode, answer.Error, answer.Output.Trim()));
    }

    [Fact]
    public async Task It_says_its_version()
    {
        await using var local = await LocalHost.OpenAsync();

        var answer = await local.RunAsync("--version");

        Assert.Matches(@"^\d+\.\d+\.\d+", answer.Output);
    }

    [Fact]
    public void Everyday_builds_do_not_ask_git_for_the_version()
    {
        var project = XDocument.Parse(Repository.Read("src/MarketoLambda.Cli/MarketoLambda.Cli.csproj"));

        var skip = Assert.Single(project.Descendants("MinVerSkip"));
        Assert.Equal(("true", "'$(Configuration)' == 'Debug'"), (skip.Value, (string?)skip.Attribute("Condition")));
    }

    [Theory]
    [InlineData("linux-x64")]
    [InlineData("linux-arm64")]
    [InlineData("win-x64")]
    [InlineData("osx-arm64")]
    public void Every_system_that_the_page_names_is_built_by_the_script(string system)
    {
        Assert.Contains(system, Repository.Read("src/MarketoLambda.Cli/README.md"), StringComparison.Ordinal);
        Assert.Matches($@"kinds=\(.*\b{system}\b.*\)", Repository.Read(".ci/programs"));
    }
}
