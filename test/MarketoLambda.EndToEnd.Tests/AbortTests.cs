using System.Diagnostics;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>A second Ctrl-C ends whatever hangs.</summary>
public sealed class AbortTests
{
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_second_signal_ends_a_program_that_waits_for_something_that_never_comes(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs signals and a pipe with a name");

        // Given: a job file that is a pipe into which no one writes
        await using var local = await LocalHost.OpenAsync();
        var jobs = Path.Combine(local.Folder, "pipe.json");
        using (var made = Process.Start("mkfifo", [jobs]))
        {
            await made.WaitForExitAsync();
        }

        using var run = local.Start("run", "--all", "--jobs", jobs);
        // Opens when the program reads
        await using var silence = await Task.Run(() => new FileStream(jobs, FileMode.Open, FileAccess.Write));

        // When: again and again, since two of a kind that come too close together are one
        var ending = run.EndAsync();
        for (var tries = 0; tries < 20 && !ending.IsCompleted; tries++)
        {
            await run.SignalAsync(signal);
            await Task.WhenAny(ending, Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System));
        }

        var end = await ending.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);

        // Then
        Assert.Equal(130, end.ExitCode);
        Assert.Contains("Aborted; the last checkpoint stands. If a run was at work, begin the next with --take-over.", end.Error, StringComparison.Ordinal);
    }
}
