using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Faults;
using MarketoLambda.Emulator.Http;

namespace MarketoLambda.Emulator.Tests.Http;

/// <summary>The same emulator over a real port and real time.</summary>
public sealed class ServerTests : IAsyncLifetime
{
    private const string Cars = "/rest/v1/customobjects/car_c.json";

    private readonly SubscriptionUnderTest _marketo = new SubscriptionUnderTest().WithObjects();
    private readonly SocketsHttpHandler _sockets = new();
    private HttpClient _http = new();
    private EmulatorServer? _server;

    public async ValueTask InitializeAsync()
    {
        _server = await _marketo.Emulator.ListenAsync(0, TestContext.Current.CancellationToken);
        _http = new HttpClient(_sockets) { BaseAddress = _server.Address };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await _marketo.TokenAsync());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _marketo.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    /// <summary>Witness: Adobe, rest-api/performance: packed where asked for, from 1,024 bytes on.</summary>
    [Theory]
    [InlineData("gzip", 40, true)]
    [InlineData("gzip, deflate", 40, true)]
    [InlineData("gzip;q=0", 40, false)]
    [InlineData("gzip", 1, false)]
    [InlineData("identity", 40, false)]
    public async Task Answers_are_packed_where_that_is_asked_for(string accepted, int records, bool isPacked)
    {
        // Given
        foreach (var number in Enumerable.Range(0, records))
        {
            _marketo.Emulator.Seed("car_c", $$"""{"vin":"v{{number}}"}""");
        }

        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            $"{Cars}?filterType=vin&filterValues={string.Join(',', Enumerable.Range(0, records).Select(number => $"v{number}"))}");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        // When
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        // Then
        Assert.Equal(isPacked ? ["gzip"] : [], response.Content.Headers.ContentEncoding);
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await using Stream plain = isPacked ? new GZipStream(body, CompressionMode.Decompress) : body;
        using var json = await JsonDocument.ParseAsync(plain, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(records, json.RootElement.GetProperty("result").GetArrayLength());
    }

    [Fact]
    public async Task Identity_sync_and_query_work_over_http()
    {
        // When
        using var identity = await _http.GetAsync(
            "/identity/oauth/token?grant_type=client_credentials&client_id=emulator-client&client_secret=emulator-secret",
            TestContext.Current.CancellationToken);
        var synced = await PostAsync(Cars, """{"input":[{"vin":"a b","color":"rød"}]}""");
        var found = await GetAsync($"{Cars}?filterType=vin&filterValues=a%20b&fields=color");
        var posted = await PostAsync($"{Cars}?_method=GET", """{"input":[{"vin":"a b"}]}""");
        // Then
        Assert.Equal(HttpStatusCode.OK, identity.StatusCode);
        Assert.Equal("no-store", identity.Headers.CacheControl?.ToString());
        Assert.Equal("created", synced.Status());
        Assert.Equal("rød", found.Row().Text("color"));
        Assert.Equal("a b", posted.Row().Text("vin"));
    }

    [Fact]
    public async Task A_server_started_again_on_the_same_port_remembers_everything()
    {
        // Given
        await PostAsync(Cars, """{"input":[{"vin":"a"}]}""");
        var port = _server!.Address.Port;
        // When
        await _server.DisposeAsync();
        var down = await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(Cars));
        _server = await _marketo.Emulator.ListenAsync(port, TestContext.Current.CancellationToken);
        var answer = await PostAsync(Cars, """{"action":"createOnly","input":[{"vin":"a"}]}""");
        // Then
        Assert.Equal(HttpRequestError.ConnectionError, down.HttpRequestError);
        Assert.Equal(port, _server.Address.Port);
        Assert.Equal("1017", answer.Status());
    }

    [Theory]
    [InlineData(8192, HttpStatusCode.OK)]
    [InlineData(8193, HttpStatusCode.RequestUriTooLong)]
    [InlineData(60_000, HttpStatusCode.RequestUriTooLong)]
    public async Task Long_uris_are_refused_by_marketo_not_by_the_transport(int bytes, HttpStatusCode status)
    {
        // Given
        var path = "/rest/v1/customobjects.json?names=";
        // When
        using var response = await _http.GetAsync(path + new string('a', bytes - path.Length), TestContext.Current.CancellationToken);
        // Then
        Assert.Equal(status, response.StatusCode);
    }

    [Theory]
    [InlineData(1024 * 1024, HttpStatusCode.OK)]
    [InlineData((1024 * 1024) + 1, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(8 * 1024 * 1024, HttpStatusCode.RequestEntityTooLarge)]
    public async Task Large_bodies_are_refused_by_marketo_not_by_the_transport(int bytes, HttpStatusCode status)
    {
        // Given
        using var body = new StringContent("""{"input":[{"vin":"a"}]}""".PadRight(bytes), Encoding.UTF8, "application/json");
        // When
        using var response = await _http.PostAsync(Cars, body, TestContext.Current.CancellationToken);
        // Then
        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task A_chunked_body_is_read_too()
    {
        // Given
        using var request = new HttpRequestMessage(HttpMethod.Post, Cars)
        {
            Content = new StringContent("""{"input":[{"vin":"a"}]}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.TransferEncodingChunked = true;
        // When
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        // Then
        Assert.Equal("created", (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).AsJson().Status());
    }

    [Fact]
    public async Task A_broken_connection_is_broken_and_may_have_taken_effect()
    {
        // Given
        _marketo.Emulator.Faults.On(CallKind.Sync, Fault.BrokenConnection().AfterEffect());
        // When
        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(Cars, """{"input":[{"vin":"a"}]}"""));
        // Then
        Assert.Equal(1, _marketo.Emulator.Count("car_c"));
    }

    [Fact]
    public async Task An_unreachable_marketo_answers_nothing()
    {
        // Given
        _marketo.Emulator.Faults.Unreachable = true;
        // Then
        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync("/rest/v1/customobjects.json"));
    }

    [Fact]
    public async Task A_hanging_call_ends_when_its_client_leaves_and_frees_its_place()
    {
        // Given
        _marketo.Emulator.Faults.On(CallKind.Query, Fault.Hang());
        using var patience = new CancellationTokenSource();
        var call = _http.GetAsync($"{Cars}?filterType=vin&filterValues=a", patience.Token);
        await UntilAsync(() => _marketo.Emulator.Limits.InFlight == 1);
        // When
        await patience.CancelAsync();
        // Then
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await UntilAsync(() => _marketo.Emulator.Limits.InFlight == 0);
        Assert.Equal("abandoned", _marketo.LastCall.Outcome);
    }

    [Fact]
    public async Task Concurrent_upserts_of_overlapping_keys_make_each_record_once()
    {
        // Given
        _marketo.Options.EnforceLimits = false;
        var bodies = Enumerable
            .Range(0, 64)
            .Select(call =>
                $$"""{"input":[{{string.Join(',', Enumerable.Range(call, 100).Select(n => $$"""{"vin":"{{n}}","doors":{{call}}}"""))}}]}"""
            );
        // When
        var answers = await Task.WhenAll(bodies.Select(body => PostAsync(Cars, body)));
        // Then
        Assert.All(answers, answer => Assert.Equal(100, answer.Rows()));
        Assert.Equal(163, _marketo.Emulator.Count("car_c"));
        Assert.Equal(163, answers.Sum(answer => Enumerable.Range(0, 100).Count(index => answer.Status(index) == "created")));
    }

    private async Task<JsonElement> GetAsync(string uri) =>
        (await _http.GetStringAsync(uri, TestContext.Current.CancellationToken)).AsJson();

    private async Task<JsonElement> PostAsync(string uri, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await _http.PostAsync(uri, content, TestContext.Current.CancellationToken);
        return (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).AsJson();
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(10));
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, limit.Token);
        }
    }
}
