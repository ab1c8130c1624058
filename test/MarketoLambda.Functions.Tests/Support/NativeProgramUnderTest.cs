using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;

namespace MarketoLambda.Functions.Tests.Support;

/// <summary>A process of the native executable, and the runtime API that Lambda would be.</summary>
internal sealed class NativeProgramUnderTest : IDisposable
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(60);

    private readonly HttpListener _runtime = new();
    private readonly Process _process;

    private NativeProgramUnderTest(string executable, string handler, string jobsFile)
    {
        var port = FreePort();
        _runtime.Prefixes.Add($"http://127.0.0.1:{port}/");
        _runtime.Start();
        ProcessStartInfo start = new(executable);
        foreach (var (name, value) in Settings(handler, jobsFile, port))
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start) ?? throw new InvalidOperationException("The native program did not start.");
    }

    public static NativeProgramUnderTest Start(string handler, string jobsFile)
    {
        var executable = new ConfigurationBuilder().AddEnvironmentVariables().Build()["LAMBDA_BOOTSTRAP"];
        Assert.SkipWhen(
            !File.Exists(executable),
            "There is no native executable: .ci/run publishes one, and names it in LAMBDA_BOOTSTRAP.");
        return new NativeProgramUnderTest(executable!, handler, jobsFile);
    }

    /// <summary>What the program reports to the runtime first.</summary>
    public async Task<(string Path, string Body)> FirstPostAsync()
    {
        using CancellationTokenSource limit = new(MaxWait, TimeProvider.System);
        while (true)
        {
            var call = await _runtime.GetContextAsync().WaitAsync(limit.Token);
            if (call.Request.HttpMethod == "POST")
            {
                using StreamReader body = new(call.Request.InputStream);
                var told = await body.ReadToEndAsync(limit.Token);
                call.Response.StatusCode = (int)HttpStatusCode.Accepted;
                call.Response.Close();
                return (call.Request.Url!.AbsolutePath, told);
            }

            call.Response.StatusCode = (int)HttpStatusCode.Gone;
            call.Response.Close();
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
        _runtime.Close();
    }

    private static Dictionary<string, string> Settings(string handler, string jobsFile, int port) => new()
    {
        ["AWS_LAMBDA_RUNTIME_API"] = $"127.0.0.1:{port}",
        ["AWS_REGION"] = "eu-central-1",
        ["AWS_ACCESS_KEY_ID"] = "id",
        ["AWS_SECRET_ACCESS_KEY"] = "secret",
        ["ANNOTATIONS_HANDLER"] = handler,
        ["Sync__JobsFile"] = jobsFile,
        ["Queue__Url"] = "https://sqs.eu-central-1.amazonaws.com/123456789012/runs.fifo",
        ["Queue__DeadLettersUrl"] = "https://sqs.eu-central-1.amazonaws.com/123456789012/dead.fifo",
        ["Marketo__BaseUrl"] = "https://123-abc-456.mktorest.com",
        ["Marketo__ClientId"] = "id",
        ["Marketo__ClientSecret"] = "secret",
        ["Alerts__From"] = "alerts@example.com",
        ["Alerts__To"] = "oncall@example.com",
        ["Webhook__Secret"] = "a-secret-for-sam-local-only",
    };

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
