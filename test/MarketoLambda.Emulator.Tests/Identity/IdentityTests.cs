using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using MarketoLambda.Emulator.Identity;

namespace MarketoLambda.Emulator.Tests.Identity;

public sealed class IdentityTests : IDisposable
{
    private const string Credentials = "grant_type=client_credentials&client_id=emulator-client&client_secret=emulator-secret";

    private readonly SubscriptionUnderTest _marketo = new();

    [Fact]
    public async Task A_token_is_the_same_until_it_dies()
    {
        // Given
        var first = await AskAsync(Credentials);
        // When
        _marketo.Time.Advance(TimeSpan.FromSeconds(3599));
        var second = await AskAsync(Credentials);
        _marketo.Time.Advance(TimeSpan.FromSeconds(1));
        var third = await AskAsync(Credentials);
        // Then
        Assert.Equal(first.Text("access_token"), second.Text("access_token"));
        Assert.NotEqual(second.Text("access_token"), third.Text("access_token"));
        Assert.Equal([3600, 1, 3600], new[] { first, second, third }.Select(answer => answer.GetProperty("expires_in").GetInt32()));
    }

    [Fact]
    public async Task A_token_says_its_owner_and_looks_like_marketos()
    {
        // When
        var answer = await AskAsync(Credentials);
        // Then
        Assert.Equal("bearer", answer.Text("token_type"));
        Assert.Equal("api-user@emulator.example", answer.Text("scope"));
        Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}:int$", answer.Text("access_token"));
        Assert.Equal(["access_token", "token_type", "expires_in", "scope"], answer.Names());
    }

    [Fact]
    public async Task A_token_in_its_last_second_is_handed_out_with_nothing_left()
    {
        // Given
        await AskAsync(Credentials);
        // When
        _marketo.Time.Advance(TimeSpan.FromSeconds(3599.5));
        // Then
        Assert.Equal(0, (await AskAsync(Credentials)).GetProperty("expires_in").GetInt32());
    }

    [Fact]
    public async Task A_dead_token_lingers_at_identity_when_the_quirk_says_so()
    {
        // Given
        _marketo.Options.Quirks.TokenLingers = TimeSpan.FromSeconds(10);
        var first = await AskAsync(Credentials);
        // When
        _marketo.Time.Advance(TimeSpan.FromSeconds(3605));
        var second = await AskAsync(Credentials);
        // Then
        Assert.Equal(first.Text("access_token"), second.Text("access_token"));
        Assert.Equal(0, second.GetProperty("expires_in").GetInt32());
        Assert.Equal("602", (await CallAsync(second.Text("access_token"))).Code());
    }

    [Fact]
    public async Task A_dead_token_is_expired_once_and_invalid_from_then_on()
    {
        // Given
        var token = (await AskAsync(Credentials)).Text("access_token");
        _marketo.Time.Advance(TimeSpan.FromHours(1));
        // When
        var codes = new[] { (await CallAsync(token)).Code(), (await CallAsync(token)).Code() };
        // Then
        Assert.Equal(["602", "601"], codes);
    }

    [Fact]
    public async Task Tokens_can_be_killed_in_the_middle_of_their_life()
    {
        // Given
        var token = (await AskAsync(Credentials)).Text("access_token");
        // When
        _marketo.Emulator.ExpireTokens();
        // Then
        Assert.Equal("602", (await CallAsync(token)).Code());
        Assert.NotEqual(token, (await AskAsync(Credentials)).Text("access_token"));
    }

    [Theory]
    [InlineData(null, "603")]
    [InlineData("never-issued:int", "601")]
    public async Task A_call_needs_a_token_that_was_issued(string? token, string code) =>
        Assert.Equal(code, (await CallAsync(token)).Code());

    [Theory]
    [InlineData(false, "603")]
    [InlineData(true, "ok")]
    public async Task A_token_in_the_query_counts_only_where_it_is_still_accepted(bool accepted, string code)
    {
        // Given
        _marketo.Options.Quirks.AcceptTokenInQuery = accepted;
        var token = await _marketo.TokenAsync();
        // When
        var answer = await _marketo.GetAsync($"/rest/v1/customobjects.json?access_token={token}");
        // Then
        Assert.Equal(code, answer.Code());
    }

    [Theory]
    [InlineData("grant_type=client_credentials&client_id=emulator-client&client_secret=wrong", "invalid_client", "Bad client credentials")]
    [InlineData("grant_type=client_credentials&client_id=nobody&client_secret=x", "unauthorized", "No client with requested id: nobody")]
    [InlineData("client_id=emulator-client&client_secret=emulator-secret", "unsupported_grant_type", "Unsupported grant type: ")]
    public async Task Wrong_credentials_get_401_in_the_shape_of_oauth(string query, string error, string description)
    {
        // When
        using var response = await _marketo.Http.GetAsync($"/identity/oauth/token?{query}", TestContext.Current.CancellationToken);
        var body = (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).AsJson();
        // Then
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal((error, description), (body.Text("error"), body.Text("error_description")));
    }

    [Fact]
    public async Task Identity_takes_post_with_its_parameters_in_the_query()
    {
        // When
        using var response = await _marketo.Http.PostAsync(
            $"/identity/oauth/token?{Credentials}",
            null,
            TestContext.Current.CancellationToken);
        // Then
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json; charset=UTF-8", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("no-store", response.Headers.GetValues("Cache-Control").Single());
    }

    [Theory]
    [InlineData(false, HttpStatusCode.Unauthorized)]
    [InlineData(true, HttpStatusCode.OK)]
    public async Task Identity_reads_a_form_body_only_with_the_quirk(bool accepted, HttpStatusCode status)
    {
        // Given
        _marketo.Options.Quirks.IdentityAcceptsFormBody = accepted;
        using var form = new StringContent(Credentials, new MediaTypeHeaderValue("application/x-www-form-urlencoded"));
        // When
        using var response = await _marketo.Http.PostAsync("/identity/oauth/token", form, TestContext.Current.CancellationToken);
        // Then
        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task Two_services_have_tokens_of_their_own()
    {
        // Given
        _marketo.Options.Services.Add(
            new CustomService
            {
                ClientId = "second",
                ClientSecret = "s",
                OwnerEmail = "second@emulator.example",
            }
        );
        var first = await AskAsync(Credentials);
        // When
        _marketo.Time.Advance(TimeSpan.FromSeconds(60));
        var second = await AskAsync("grant_type=client_credentials&client_id=second&client_secret=s");
        // Then
        Assert.NotEqual(first.Text("access_token"), second.Text("access_token"));
        Assert.Equal("second@emulator.example", second.Text("scope"));
        Assert.Equal(3600, second.GetProperty("expires_in").GetInt32());
    }

    [Fact]
    public async Task Identity_calls_count_in_no_limit()
    {
        // Given
        _marketo.Options.CallsPerWindow = 1;
        // When
        for (var call = 0; call < 5; call++)
        {
            await AskAsync(Credentials);
        }

        // Then
        Assert.Equal(0, _marketo.Emulator.Limits.WorstWindow);
        Assert.Equal(0, _marketo.Emulator.Limits.CallsToday);
    }

    [Theory]
    [InlineData(ApiPermissions.ReadCustomObject, "read ok, write 603, read type 603, write type 603")]
    [InlineData(ApiPermissions.WriteCustomObject, "read ok, write 1006, read type 603, write type 603")]
    [InlineData(ApiPermissions.ReadCustomObjectType, "read 603, write 603, read type ok, write type 603")]
    [InlineData(ApiPermissions.WriteCustomObjectType, "read 603, write 603, read type ok, write type 1048")]
    public async Task A_service_may_do_what_its_permissions_say(ApiPermissions permissions, string codes)
    {
        // Given
        using var marketo = await new SubscriptionUnderTest(options => options.Services[0].Permissions = permissions)
            .WithObjects()
            .SignInAsync();
        // When
        var synced = await marketo.PostAsync("/rest/v1/customobjects/car_c.json", """{"input":[{"vin":"a","nope":1}]}""");
        var read = (await marketo.GetAsync("/rest/v1/customobjects/car_c/describe.json")).Code();
        var write = synced.GetProperty("success").GetBoolean() ? synced.Status() : synced.Code();
        var readType = (await marketo.GetAsync("/rest/v1/customobjects/schema/car_c/describe.json")).Code();
        var writeType = (await marketo.PostAsync("/rest/v1/customobjects/schema/car_c/discardDraft.json", "")).Code();
        // Then
        Assert.Equal(codes, $"read {read}, write {write}, read type {readType}, write type {writeType}");
    }

    public void Dispose() => _marketo.Dispose();

    private async Task<JsonElement> AskAsync(string query) => await _marketo.GetAsync($"/identity/oauth/token?{query}");

    private async Task<JsonElement> CallAsync(string? token)
    {
        _marketo.Http.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await _marketo.AnyCallAsync();
    }
}
