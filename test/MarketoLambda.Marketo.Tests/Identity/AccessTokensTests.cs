using MarketoLambda.Marketo.Errors;

namespace MarketoLambda.Marketo.Tests.Identity;

public sealed class AccessTokensTests
{
    [Fact]
    public void Ten_callers_at_once_cause_one_request_for_a_token()
    {
        // Given
        using var client = new MarketoUnderTest(options => options.CallsInFlight = 10);
        client.Marketo.Token = async _ =>
        {
            await Task.Delay(TimeSpan.FromSeconds(1), client.Time, CancellationToken.None);
            return Token("t", 3599);
        };

        // When
        client.Time.Run(() => Task.WhenAll(Enumerable.Range(0, 10).Select(_ => client.QueryAsync())));

        // Then
        Assert.Single(client.Marketo.TokenCalls);
        Assert.Equal(10, client.Marketo.Calls.Count);
    }

    [Fact]
    public void Who_gives_up_does_not_stop_the_request_the_others_wait_for()
    {
        // Given
        using var client = new MarketoUnderTest();
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(1), client.Time);
        client.Marketo.Token = async _ =>
        {
            await Task.Delay(TimeSpan.FromSeconds(5), client.Time, CancellationToken.None);
            return Token("t", 3599);
        };
        client.Marketo.Otherwise = (_, _) => Task.FromResult(ScriptedMarketo.Json(Some.Created()));
        var impatient = Task.CompletedTask;

        // When
        client.Time.Run(async () =>
        {
            impatient = client.SyncAsync(cancellationToken: cancellation.Token);
            await client.SyncAsync();
        });

        // Then
        Assert.True(impatient.IsCanceled);
        Assert.Single(client.Marketo.TokenCalls);
    }

    [Fact]
    public void A_token_is_used_until_its_time_is_over()
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.Token = _ => Task.FromResult(Token($"t{client.Marketo.TokenCalls.Count}", 100));

        // When
        client.Run(() => client.QueryAsync());
        client.Time.Advance(TimeSpan.FromSeconds(99));
        client.Run(() => client.QueryAsync());
        client.Time.Advance(TimeSpan.FromSeconds(1));
        client.Run(() => client.QueryAsync());

        // Then
        Assert.Equal(["Bearer t1", "Bearer t1", "Bearer t2"], client.Marketo.Calls.Select(call => call.Authorization));
    }

    [Theory]
    [InlineData("601")]
    [InlineData("602")]
    public void A_token_that_dies_during_a_run_is_replaced_once_for_all(string code)
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.Token = _ => Task.FromResult(Token($"t{client.Marketo.TokenCalls.Count}", 3599));
        client.Marketo.Otherwise = async (call, _) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(1), client.Time, CancellationToken.None);
            return ScriptedMarketo.Json(call.Authorization == "Bearer t1" ? ScriptedMarketo.ErrorJson(code) : Some.Empty);
        };

        // When
        client.Time.Run(() => Task.WhenAll(Enumerable.Range(0, 5).Select(_ => client.QueryAsync())));

        // Then
        Assert.Equal(2, client.Marketo.TokenCalls.Count);
        Assert.Equal(10, client.Marketo.Calls.Count);
        Assert.Equal(5, client.Counter.Total);
    }

    [Fact]
    public void A_refused_token_that_is_handed_out_again_is_waited_out()
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.Token = _ =>
            Task.FromResult(
                client.Time.Elapsed < TimeSpan.FromSeconds(30) ? Token("old", 30 - client.Time.Elapsed.TotalSeconds) : Token("new", 3599));
        client.Marketo.Otherwise = (call, _) =>
            Task.FromResult(ScriptedMarketo.Json(call.Authorization == "Bearer old" ? ScriptedMarketo.ErrorJson("601") : Some.Empty));

        // When
        client.Run(() => client.QueryAsync());

        // Then
        Assert.Equal(["Bearer old", "Bearer new"], client.Marketo.Calls.Select(call => call.Authorization));
        Assert.Equal(TimeSpan.FromSeconds(31), client.Time.Elapsed);
    }

    [Fact]
    public void A_refused_token_with_long_life_left_is_tried_once_more_and_then_the_operator_is_told()
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.Otherwise = (_, _) =>
            Task.FromResult(ScriptedMarketo.Json(ScriptedMarketo.ErrorJson("601", "Access token invalid")));

        // When
        var error = client.Fails<MarketoAuthorizationException>(() => client.QueryAsync());

        // Then
        Assert.Equal((2, 2), (client.Marketo.Calls.Count, client.Marketo.TokenCalls.Count));
        Assert.StartsWith("Access token invalid (601): ", error.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.Zero, client.Time.Elapsed);
    }

    [Fact]
    public void A_renewed_token_that_ends_during_a_hold_off_is_renewed_again()
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.Token = _ => Task.FromResult(Token($"t{client.Marketo.TokenCalls.Count}", 121));
        client.Marketo.ThenError("601").ThenError("502").Then(async _ =>
        {
            await Task.Delay(TimeSpan.FromSeconds(2), client.Time, CancellationToken.None);
            return ScriptedMarketo.Json(ScriptedMarketo.ErrorJson("602"));
        }).Then(Some.Created());

        // When
        client.Run(() => client.SyncAsync());

        // Then
        Assert.Equal(["t1", "t2", "t2", "t3"], client.Marketo.Calls.Select(call => call.Authorization!["Bearer ".Length..]));
    }

    [Fact]
    public void A_token_with_no_life_left_is_not_used_while_another_may_come()
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.Token = _ => Task.FromResult(client.Marketo.TokenCalls.Count == 1 ? Token("dying", 0) : Token("fresh", 3600));

        // When
        client.Run(() => client.QueryAsync());

        // Then
        Assert.Equal("Bearer fresh", Assert.Single(client.Marketo.Calls).Authorization);
        Assert.Equal(TimeSpan.FromSeconds(1), client.Time.Elapsed);
    }

    [Fact]
    public void A_token_that_never_has_life_is_tried_nevertheless()
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.Token = _ => Task.FromResult(Token("odd", 0));

        // When
        client.Run(() => client.QueryAsync());

        // Then
        Assert.Equal("Bearer odd", Assert.Single(client.Marketo.Calls).Authorization);
        Assert.Equal(5, client.Marketo.TokenCalls.Count);
    }

    public static HttpResponseMessage Token(string value, double expiresIn) =>
        ScriptedMarketo.Json(
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $$"""{"access_token":"{{value}}","token_type":"bearer","expires_in":{{expiresIn}},"scope":"api@example.com"}"""));
}
