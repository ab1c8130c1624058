using System.Text.Json.Nodes;
using MarketoLambda.Sync.Leases;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>What a person sees of runs: what is at work now, what died, what came last.</summary>
public sealed class StatusTests
{
    [Fact]
    public async Task A_run_at_work_is_told_with_its_lease_and_once_that_is_over_as_dead()
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        await KillDuringTheFirstCallsAsync(local);
        Array.ForEach(Directory.GetFiles(local.Folder, "running-*"), File.Delete); // as on another computer, which knows of no process

        // When
        var atWork = await local.RunAsync("status");
        await local.EndLeasesAsync();
        var dead = await local.RunAsync("status");
        var program = JsonNode.Parse((await local.RunAsync("status", "--json")).Output)![0]!;

        // Then
        Assert.Matches(@"Running now +#1 import since .*before its first checkpoint", atWork.Error);
        Assert.Contains("until then no other run begins", Unwrapped(atWork), StringComparison.Ordinal);
        Assert.Matches(@"Dead run +#1 import of .*ended without a word", Unwrapped(dead));
        Assert.DoesNotContain("Running now", dead.Error, StringComparison.Ordinal);
        Assert.Equal((1, null), ((int?)program["dead"]!["number"], (int?)program["running"]?["number"]));
    }

    [Fact]
    public async Task History_shows_every_run_that_died_before_its_first_checkpoint()
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        await KillDuringTheFirstCallsAsync(local);
        await local.EndLeasesAsync();
        await KillDuringTheFirstCallsAsync(local);

        // When
        var people = await local.RunAsync("history", LocalHost.ApiName);
        var programs = JsonNode.Parse((await local.RunAsync("history", LocalHost.ApiName, "--json")).Output)!.AsArray();
        var status = await local.RunAsync("status");

        // Then
        Assert.Equal([2, 1], programs.Select(run => (int)run!["number"]!));
        Assert.All(programs, run => Assert.Null(run!["token"]));
        Assert.Contains("at work, or dead", Unwrapped(people), StringComparison.Ordinal);
        Assert.Contains("ended without a word", Unwrapped(people), StringComparison.Ordinal);
        Assert.Matches(@"Dead run +#2 ", status.Error);
    }

    [Fact]
    public async Task The_last_check_from_here_is_told_also_where_nothing_was_new_and_the_newest_file_that_waits()
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        local.DropRows("a.csv", 3);
        await local.RunAsync("run", "--all");
        await local.RunAsync("run", "--all");
        local.DropRows("b.csv", 2, first: 10);

        // When
        var status = await local.RunAsync("status");

        // Then
        Assert.Matches(@"Last check from here +\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ .*: Succeeded: nothing new", status.Error);
        Assert.Matches(@"Newest file there +b\.csv .*not finished yet", status.Error);
        Assert.Matches(@"Acknowledged writes +3 ", status.Error);
        Assert.Matches(@"Last run +#1 Succeeded", status.Error);
    }

    [Fact]
    public async Task A_watched_status_is_shown_until_somebody_ends_it()
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        using var watch = local.Start("status", "--watch");
        await watch.SeesErrorAsync("Ctrl-C ends it");

        // When
        await watch.SignalAsync("INT");
        var ended = await watch.EndAsync();

        // Then
        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("High-water mark", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Time_that_Marketo_keeps_in_whole_seconds_is_not_told_in_tenths()
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        await local.DropRows("a.csv", 3).RunAsync("run", "--all");

        // When
        var history = await local.RunAsync("history", LocalHost.ApiName);

        // Then
        Assert.DoesNotMatch(@"\d\.\d s", history.Error);
    }

    private static async Task KillDuringTheFirstCallsAsync(LocalHost local)
    {
        var runs = local.Marketo.Count(RunFields.ObjectApiName);
        local.DropRows("a.csv", 3000);
        local.Marketo.Options.Latency = TimeSpan.FromMilliseconds(300);
        using var run = local.Start("run", "--all");
        while (local.Marketo.Count(RunFields.ObjectApiName) == runs)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        await run.SignalAsync("KILL");
        await run.EndAsync();
        local.Marketo.Options.Latency = TimeSpan.Zero;
    }

    private static string Unwrapped(CliResult result) => System.Text.RegularExpressions.Regex.Replace(result.Error, @"\s+", " ");
}
