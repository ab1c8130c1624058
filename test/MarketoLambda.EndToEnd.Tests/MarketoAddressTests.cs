using System.Net;
using System.Net.Sockets;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>An address that is none of a Marketo subscription is told with the form of the right one, and nobody is alerted.</summary>
public sealed class MarketoAddressTests
{
    [Fact]
    public async Task The_address_of_the_user_interface_is_told_with_the_form_of_the_right_one()
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        local.Environment["Marketo__BaseUrl"] = "https://app-ab12.marketo.com";

        // When
        var run = await local.RunAsync("run", "--all");

        // Then
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("the address of Marketo's user interface", run.Error, StringComparison.Ordinal);
        Assert.Contains("https://123-ABC-456.mktorest.com", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_does_not_exist_is_wrong_input_at_a_desk_and_no_alert()
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        local.Environment["Marketo__BaseUrl"] = "https://no-such-host.invalid";

        // When
        var run = await local.RunAsync("run", "--all");

        // Then
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("https://no-such-host.invalid (host name not found)", run.Error, StringComparison.Ordinal);
        Assert.Contains("Marketo__BaseUrl is like https://123-ABC-456.mktorest.com", run.Error, StringComparison.Ordinal);
        AssertNobodyIsAlerted(local, run);
    }

    [Theory]
    [InlineData("404 Not Found", "Nothing at this address (HTTP 404): check that Marketo__BaseUrl is like https://123-ABC-456.mktorest.com")]
    [InlineData("302 Found\r\nLocation: https://login.invalid/", "This address sends on to another one, https://login.invalid (HTTP 302)")]
    public async Task A_server_that_is_not_marketo_is_wrong_input_at_a_desk_and_no_alert(string answer, string told)
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        using OtherServer other = new(answer);
        local.Environment["Marketo__BaseUrl"] = other.Address;

        // When
        var run = await local.RunAsync("run", "--all");

        // Then
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
        Assert.Contains("mktorest.com", run.Error, StringComparison.Ordinal);
        AssertNobodyIsAlerted(local, run);
    }

    private static void AssertNobodyIsAlerted(LocalHost local, CliResult run)
    {
        Assert.DoesNotContain("Alert", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(local.Folder, "outages.json")));
    }

    /// <summary>Answers every call alike, on a port of its own.</summary>
    private sealed class OtherServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly byte[] _answer;

        /// <param name="answer">Status and headers, without those of the body.</param>
        public OtherServer(string answer)
        {
            _answer = System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            _listener.Start();
            _ = ServeAsync();
        }

        public string Address => $"http://{_listener.LocalEndpoint}";

        public void Dispose() => _listener.Dispose();

        private async Task ServeAsync()
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await using var stream = client.GetStream();
                _ = await stream.ReadAsync(new byte[65_536]);
                await stream.WriteAsync(_answer);
            }
        }
    }
}
