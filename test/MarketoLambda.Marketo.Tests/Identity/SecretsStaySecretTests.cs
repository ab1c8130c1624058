using System.Net;

namespace MarketoLambda.Marketo.Tests.Identity;

/// <summary>The client secret is part of the token URL, the token part of every call; neither reaches a log or an exception.</summary>
public sealed class SecretsStaySecretTests
{
    public static TheoryData<string> Failures => ["401", "500", "html", "empty", "refused", "broken", "silent", "io", "redirect"];

    [Theory]
    [MemberData(nameof(Failures))]
    public void No_failure_of_identity_shows_the_secret(string failure)
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.Token = token => Answer(failure, token);

        // When
        var error = Record.Exception(() => client.Run(() => client.QueryAsync()));

        // Then
        Assert.Contains(Uri.EscapeDataString(MarketoUnderTest.Secret), client.Marketo.TokenCalls[0].Url, StringComparison.Ordinal);
        AssertNothingShows(client, error);
        Assert.Null(error!.InnerException);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public void No_failure_of_a_call_shows_secret_or_token(string failure)
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.Otherwise = (_, token) => Answer(failure, token);

        // When
        var error = Record.Exception(() => client.Run(() => client.SyncAsync()));

        // Then
        AssertNothingShows(client, error);
    }

    [Fact]
    public void A_successful_call_logs_nothing_at_all()
    {
        // Given
        using var client = new MarketoUnderTest();

        // When
        client.Run(() => client.QueryAsync());

        // Then
        Assert.Empty(client.Log.Lines);
    }

    [Fact]
    public void A_token_does_not_print_itself() =>
        Assert.Equal(
            "access token until 1970-01-01 00:00:00Z",
            new Marketo.Identity.AccessToken("token-1:int", DateTimeOffset.UnixEpoch).ToString());

    private static void AssertNothingShows(MarketoUnderTest client, Exception? error)
    {
        Assert.NotNull(error);
        Assert.DoesNotContain(Chain(error), one => one.GetType().FullName!.Contains("Refit", StringComparison.Ordinal));
        var written = string.Join('\n', client.Log.Lines.Append(error.ToString()));
        Assert.DoesNotContain("s3cr3t", written, StringComparison.Ordinal);
        Assert.DoesNotContain("token-1", written, StringComparison.Ordinal);
        Assert.DoesNotContain("client_secret", written, StringComparison.Ordinal);
    }

    private static IEnumerable<Exception> Chain(Exception error) =>
        error.InnerException is { } inner ? Chain(inner).Prepend(error) : [error];

    private static Task<HttpResponseMessage> Answer(string failure, CancellationToken cancellationToken) =>
        failure switch
        {
            "401" => Task.FromResult(
                new HttpResponseMessage(HttpStatusCode.Unauthorized) { Content = new StringContent("""{"error":"invalid_client"}""") }
            ),
            "500" => Task.FromResult(
                new HttpResponseMessage(HttpStatusCode.InternalServerError)
                {
                    Content = new StringContent($"failed: {MarketoUnderTest.Secret}"),
                }
            ),
            "html" => Task.FromResult(
                new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent($"<p>{MarketoUnderTest.Secret}</p>") }
            ),
            "empty" => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)),
            "redirect" => Task.FromResult(
                new HttpResponseMessage(HttpStatusCode.Redirect) { Content = new StringContent(MarketoUnderTest.Secret) }
            ),
            "refused" => Task.FromException<HttpResponseMessage>(
                new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused")),
            "broken" => Task.FromException<HttpResponseMessage>(new HttpRequestException(HttpRequestError.ResponseEnded, "Ended")),
            "io" => Task.FromException<HttpResponseMessage>(new IOException("Reset by peer")),
            _ => new TaskCompletionSource<HttpResponseMessage>().Task.WaitAsync(cancellationToken),
        };
}
