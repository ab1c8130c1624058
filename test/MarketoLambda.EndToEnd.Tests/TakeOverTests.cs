using System.Globalization;
using System.Text.RegularExpressions;
using MarketoLambda.Sync.Leases;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>Taking over from a run of this computer: in seconds where its process is gone, and never where it lives.</summary>
public sealed class TakeOverTests
{
    private static readonly TimeSpan SlowCall = TimeSpan.FromMilliseconds(700);

    [Fact]
    public async Task A_run_whose_process_was_killed_is_taken_over_in_seconds_once_Marketo_is_done_with_what_it_sent()
    {
        // Given: killed in the middle, some minutes ago
        await using var local = await StartedAsync();
        using (var dying = await AtWorkAsync(local))
        {
            await dying.SignalAsync("KILL");
            await dying.EndAsync();
        }

        Age(local, TimeSpan.FromMinutes(3));
        local.Marketo.Options.Latency = TimeSpan.Zero;

        // When
        var begun = TimeProvider.System.GetTimestamp();
        var next = await local.RunAsync("run", LocalHost.ApiName, "--take-over");
        var took = TimeProvider.System.GetElapsedTime(begun);
        var history = await local.RunAsync("history", LocalHost.ApiName);

        // Then
        Assert.True(next.ExitCode == 0, next.Error);
        Assert.Matches(@"taking over from run 1, .*: its process \d+ on this computer is gone, and Marketo is done", OneLine(next.Error));
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(60));
        Assert.Equal(3000, local.Marketo.Records(LocalHost.ApiName).Count);
        Assert.Empty(Files(local));
        Assert.Matches(@"\b1 +20\S+ [\d:]+ +Taken over", history.Error); // how many records it had sent is not known
    }

    [Fact]
    public async Task Who_comes_at_once_waits_for_what_Marketo_may_still_be_at_work_on()
    {
        // Given
        await using var local = await StartedAsync();
        using (var dying = await AtWorkAsync(local))
        {
            await dying.SignalAsync("KILL");
            await dying.EndAsync();
        }

        // When
        using var next = local.Start("run", LocalHost.ApiName, "--take-over");
        await next.SeesErrorAsync("Waiting 1");
        await next.SignalAsync("KILL");
        var end = await next.EndAsync();

        // Then
        Assert.Matches(@"is gone\. Waiting 1[0-4]\d seconds, until Marketo is done with whatever it had sent", OneLine(end.Error));
    }

    [Fact]
    public async Task Status_and_the_next_run_say_that_the_process_of_a_killed_run_is_gone_and_what_goes_on_now()
    {
        // Given
        await using var local = await StartedAsync();
        using (var dying = await AtWorkAsync(local))
        {
            await dying.SignalAsync("KILL");
            await dying.EndAsync();
        }

        local.Marketo.Options.Latency = TimeSpan.Zero;

        // When
        var status = await local.RunAsync("status");
        var next = await local.RunAsync("run", "--all");

        // Then
        Assert.Matches(
            @"Dead run #1 import of .*: its process \d+ on this computer is gone\. ""\S+ run implementedProductV1_c --take-over"" goes on now",
            OneLine(status.Error));
        Assert.DoesNotContain("Running now", status.Error, StringComparison.Ordinal);
        Assert.Equal(4, next.ExitCode);
        Assert.Matches(@"That run is dead: its process \d+ on this computer is gone\..* goes on now; without it no run begins", OneLine(next.Error));
    }

    [Fact]
    public async Task A_run_that_lives_is_told_as_running()
    {
        // Given
        await using var local = await StartedAsync();
        local.Environment["Marketo__RecordsPerCall"] = "10"; // at work for a minute
        using var living = await AtWorkAsync(local);

        // When
        var status = await local.RunAsync("status");
        var next = await local.RunAsync("run", "--all");

        // Then
        Assert.Contains("Running now", status.Error, StringComparison.Ordinal);
        Assert.Contains("If you know that it is dead", OneLine(next.Error), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_whose_process_lives_is_not_taken_over()
    {
        // Given
        await using var local = await StartedAsync();
        local.Environment["Marketo__RecordsPerCall"] = "10"; // at work for a minute
        using var living = await AtWorkAsync(local);

        // When
        var refused = await local.RunAsync("run", LocalHost.ApiName, "--take-over");

        // Then
        Assert.Equal(2, refused.ExitCode);
        Assert.Matches(@"run 1, .* is not dead: it is process \d+ on this computer", OneLine(refused.Error));
        Assert.Equal("claimed", Assert.Single(local.Marketo.Records(RunFields.ObjectApiName), row => row["kind"] == "import")["stage"]);
    }

    [Fact]
    public async Task A_run_that_ends_leaves_no_file()
    {
        await using var local = await StartedAsync();
        local.Marketo.Options.Latency = TimeSpan.Zero;

        var run = await local.RunAsync("run", LocalHost.ApiName);

        Assert.Equal(0, run.ExitCode);
        Assert.Empty(Files(local));
    }

    private static async Task<LocalHost> StartedAsync()
    {
        var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        local.DropRows("a.csv", 3000);
        local.Marketo.Options.Latency = SlowCall;
        return local;
    }

    /// <summary>A run that has its lease.</summary>
    private static async Task<CliProcess> AtWorkAsync(LocalHost local)
    {
        var process = local.Start("run", LocalHost.ApiName);
        while (local.Marketo.Records(LocalHost.ApiName).Count == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }

        return process;
    }

    /// <summary>So much later, without waiting for it: all that tells is when the process sent its last write.</summary>
    private static void Age(LocalHost local, TimeSpan by)
    {
        var file = Assert.Single(Files(local));
        var text = File.ReadAllText(file);
        text = Regex.Replace(
            text,
            "\"sentAt\":\"([^\"]+)\"",
            match => $"\"sentAt\":\"{DateTimeOffset.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) - by:O}\"");
        var ticks = (long)(by.TotalSeconds * TimeProvider.System.TimestampFrequency);
        text = Regex.Replace(
            text,
            "\"sentTimestamp\":(\\d+)",
            match => $"\"sentTimestamp\":{long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) - ticks}");
        File.WriteAllText(file, text);
    }

    private static string[] Files(LocalHost local) => Directory.GetFiles(local.Folder, "running-*");

    private static string OneLine(string text) => Regex.Replace(text, @"\s+", " ");
}
