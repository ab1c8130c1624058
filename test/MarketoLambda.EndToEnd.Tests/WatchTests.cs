namespace MarketoLambda.EndToEnd.Tests;

/// <summary><c>watch</c> as a process.</summary>
public sealed class WatchTests
{
    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_ends_it_well_and_its_health_file_is_gone(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs signals");

        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        var health = Path.Combine(local.Folder, "health.json");
        using var watch = local.Start("watch", "--schedule", "0 3 * * *", "--health", health);
        for (var tries = 0; tries < 300 && !File.Exists(health); tries++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        // When
        Assert.True(File.Exists(health));
        await watch.SignalAsync(signal);
        var end = await watch.EndAsync().WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);

        // Then
        Assert.Equal(0, end.ExitCode);
        Assert.Contains("implementedProductV1_c runs next at ", end.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(health));
    }

    [Fact]
    public async Task A_changed_job_file_is_told_with_its_mistakes_and_read_without_a_restart()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs signals");

        // Given: runs all the time, so that it looks at the file all the time
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        var jobs = await File.ReadAllTextAsync(Path.Combine(local.Folder, "jobs.json"));
        using var watch = local.Start("watch", "--schedule", "rate(1 minute)");
        await watch.SeesErrorAsync("without a restart");

        // When
        local.WriteJobs("{ \"jobs\": ");
        await watch.SeesErrorAsync("cannot be used as it is");
        local.WriteJobs(jobs.Replace("\"key\"", "\"schedule\": \"0 3 * * *\", \"key\"", StringComparison.Ordinal));
        await watch.SeesErrorAsync("counts from now on");
        await watch.SignalAsync("TERM");
        var end = await watch.EndAsync().WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);

        // Then
        Assert.Equal(0, end.ExitCode);
        Assert.Contains("the jobs go on as they were.", end.Error, StringComparison.Ordinal);
        Assert.Contains("T03:00", end.Error.Replace(' ', 'T'), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_any_schedule_it_says_where_one_is_written()
    {
        await using var local = await LocalHost.OpenAsync();

        var watch = await local.RunAsync("watch");

        Assert.Equal(2, watch.ExitCode);
        Assert.Contains("No job has a schedule.", watch.Error, StringComparison.Ordinal);
        Assert.Contains("\"schedule\": \"0 6 * * 1-5\"", watch.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_init_it_does_not_begin()
    {
        await using var local = await LocalHost.OpenAsync();

        var watch = await local.RunAsync("watch", "--schedule", "0 3 * * *");

        Assert.Equal(2, watch.ExitCode);
        Assert.Contains("marketo-lambda init", watch.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"schedule\": \"0 6 13 * 5\"", "leave one of them *")]
    [InlineData("\"schedule\": \"cron(0 3 * * *)\"", "AWS wants 6")]
    [InlineData("\"schedule\": \"0 3 * * *\", \"scheduleTimeZone\": \"Berlin\"", "is not a known time zone")]
    [InlineData("\"scheduleTimeZone\": \"Europe/Berlin\"", "\"schedule\" only")]
    public async Task Mistakes_of_a_schedule_are_mistakes_of_the_job_file(string setting, string told)
    {
        await using var local = await LocalHost.OpenAsync();
        local.WriteJobs($$"""
            { "jobs": { "implementedProductV1_c": {
              "source": { "type": "csv", "folder": "drop" }, "key": "serialNumber", "fields": { "serialNumber": "Serial Number" },
              {{setting}} } } }
            """);

        var watch = await local.RunAsync("watch");

        Assert.Equal(2, watch.ExitCode);
        Assert.Contains(told, watch.Error, StringComparison.Ordinal);
    }
}
