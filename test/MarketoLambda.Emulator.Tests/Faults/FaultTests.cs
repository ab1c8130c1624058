using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Faults;

namespace MarketoLambda.Emulator.Tests.Faults;

public sealed class FaultTests : IAsyncLifetime
{
    private const string Cars = "/rest/v1/customobjects/car_c.json";
    private const string Create = """{"action":"createOnly","input":[{"vin":"a"},{"vin":"b"}]}""";

    private SubscriptionUnderTest _marketo = new();

    public async ValueTask InitializeAsync() => _marketo = await _marketo.WithObjects().SignInAsync();

    public ValueTask DisposeAsync()
    {
        _marketo.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(FaultTiming.BeforeEffect, 0)]
    [InlineData(FaultTiming.AfterEffect, 2)]
    public async Task A_code_comes_before_or_after_the_effect(FaultTiming timing, int records)
    {
        // Given
        var fault = Fault.Code("611");
        _marketo.Emulator.Faults.OnCall(2, timing == FaultTiming.AfterEffect ? fault.AfterEffect() : fault);
        // When
        var answer = await _marketo.PostAsync(Cars, Create);
        // Then
        Assert.Equal(("611", "System error"), (answer.Code(), answer.Message()));
        Assert.Equal(records, _marketo.Emulator.Count("car_c"));
        Assert.Equal("611", _marketo.LastCall.Outcome);
    }

    [Fact]
    public async Task Any_code_may_come_with_any_message()
    {
        // Given
        _marketo.Emulator.Faults.OnCall(2, Fault.Code("9999", "Something new"));
        // When
        var answer = await _marketo.PostAsync(Cars, Create);
        // Then
        Assert.Equal(("9999", "Something new"), (answer.Code(), answer.Message()));
    }

    [Fact]
    public async Task A_fault_by_number_concerns_that_call_and_the_next_ones_as_often_as_it_says()
    {
        // Given
        _marketo.Emulator.Faults.OnCall(3, Fault.Code("608"), times: 2);
        // When
        var codes = await CodesAsync(4);
        // Then
        Assert.Equal(["ok", "608", "608", "ok"], codes);
    }

    [Fact]
    public async Task A_fault_by_kind_concerns_the_nth_call_of_that_kind_and_object()
    {
        // Given
        _marketo.Emulator.Faults.On(CallKind.Describe, Fault.Code("608"), nth: 2, objectName: "car_c");
        // When
        string[] codes =
        [
            await CodeAsync("car_c"), await CodeAsync("course_c"), await CodeAsync("course_c"), await CodeAsync("car_c"), await CodeAsync("car_c"),
        ];

        // Then
        Assert.Equal(["ok", "ok", "ok", "608", "ok"], codes);

        async Task<string> CodeAsync(string name) => (await _marketo.GetAsync($"/rest/v1/customobjects/{name}/describe.json")).Code();
    }

    [Fact]
    public async Task A_group_of_kinds_covers_its_members()
    {
        // Given
        _marketo.Emulator.Faults.Always(CallKind.Schema, Fault.Code("608"));
        // When
        var schema = await _marketo.GetAsync("/rest/v1/customobjects/schema/fieldDataTypes.json");
        var list = await _marketo.AnyCallAsync();
        // Then
        Assert.Equal(("608", "ok"), (schema.Code(), list.Code()));
    }

    [Fact]
    public async Task The_first_of_several_rules_wins_and_clearing_ends_them_all()
    {
        // Given
        _marketo.Emulator.Faults.Always(CallKind.List, Fault.Code("608"));
        _marketo.Emulator.Faults.Always(CallKind.Any, Fault.Code("611"));
        // When
        var before = await _marketo.AnyCallAsync();
        _marketo.Emulator.Faults.Clear();
        var after = await _marketo.AnyCallAsync();
        // Then
        Assert.Equal(("608", "ok"), (before.Code(), after.Code()));
    }

    [Fact]
    public async Task Identity_can_fail_too()
    {
        // Given
        _marketo.Emulator.Faults.On(CallKind.Identity, Fault.Http(502));
        // When
        using var response = await _marketo.Http.GetAsync("/identity/oauth/token", TestContext.Current.CancellationToken);
        // Then
        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains(
            "502 BadGateway",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FaultTiming.BeforeEffect, 0)]
    [InlineData(FaultTiming.AfterEffect, 2)]
    public async Task A_broken_connection_throws_and_the_reply_may_be_all_that_was_lost(FaultTiming timing, int records)
    {
        // Given
        var fault = Fault.BrokenConnection();
        _marketo.Emulator.Faults.On(CallKind.Sync, timing == FaultTiming.AfterEffect ? fault.AfterEffect() : fault);
        // When
        var broken = await Assert.ThrowsAsync<HttpRequestException>(() => _marketo.PostAsync(Cars, Create));
        // Then
        Assert.Equal(HttpRequestError.ResponseEnded, broken.HttpRequestError);
        Assert.Equal((records, "broken"), (_marketo.Emulator.Count("car_c"), _marketo.LastCall.Outcome));
    }

    [Theory]
    [InlineData(FaultTiming.BeforeEffect, 0)]
    [InlineData(FaultTiming.AfterEffect, 2)]
    public async Task A_call_hangs_until_its_client_gives_up(FaultTiming timing, int records)
    {
        // Given
        var fault = Fault.Hang();
        _marketo.Emulator.Faults.On(CallKind.Sync, timing == FaultTiming.AfterEffect ? fault.AfterEffect() : fault);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(130), _marketo.Time);
        using var body = new StringContent(Create, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        // When
        var call = _marketo.Http.PostAsync(Cars, body, patience.Token);
        _marketo.Time.Advance(TimeSpan.FromSeconds(129));
        var isWaiting = !call.IsCompleted && _marketo.Emulator.Limits.InFlight == 1;
        _marketo.Time.Advance(TimeSpan.FromSeconds(1));
        // Then
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.True(isWaiting);
        Assert.Equal(
            (records, 0, "abandoned"),
            (_marketo.Emulator.Count("car_c"), _marketo.Emulator.Limits.InFlight, _marketo.LastCall.Outcome));
    }

    [Fact]
    public async Task A_hang_may_end_in_a_broken_connection()
    {
        // Given
        _marketo.Emulator.Faults.On(CallKind.Sync, Fault.Hang(TimeSpan.FromSeconds(120)));
        // When
        var call = _marketo.PostAsync(Cars, Create);
        _marketo.Time.Advance(TimeSpan.FromSeconds(120));
        // Then
        await Assert.ThrowsAsync<HttpRequestException>(() => call);
    }

    [Fact]
    public async Task A_slow_answer_is_true_and_late()
    {
        // Given
        _marketo.Emulator.Faults.On(CallKind.Sync, Fault.Slow(TimeSpan.FromSeconds(60)));
        // When
        var call = _marketo.PostAsync(Cars, Create);
        _marketo.Time.Advance(TimeSpan.FromSeconds(59));
        var isEarly = call.IsCompleted;
        _marketo.Time.Advance(TimeSpan.FromSeconds(1));
        // Then
        Assert.Equal((false, true), (isEarly, call.IsCompleted));
        Assert.Equal("created", (await call).Status());
    }

    [Fact]
    public async Task A_stuck_request_takes_effect_after_its_client_was_told_otherwise()
    {
        // Given
        _marketo.Emulator.Faults.On(CallKind.Sync, Fault.Code("604").TakesEffectAfter(TimeSpan.FromSeconds(90)));
        // When
        var answer = await _marketo.PostAsync(Cars, Create);
        _marketo.Time.Advance(TimeSpan.FromSeconds(89));
        var early = _marketo.Emulator.Count("car_c");
        _marketo.Time.Advance(TimeSpan.FromSeconds(1));
        // Then
        Assert.Equal(("604", 0, 2), (answer.Code(), early, _marketo.Emulator.Count("car_c")));
    }

    [Fact]
    public async Task An_effect_still_pending_at_a_reset_is_lost()
    {
        // Given
        _marketo.Emulator.Faults.On(CallKind.Sync, Fault.Code("604").TakesEffectAfter(TimeSpan.FromSeconds(90)));
        await _marketo.PostAsync(Cars, Create);
        // When
        _marketo.Emulator.Reset();
        _marketo.WithObjects();
        _marketo.Time.Advance(TimeSpan.FromSeconds(90));
        // Then
        Assert.Equal(0, _marketo.Emulator.Count("car_c"));
    }

    [Fact]
    public async Task Bodies_can_be_garbage_empty_cut_or_short()
    {
        // When
        var garbage = await BodyAsync(Fault.Garbage());
        var empty = await BodyAsync(Fault.EmptyBody());
        var cut = await BodyAsync(Fault.TruncatedJson());
        var cutBefore = await BodyAsync(Fault.TruncatedJson().BeforeEffect());
        var shorter = await BodyAsync(Fault.ShortResult());
        var shortest = await BodyAsync(Fault.ShortResult(5));

        // Then
        Assert.All([garbage, empty, cut, cutBefore], body => Assert.ThrowsAny<JsonException>(() => JsonElement.Parse(body)));
        Assert.Equal(("", "{\"requestId\""), (empty, cut[..12]));
        Assert.Equal((1, 0), (shorter.AsJson().Rows(), shortest.AsJson().Rows()));
        Assert.Equal(2, _marketo.Emulator.Count("car_c"));

        async Task<string> BodyAsync(Fault fault)
        {
            _marketo.Emulator.Faults.OnCall(_marketo.Emulator.Calls.Arrived + 1, fault);
            using var content = new StringContent(
                """{"input":[{"vin":"a"},{"vin":"b"}]}""",
                new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
            using var response = await _marketo.Http.PostAsync(Cars, content, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Single_records_can_be_skipped()
    {
        // Given
        _marketo.Emulator.Faults.On(CallKind.Sync, Fault.SkipRecords("1014", message: null, "b"));
        _marketo.Emulator.Faults.On(CallKind.Sync, Fault.SkipRecords("1003", "Because"), nth: 2);
        // When
        var some = await _marketo.PostAsync(Cars, Create);
        var all = await _marketo.PostAsync(Cars, """{"input":[{"vin":"c"},{"vin":"d"}]}""");
        // Then
        Assert.Equal(["created", "1014", "1003", "1003"], [some.Status(), some.Status(1), all.Status(), all.Status(1)]);
        Assert.Equal("Because", all.Row().GetProperty("reasons")[0].Text("message"));
        Assert.Equal("a", Assert.Single(_marketo.Emulator.Records("car_c")).Key);
    }

    [Fact]
    public async Task An_unreachable_marketo_refuses_connections_and_counts_nothing()
    {
        // Given
        _marketo.Emulator.Faults.Unreachable = true;
        // When
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => _marketo.PostAsync(Cars, Create));
        _marketo.Emulator.Faults.Unreachable = false;
        var answer = await _marketo.PostAsync(Cars, Create);
        // Then
        Assert.Equal(HttpRequestError.ConnectionError, refused.HttpRequestError);
        Assert.Equal(SocketError.ConnectionRefused, Assert.IsType<SocketException>(refused.InnerException).SocketErrorCode);
        Assert.Equal(("created", 1, 3), (answer.Status(), _marketo.Emulator.Limits.CallsToday, _marketo.LastCall.Number));
    }

    [Fact]
    public async Task Random_faults_depend_on_the_seed_alone()
    {
        // When
        var (first, again, other) = (await RunAsync(seed: 7), await RunAsync(seed: 7), await RunAsync(seed: 8));
        // Then
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.InRange(first.Count(code => code != "ok"), 90, 150);
        Assert.Equal(["608", "611", "ok"], first.Distinct().Order(StringComparer.Ordinal));

        static async Task<string[]> RunAsync(int seed)
        {
            using var marketo = await new SubscriptionUnderTest(options => options.EnforceLimits = false).SignInAsync();
            marketo.Emulator.Faults.Random(seed, probability: 0.3, [CallKind.List], [Fault.Code("608"), Fault.Code("611")]);
            return await CodesAsync(calls: 400, marketo);
        }
    }

    [Fact]
    public async Task Limits_still_hold_for_a_call_with_a_fault_after_its_effect()
    {
        // Given
        _marketo.Options.CallsPerWindow = 0;
        _marketo.Emulator.Faults.On(CallKind.Sync, Fault.Code("502").AfterEffect());
        // When
        await _marketo.PostAsync(Cars, Create);
        // Then
        Assert.Equal(0, _marketo.Emulator.Count("car_c"));
    }

    private Task<string[]> CodesAsync(int calls) => CodesAsync(calls, _marketo);

    private static async Task<string[]> CodesAsync(int calls, SubscriptionUnderTest marketo)
    {
        var codes = new string[calls];
        for (var call = 0; call < calls; call++)
        {
            codes[call] = (await marketo.AnyCallAsync()).Code();
        }

        return codes;
    }
}
