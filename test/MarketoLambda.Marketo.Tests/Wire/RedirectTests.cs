using System.Net;
using System.Net.Sockets;
using System.Text;
using MarketoLambda.Marketo.CustomObjects;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Identity;
using MarketoLambda.Marketo.Records;
using Microsoft.Extensions.DependencyInjection;

namespace MarketoLambda.Marketo.Tests.Wire;

/// <summary>A redirect would send records, token or secret to another host: it is not followed, and reported with that host.</summary>
public sealed class RedirectTests
{
    [Theory]
    [InlineData(301, true)]
    [InlineData(302, false)]
    [InlineData(307, true)]
    [InlineData(308, false)]
    public async Task Nothing_is_sent_to_the_host_that_an_answer_points_to(int status, bool hasToken)
    {
        // Given
        using TcpListener other = new(IPAddress.Loopback, 0), marketo = new(IPAddress.Loopback, 0);
        other.Start();
        marketo.Start();
        var (elsewhere, here) = (((IPEndPoint)other.LocalEndpoint).Port, ((IPEndPoint)marketo.LocalEndpoint).Port);
        using CancellationTokenSource over = new();
        var serving = AnswerAsync(
            marketo,
            $"HTTP/1.1 {status} Moved\r\nLocation: http://127.0.0.1:{elsewhere}/x?client_secret=s3cr3t\r\nContent-Length: 0\r\nConnection: "
                + "close\r\n\r\n",
            over.Token);
        ServiceCollection services = new();
        if (hasToken)
        {
            services.AddSingleton<IAccessTokenCache>(new OneToken());
        }

        services.AddMarketo(options =>
            (options.BaseUrl, options.ClientId, options.ClientSecret) = ($"http://127.0.0.1:{here}", "id", "s3cr3t")
        );
        await using var provider = services.BuildServiceProvider();

        // When
        var failure = await Assert.ThrowsAnyAsync<MarketoException>(() =>
            provider
                .GetRequiredService<CustomObjectsClient>()
                .SyncAsync(
                    "car_c",
                    SyncAction.CreateOrUpdate,
                    DedupeBy.DedupeFields,
                    [Some.Record()],
                    Marketo.Calls.CallPurpose.State,
                    TestContext.Current.CancellationToken));

        // Then
        await over.CancelAsync();
        await serving;
        Assert.False(other.Pending());
        Assert.Contains($"to another one, http://127.0.0.1:{elsewhere} (HTTP {status})", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", failure.ToString(), StringComparison.Ordinal);
    }

    private static async Task AnswerAsync(TcpListener listener, string answer, CancellationToken over)
    {
        try
        {
            while (true)
            {
                using var connection = await listener.AcceptTcpClientAsync(over);
                var stream = connection.GetStream();
                var read = await stream.ReadAsync(new byte[64 * 1024], over);
                await stream.WriteAsync(Encoding.ASCII.GetBytes(read > 0 ? answer : ""), over);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private sealed class OneToken : IAccessTokenCache
    {
        public AccessToken? Find(string key) => new("t", DateTimeOffset.MaxValue);

        public void Keep(string key, AccessToken? token)
        {
        }
    }
}
