using System.Diagnostics;

namespace MarketoLambda.Benchmarks;

/// <summary>Starts this program again, in other roles.</summary>
internal static class Children
{
    /// <summary>Runs a part to its end and reads its one line.</summary>
    public static async Task<Measured> MeasureAsync(params string[] arguments)
    {
        using var child = Start(arguments);
        var line = await child.StandardOutput.ReadLineAsync();
        await child.WaitForExitAsync();
        return child.ExitCode == 0 && line is not null
            ? Measured.Parse(line)
            : throw new InvalidOperationException($"The part {arguments[0]} failed with exit code {child.ExitCode}.");
    }

    public static Process Start(params string[] arguments)
    {
        ProcessStartInfo start = new(Environment.ProcessPath ?? "dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(Children).Assembly.Location);
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["AWS_ACCESS_KEY_ID"] = BenchmarkBucket.AccessKeyId;
        start.Environment["AWS_SECRET_ACCESS_KEY"] = BenchmarkBucket.SecretAccessKey;
        return Process.Start(start) ?? throw new InvalidOperationException("The part could not be started.");
    }
}

/// <summary>An emulator in a process of its own.</summary>
internal sealed class ServerChild : IDisposable
{
    private readonly Process _process;

    private ServerChild(Process process, string address)
    {
        _process = process;
        Address = address;
    }

    public string Address { get; }

    public static async Task<ServerChild> StartAsync(double speed, bool enforceLimits)
    {
        var process = Children.Start(
            "serve",
            speed.ToString(System.Globalization.CultureInfo.InvariantCulture),
            enforceLimits ? "limits" : "unlimited");
        return new ServerChild(
            process,
            await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The emulator did not start."));
    }

    /// <summary>Records held, most calls in any 20 s, calls refused for a limit, calls counted.</summary>
    public async Task<(int Records, int WorstWindow, int Refused, int Calls)> CountAsync()
    {
        await _process.StandardInput.WriteLineAsync("count");
        var parts = (await _process.StandardOutput.ReadLineAsync() ?? "").Split(' ').Select(int.Parse).ToArray();
        return (parts[0], parts[1], parts[2], parts[3]);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
