using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Faults;

namespace MarketoLambda.Emulator.Tests.Limits;

public sealed class CallLimitsTests
{
    [Fact]
    public async Task The_hundred_and_first_call_in_20_seconds_is_refused_and_the_window_slides()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest(options => options.Quirks.ThrottledCallsCountInWindow = false).SignInAsync();
        await CallAsync(marketo, 1);
        marketo.Time.Advance(TimeSpan.FromSeconds(10));
        await CallAsync(marketo, 99);
        // When
        marketo.Time.Advance(TimeSpan.FromSeconds(9.999));
        var within = await marketo.AnyCallAsync();
        marketo.Time.Advance(TimeSpan.FromSeconds(0.001));
        var once = await marketo.AnyCallAsync();
        var twice = await marketo.AnyCallAsync();
        // Then
        Assert.Equal(("606", "Max rate limit '100' exceeded with in '20' secs"), (within.Code(), within.Message()));
        Assert.Equal(("ok", "606"), (once.Code(), twice.Code()));
    }

    [Theory]
    [InlineData(true, "606")]
    [InlineData(false, "ok")]
    public async Task Hammering_prolongs_the_refusal_only_where_refused_calls_count(bool counts, string code)
    {
        // Given
        using var marketo = await new SubscriptionUnderTest(options =>
        {
            options.CallsPerWindow = 2;
            options.Quirks.ThrottledCallsCountInWindow = counts;
        }).SignInAsync();
        await CallAsync(marketo, 2);
        marketo.Time.Advance(TimeSpan.FromSeconds(15));
        await CallAsync(marketo, 2);
        // When
        marketo.Time.Advance(TimeSpan.FromSeconds(5));
        // Then
        Assert.Equal(code, (await marketo.AnyCallAsync()).Code());
    }

    [Fact]
    public async Task An_arrival_exactly_20_seconds_ago_is_out_of_the_window()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        await CallAsync(marketo, 100);
        // When
        marketo.Time.Advance(TimeSpan.FromSeconds(20));
        // Then
        Assert.Equal("ok", (await marketo.AnyCallAsync()).Code());
        Assert.Equal(100, marketo.Emulator.Limits.WorstWindow);
    }

    [Fact]
    public async Task The_eleventh_call_in_flight_is_refused()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        marketo.Options.Latency = TimeSpan.FromSeconds(2);
        var running = Enumerable.Range(0, 10).Select(_ => marketo.AnyCallAsync()).ToArray();
        // When
        var eleventh = marketo.AnyCallAsync();
        marketo.Time.Advance(TimeSpan.FromSeconds(1));
        marketo.Time.Advance(TimeSpan.FromSeconds(1));
        var later = marketo.AnyCallAsync();
        marketo.Time.Advance(TimeSpan.FromSeconds(1));
        marketo.Time.Advance(TimeSpan.FromSeconds(1));
        // Then
        Assert.All(await Task.WhenAll(running), answer => Assert.Equal("ok", answer.Code()));
        Assert.Equal(("615", "Concurrent access limit reached"), ((await eleventh).Code(), (await eleventh).Message()));
        Assert.Equal("ok", (await later).Code());
        Assert.Equal(11, marketo.Emulator.Limits.MaxInFlight);
    }

    [Fact]
    public async Task A_call_whose_client_left_keeps_its_place_until_the_server_is_done()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest(options => options.MaxConcurrentCalls = 1).SignInAsync();
        marketo.Options.Latency = TimeSpan.FromSeconds(4);
        using var impatient = new CancellationTokenSource();
        var abandoned = marketo.Http.GetAsync("/rest/v1/customobjects.json", impatient.Token);
        // When
        await impatient.CancelAsync();
        // Then
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => abandoned);
        Assert.Equal(1, marketo.Emulator.Limits.InFlight);
        marketo.Time.Advance(TimeSpan.FromSeconds(2));
        marketo.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(0, marketo.Emulator.Limits.InFlight);
    }

    [Fact]
    public async Task The_daily_quota_starts_anew_at_midnight_cst()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest(options => options.DailyQuota = 2).SignInAsync();
        await CallAsync(marketo, 2);
        // When
        var third = await marketo.AnyCallAsync();
        marketo.Time.SetUtcNow(new DateTimeOffset(2026, 9, 2, 5, 59, 59, TimeSpan.Zero));
        await marketo.SignInAsync();
        var lastSecond = await marketo.AnyCallAsync();
        marketo.Time.Advance(TimeSpan.FromSeconds(1));
        var midnight = await marketo.AnyCallAsync();
        // Then
        Assert.Equal(["607", "607", "ok"], [third.Code(), lastSecond.Code(), midnight.Code()]);
        Assert.Equal("Daily quota reached", third.Message());
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 1)]
    public async Task Throttled_calls_cost_quota_only_where_they_count(bool count, int calls)
    {
        // Given
        using var marketo = await new SubscriptionUnderTest(options =>
        {
            options.CallsPerWindow = 1;
            options.Quirks.ThrottledCallsCountInQuota = count;
        }).SignInAsync();
        // When
        await CallAsync(marketo, 3);
        // Then
        Assert.Equal(calls, marketo.Emulator.Limits.CallsToday);
    }

    [Theory]
    [InlineData("601", 0)]
    [InlineData("604", 0)]
    [InlineData("608", 0)]
    [InlineData("611", 0)]
    [InlineData("502", 1)]
    [InlineData("610", 1)]
    [InlineData("713", 1)]
    public async Task Calls_answered_with_a_starred_code_are_not_counted(string code, int calls)
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        marketo.Emulator.Faults.On(CallKind.Any, Fault.Code(code));
        // When
        await marketo.AnyCallAsync();
        // Then
        Assert.Equal((calls, calls), (marketo.Emulator.Limits.CallsToday, marketo.Emulator.Limits.CallsInWindow));
    }

    [Fact]
    public async Task Limits_that_are_off_are_measured_all_the_same()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest(options => options.EnforceLimits = false).SignInAsync();
        // When
        await CallAsync(marketo, 150);
        // Then
        Assert.Equal(150, marketo.Emulator.Limits.WorstWindow);
        Assert.Equal("ok", (await marketo.AnyCallAsync()).Code());
    }

    [Fact]
    public async Task A_uri_over_8_kilobytes_gets_414()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        var path = "/rest/v1/customobjects.json?names=";
        // When
        using var fits = await marketo.Http.GetAsync(path + new string('a', 8192 - path.Length), TestContext.Current.CancellationToken);
        using var tooLong = await marketo.Http.GetAsync(path + new string('a', 8193 - path.Length), TestContext.Current.CancellationToken);
        // Then
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.RequestUriTooLong), (fits.StatusCode, tooLong.StatusCode));
    }

    [Theory]
    [InlineData(1024 * 1024, HttpStatusCode.OK)]
    [InlineData((1024 * 1024) + 1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_body_over_1_megabyte_gets_413(int bytes, HttpStatusCode status)
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().WithObjects().SignInAsync();
        using var body = new StringContent("""{"input":[{"vin":"a"}]}""".PadRight(bytes), Encoding.UTF8, "application/json");
        // When
        using var response = await marketo.Http.PostAsync(
            "/rest/v1/customobjects/car_c.json",
            body,
            TestContext.Current.CancellationToken);
        // Then
        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task A_request_id_ends_in_the_time_of_arrival()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        // When
        var parts = (await marketo.AnyCallAsync()).Text("requestId")!.Split('#');
        // Then
        Assert.Equal(
            SubscriptionUnderTest.Start.ToUnixTimeMilliseconds(),
            long.Parse(parts[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        Assert.Matches("^[0-9a-f]{1,4}$", parts[0]);
    }

    private static async Task<JsonElement[]> CallAsync(SubscriptionUnderTest marketo, int times)
    {
        var answers = new JsonElement[times];
        for (var call = 0; call < times; call++)
        {
            answers[call] = await marketo.AnyCallAsync();
        }

        return answers;
    }
}
