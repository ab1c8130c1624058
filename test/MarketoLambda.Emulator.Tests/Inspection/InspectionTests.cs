using System.Net;
using System.Text;
using System.Text.Json;

namespace MarketoLambda.Emulator.Tests.Inspection;

public sealed class InspectionTests : IDisposable
{
    private readonly SubscriptionUnderTest _marketo = new SubscriptionUnderTest().WithObjects();

    [Fact]
    public async Task The_index_lists_pages_that_exist()
    {
        // When
        var pages = (await _marketo.GetAsync("/_emulator"))
            .GetProperty("pages")
            .EnumerateArray()
            .Select(page => page.GetString()!)
            .ToArray();
        // Then
        var readable = pages
            .Where(page => page.StartsWith("GET", StringComparison.Ordinal))
            .Select(page => page[page.IndexOf('/', StringComparison.Ordinal)..].Replace("{name}", "car_c", StringComparison.Ordinal))
            .ToArray();
        Assert.Equal(6, readable.Length);
        await Assert.AllAsync(
            readable,
            async page =>
            {
                using var response = await _marketo.Http.GetAsync(page, TestContext.Current.CancellationToken);
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            });
    }

    /// <summary>Witness: an outside client that tried such controls; these paths are the emulator's own, and Marketo has none.</summary>
    [Theory]
    [InlineData("/_emulator/faults", """{"kind":"sync","answer":"slow","seconds":1e30}""", "'seconds'")]
    [InlineData("/_emulator/faults", """{"kind":"sync","answer":"http","status":99999}""", "'status'")]
    [InlineData("/_emulator/faults", """{"kind":"sync","answer":"garbage","times":-3}""", "'times'")]
    [InlineData("/_emulator/faults", """{"kind":"sync","answer":"garbage","nth":0}""", "'nth'")]
    [InlineData("/_emulator/faults", """{"kind":7,"answer":"garbage"}""", "'kind'")]
    [InlineData("/_emulator/faults", """{"call":0,"answer":"garbage"}""", "'call'")]
    [InlineData("/_emulator/faults", """{"seed":1,"probability":2}""", "'probability'")]
    [InlineData("/_emulator/clock", """{"advanceSeconds":-5}""", "'advanceSeconds'")]
    [InlineData("/_emulator/clock", """{"advanceSeconds":"soon"}""", "'advanceSeconds'")]
    public async Task A_control_that_is_out_of_range_is_refused_by_name(string page, string body, string name)
    {
        // Given
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        // When
        using var response = await _marketo.Http.PostAsync(page, content, TestContext.Current.CancellationToken);
        // Then
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(
            name,
            (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).AsJson().Text("error"),
            StringComparison.Ordinal);
        Assert.Empty(_marketo.Emulator.Faults.Rules);
    }

    /// <summary>Witness: an outside client that got HTTP 500 for it.</summary>
    [Theory]
    [InlineData("/_emulator/objects/car_c/records?offset=99999999999")]
    [InlineData("/_emulator/objects/car_c/records?limit=-1")]
    [InlineData("/_emulator/calls?limit=x")]
    public async Task A_page_number_out_of_range_is_refused(string page)
    {
        // When
        using var response = await _marketo.Http.GetAsync(page, TestContext.Current.CancellationToken);
        // Then
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Objects_and_records_can_be_read_without_a_token()
    {
        // Given
        _marketo.Emulator.Seed("car_c", """{"vin":"a","doors":4}""");
        _marketo.Emulator.Seed("car_c", """{"vin":"b"}""");
        // When
        var objects = await _marketo.GetAsync("/_emulator/objects");
        var records = await _marketo.GetAsync("/_emulator/objects/car_c/records?offset=0&limit=1");
        // Then
        Assert.Equal("""{"name":"car_c","records":2}""", objects[0].GetRawText());
        Assert.Equal((2, 1), (records.GetProperty("count").GetInt32(), records.GetProperty("records").GetArrayLength()));
        Assert.Equal("""{"vin":"a","doors":4}""", records.GetProperty("records")[0].GetProperty("fields").GetRawText());
    }

    [Fact]
    public async Task Objects_of_marketos_own_are_listed_once_they_have_records()
    {
        // Given
        var before = await _marketo.GetAsync("/_emulator/objects");
        _marketo.Emulator.AddLead(7, "a@x.org");
        // When
        var after = await _marketo.GetAsync("/_emulator/objects");
        // Then
        Assert.DoesNotContain("lead", before.EnumerateArray().Select(row => row.Text("name")));
        Assert.Contains("lead", after.EnumerateArray().Select(row => row.Text("name")));
    }

    [Fact]
    public async Task Looking_is_no_call()
    {
        // Given
        await _marketo.SignInAsync();
        await _marketo.AnyCallAsync();
        // When
        var calls = await _marketo.GetAsync("/_emulator/calls?limit=1");
        var limits = await _marketo.GetAsync("/_emulator/limits");
        // Then
        Assert.Equal(2, calls.GetProperty("arrived").GetInt32());
        Assert.Equal(("list", "ok"), (calls.GetProperty("newest")[0].Text("kind"), calls.GetProperty("newest")[0].Text("outcome")));
        Assert.Equal((1, 1), (limits.GetProperty("worstWindow").GetInt32(), limits.GetProperty("callsToday").GetInt32()));
    }

    [Theory]
    [InlineData("""{"call":2,"answer":"code","code":"611"}""", "611")]
    [InlineData("""{"call":2,"answer":"code","code":"713","message":"Wait","effect":"after"}""", "713")]
    [InlineData("""{"kind":"list","nth":1,"times":2,"answer":"code","code":"608"}""", "608")]
    [InlineData("""{"kind":"list","times":"forever","answer":"code","code":"608","effect":"delayed","effectAfterSeconds":5}""", "608")]
    [InlineData("""{"answer":"code","code":"608","object":"car_c"}""", "ok")]
    [InlineData("""{"seed":1,"probability":1,"kinds":["list"],"answer":"code","code":"608"}""", "608")]
    [InlineData("""{"seed":1,"probability":0}""", "ok")]
    [InlineData("""{"answer":"slow","seconds":0}""", "ok")]
    [InlineData("""{"answer":"shortResult","missing":2}""", "ok")]
    [InlineData("""{"answer":"skipRecords","code":"1003","keys":["a"]}""", "ok")]
    public async Task Faults_can_be_added_over_http(string fault, string code)
    {
        // When
        var added = await _marketo.PostAsync("/_emulator/faults", fault);
        await _marketo.SignInAsync();
        // Then
        Assert.Equal(1, added.GetProperty("rules").GetArrayLength());
        Assert.Equal(code, (await _marketo.AnyCallAsync()).Code());
    }

    [Theory]
    [InlineData("""{"kind":"list","answer":"http","status":503,"body":"busy"}""")]
    [InlineData("""{"kind":"list","answer":"brokenConnection"}""")]
    [InlineData("""{"kind":"list","answer":"hang","seconds":0}""")]
    [InlineData("""{"kind":"list","answer":"garbage"}""")]
    [InlineData("""{"kind":"list","answer":"truncatedJson"}""")]
    [InlineData("""{"kind":"list","answer":"emptyBody"}""")]
    [InlineData("""{"unreachable":true}""")]
    public async Task Faults_of_the_transport_can_be_added_and_cleared_over_http(string fault)
    {
        // Given
        await _marketo.SignInAsync();
        await _marketo.PostAsync("/_emulator/faults", fault);
        // When
        var failure = await Record.ExceptionAsync(_marketo.AnyCallAsync);
        using var cleared = await _marketo.Http.DeleteAsync("/_emulator/faults", TestContext.Current.CancellationToken);
        // Then
        Assert.NotNull(failure);
        Assert.Equal("ok", (await _marketo.AnyCallAsync()).Code());
    }

    [Theory]
    [InlineData("faults", """{"answer":"explode"}""", "There is no answer 'explode'")]
    [InlineData("faults", """{"answer":"code"}""", "'code' is missing or not a string")]
    [InlineData("faults", """{"answer":"garbage","effect":"maybe"}""", "There is no effect 'maybe'; there are before, after, delayed")]
    [InlineData("faults", """{"kind":"nap","answer":"garbage"}""", "There is no call kind 'nap'")]
    [InlineData("clock", """{"advance":5}""", "key")]
    public async Task A_wrong_request_says_what_is_wrong(string page, string body, string message)
    {
        // When
        var (status, answer) = await PostAsync(page, body);
        // Then
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(message, answer.Text("error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_clock_can_be_advanced_where_it_is_one_that_can()
    {
        // When
        var (_, moved) = await PostAsync("clock", """{"advanceSeconds":90}""");
        _marketo.Options.AdvanceClock = null;
        var (status, _) = await PostAsync("clock", """{"advanceSeconds":90}""");
        // Then
        Assert.Equal(SubscriptionUnderTest.Start.AddSeconds(90), moved.GetProperty("now").GetDateTimeOffset());
        Assert.Equal(HttpStatusCode.BadRequest, status);
    }

    [Fact]
    public async Task Tokens_can_be_killed_and_everything_reset_over_http()
    {
        // Given
        await _marketo.SignInAsync();
        // When
        await PostAsync("tokens/expire", "");
        var expired = await _marketo.AnyCallAsync();
        await PostAsync("reset", "");
        // Then
        Assert.Equal("602", expired.Code());
        Assert.Equal(0, (await _marketo.GetAsync("/_emulator/objects")).GetArrayLength());
    }

    [Fact]
    public async Task An_unknown_page_gets_404()
    {
        // When
        using var response = await _marketo.Http.GetAsync("/_emulator/nothing", TestContext.Current.CancellationToken);
        // Then
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    public void Dispose() => _marketo.Dispose();

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string page, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _marketo.Http.PostAsync($"/_emulator/{page}", content, TestContext.Current.CancellationToken);
        return (response.StatusCode, (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).AsJson());
    }
}
