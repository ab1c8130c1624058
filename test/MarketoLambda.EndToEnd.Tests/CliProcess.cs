using System.Diagnostics;
using System.Text;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>The program as a user starts it: a process with arguments, an environment and two streams.</summary>
internal sealed class CliProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _seen = new();
    private readonly Task _reading;

    private CliProcess(Process process)
    {
        _process = process;
        _reading = ReadErrorAsync();
    }

    /// <summary>Starts it and leaves it running.</summary>
    public static CliProcess Start(IReadOnlyDictionary<string, string> environment, string folder, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "marketo-lambda.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["MARKETO_LAMBDA_COMMAND"] = "marketo-lambda"; // wherever the tests are built
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new CliProcess(Process.Start(start) ?? throw new InvalidOperationException("The program could not be started."));
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<CliResult> RunAsync(IReadOnlyDictionary<string, string> environment, string folder, params string[] arguments)
    {
        using var process = Start(environment, folder, arguments);
        return await process.EndAsync();
    }

    public async Task<string> ReadLineAsync() =>
        await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"The program ended early: {await ErrorAsync()}");

    /// <summary>Waits until it has told people this.</summary>
    public async Task SeesErrorAsync(string text)
    {
        while (!Seen().Contains(text, StringComparison.Ordinal) && !_reading.IsCompleted)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }
    }

    /// <summary>Sends a signal, as Ctrl-C (<c>INT</c>) or the operating system (<c>KILL</c>) does.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    public async Task<CliResult> EndAsync()
    {
        var output = await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        return new CliResult(_process.ExitCode, output, await ErrorAsync());
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private async Task<string> ErrorAsync()
    {
        await _reading;
        return Seen();
    }

    private string Seen()
    {
        lock (_seen)
        {
            return _seen.ToString();
        }
    }

    private async Task ReadErrorAsync()
    {
        var buffer = new char[4096];
        while (await _process.StandardError.ReadAsync(buffer) is > 0 and var count)
        {
            lock (_seen)
            {
                _seen.Append(buffer, 0, count);
            }
        }
    }
}

/// <summary>What the program left behind.</summary>
internal sealed record CliResult(int ExitCode, string Output, string Error);
