using System.Net;
using System.Text;
using MarketoLambda.Marketo.Errors;

namespace MarketoLambda.Marketo.Tests.Identity;

public sealed class TokenRequestsTests
{
    [Theory]
    [InlineData("invalid_client", "Bad client credentials")]
    [InlineData("unauthorized", "No client with requested id: client-id")]
    public void Wrong_credentials_are_told_by_the_names_of_the_settings_after_one_try(string error, string description)
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.Token = _ =>
            Task.FromResult(Answer(HttpStatusCode.Unauthorized, $$"""{"error":"{{error}}","error_description":"{{description}}"}"""));

        // When
        var failure = client.Fails<MarketoAuthorizationException>(() => client.QueryAsync());

        // Then
        Assert.Single(client.Marketo.TokenCalls);
        Assert.Empty(client.Marketo.Calls);
        Assert.Equal(
            "Wrong client id or secret (HTTP 401): compare Marketo__ClientId and Marketo__ClientSecret with Admin > LaunchPoint > View "
                + "Details",
            failure.Message);
    }

    [Theory]
    [InlineData(200, "")]
    [InlineData(200, "<html>maintenance</html>")]
    [InlineData(200, "{}")]
    [InlineData(200, """{"access_token":"t"}""")]
    [InlineData(502, "<html>Bad gateway</html>")]
    public void A_failing_identity_is_asked_four_times(int status, string body)
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.Token = _ => Task.FromResult(Answer((HttpStatusCode)status, body));

        // When
        var error = client.Fails<MarketoUnavailableException>(() => client.SyncAsync());

        // Then
        Assert.Equal(4, client.Marketo.TokenCalls.Count);
        Assert.StartsWith("Marketo gave no access token. ", error.Message, StringComparison.Ordinal);
        Assert.False(error.MayHaveBeenExecuted);
    }

    [Fact]
    public void A_failed_request_for_a_token_is_not_remembered()
    {
        // Given
        using var client = new MarketoUnderTest();
        var working = client.Marketo.Token;
        client.Marketo.Token = _ => Task.FromResult(Answer(HttpStatusCode.Unauthorized, "{}"));
        client.Fails<MarketoAuthorizationException>(() => client.QueryAsync());

        // When
        client.Marketo.Token = working;
        client.Run(() => client.QueryAsync());

        // Then
        Assert.Single(client.Marketo.Calls);
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, string body) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
}
