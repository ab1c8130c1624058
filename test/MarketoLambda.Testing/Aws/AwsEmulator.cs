using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace MarketoLambda.Testing.Aws;

/// <summary>moto_server, an independent emulator of AWS, where the machine has it.</summary>
public sealed class AwsEmulator : IDisposable
{
    /// <summary>What a test says that is skipped.</summary>
    public const string Missing = "moto_server is not on this machine: pip install \"moto[server]\"";

    private static readonly TimeSpan MaxStart = TimeSpan.FromSeconds(60);
    private static readonly Lazy<Task<AwsEmulator?>> LazyShared = new(StartSharedAsync);

    private readonly Process _process;

    private AwsEmulator(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>The one of this process, started with its first use and ended with the process; null where the machine has none.</summary>
    public static Task<AwsEmulator?> SharedAsync() => LazyShared.Value;

    /// <summary>Starts one; null where the machine has none.</summary>
    public static async Task<AwsEmulator?> StartAsync()
    {
        var port = FreePort();
        Process process;
        try
        {
            process = Process.Start(
                new ProcessStartInfo("moto_server", ["-p", $"{port}"]) { RedirectStandardOutput = true, RedirectStandardError = true }
            )!;
        }
        catch (Win32Exception)
        {
            return null;
        }

        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        AwsEmulator started = new(process, new Uri($"http://127.0.0.1:{port}/"));
        if (await started.AnswersAsync())
        {
            return started;
        }

        started.Dispose();
        return null;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static async Task<AwsEmulator?> StartSharedAsync()
    {
        var started = await StartAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => started?.Dispose();
        return started;
    }

    private async Task<bool> AnswersAsync()
    {
        using HttpClient http = new();
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < MaxStart && !_process.HasExited)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(Address, "moto-api/data.json"));
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, CancellationToken.None);
            }
        }

        return false;
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
