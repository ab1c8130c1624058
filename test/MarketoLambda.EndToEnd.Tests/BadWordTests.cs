using static MarketoLambda.EndToEnd.Tests.BadInput;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>Words of the command line that the program does not know, and words of files that a terminal would obey.</summary>
public sealed class BadWordTests
{
    [Fact]
    public Task An_unknown_job() => RefusedAsync(_ => { }, exitCode: 2, ["run", "car_c"], "no job car_c", "implementedProductV1_c");

    [Fact]
    public Task Neither_a_job_nor_all() => RefusedAsync(_ => { }, exitCode: 2, ["run"], "run --all");

    [Fact]
    public Task A_time_of_a_backfill_that_is_none() =>
        RefusedAsync(
            _ => { },
            exitCode: 2,
            ["backfill", LocalHost.ApiName, "--from", "24.11.2026", "--until", "2026-11-25"],
            "--from \"24.11.2026\" is not a point in time. Write it as 2026-01-31");

    [Theory]
    [InlineData("run has no option --verbose", "run --all --verbose")]
    [InlineData("status has no option --jason (did you mean --json?)", "status --jason")]
    [InlineData("jobs check has no option --offlin (did you mean --offline?)", "jobs check --offlin")]
    [InlineData("There is no command statsu (did you mean status?)", "statsu")]
    [InlineData("There is no command jobs chekc (did you mean check?)", "jobs chekc")]
    [InlineData("There is no command frobnicate; known here: backfill, demo, ", "frobnicate")]
    public Task A_word_that_the_program_does_not_know(string sentence, string command) =>
        RefusedAsync(_ => { }, exitCode: 2, command.Split(' '), sentence);

    [Fact]
    public async Task Help_is_a_word_too()
    {
        await using var local = await LocalHost.OpenAsync();

        var help = await local.RunAsync("help", "jobs", "check");

        Assert.Equal(0, help.ExitCode);
        Assert.Contains("Check the job file against its sources", help.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Control_characters_of_files_never_reach_the_terminal()
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        const string attack = "\e]0;owned\a\e]8;;http://example.com\alink\u009b2J\u202etxt";
        local.Drop(
            $"a{attack.Replace("/", "_", StringComparison.Ordinal)}.csv",
            $"Serial Number,Quantity,{attack}\n{attack},x\n{attack}2,x,\n");

        // When
        var said = new[]
        {
            await local.RunAsync("jobs", "check", "--samples"),
            await local.RunAsync("jobs", "check", "--json"),
            await local.RunAsync("run", "--all"),
            await local.RunAsync("run", attack),
            await local.RunAsync("status"),
            await local.RunAsync("rejects", "list", LocalHost.ApiName),
            await local.RunAsync("run", "--all", "--json"),
        };

        // Then
        Assert.All(
            said,
            result =>
                Assert.DoesNotContain(
                    result.Output + result.Error,
                    sign => (char.IsControl(sign) && sign is not ('\n' or '\r')) || sign == '\u202e'));
        Assert.Contains(said, result => result.Error.Contains("\u241b]0;owned", StringComparison.Ordinal));
    }
}
