namespace MarketoLambda.Emulator.Tests.Http;

public sealed class HandlerTests
{
    [Fact]
    public async Task Without_latency_a_call_is_answered_before_the_caller_goes_on()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().WithObjects().SignInAsync();
        // When
        var query = marketo.GetAsync("/rest/v1/customobjects/car_c.json?filterType=vin&filterValues=a");
        var sync = marketo.PostAsync("/rest/v1/customobjects/car_c.json", """{"input":[{"vin":"a"}]}""");
        // Then
        Assert.True(query.IsCompletedSuccessfully);
        Assert.True(sync.IsCompletedSuccessfully);
        await Task.WhenAll(query, sync);
    }

    [Fact]
    public async Task With_latency_everything_happens_in_the_thread_that_moves_the_clock()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        marketo.Options.Latency = TimeSpan.FromSeconds(2);
        var thread = -1;
        async Task CallAsync()
        {
            await marketo.AnyCallAsync();
            thread = Environment.CurrentManagedThreadId;
        }

        // When
        var call = CallAsync();
        marketo.Time.Advance(TimeSpan.FromSeconds(1));
        marketo.Time.Advance(TimeSpan.FromSeconds(1));
        // Then
        Assert.Equal((true, Environment.CurrentManagedThreadId), (call.IsCompleted, thread));
        await call;
    }

    [Fact]
    public async Task A_client_that_gives_up_goes_on_in_the_thread_that_moves_the_clock()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        marketo.Options.Latency = TimeSpan.FromHours(1);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30), marketo.Time);
        // When
        var call = marketo.Http.GetAsync("/rest/v1/customobjects.json", patience.Token);
        marketo.Time.Advance(TimeSpan.FromSeconds(30));
        // Then
        Assert.True(call.IsCanceled);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task Latency_can_be_drawn_per_call_from_the_seed()
    {
        // When
        var (first, again, other) = (await DrawnAsync(seed: 1), await DrawnAsync(seed: 1), await DrawnAsync(seed: 2));
        // Then
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);

        static async Task<int> DrawnAsync(int seed)
        {
            using var marketo = await new SubscriptionUnderTest(options => options.Seed = seed).SignInAsync();
            var drawn = 0;
            marketo.Options.LatencyOf = (kind, random) =>
                TimeSpan.FromMilliseconds(kind.Name == "list" ? drawn = random.Next(1, 100_000) : 0);
            var call = marketo.AnyCallAsync();
            marketo.Time.Advance(TimeSpan.FromMilliseconds(drawn) / 2);
            var isHalfway = !call.IsCompleted;
            marketo.Time.Advance(TimeSpan.FromMilliseconds(drawn) / 2);
            Assert.Equal((true, true), (isHalfway, call.IsCompletedSuccessfully));
            await call;
            return drawn;
        }
    }

    [Fact]
    public async Task Two_emulators_of_one_seed_answer_alike()
    {
        // When
        var (first, again, other) = (await AnswerAsync(seed: 5), await AnswerAsync(seed: 5), await AnswerAsync(seed: 6));
        // Then
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);

        static async Task<string> AnswerAsync(int seed)
        {
            using var marketo = await new SubscriptionUnderTest(options => options.Seed = seed).WithObjects().SignInAsync();
            var answer = await marketo.PostAsync("/rest/v1/customobjects/car_c.json", """{"input":[{"vin":"a"},{"vin":"b"}]}""");
            return answer.GetRawText();
        }
    }

    [Fact]
    public async Task A_call_that_was_cancelled_before_it_was_sent_never_arrives()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        // When
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            marketo.Http.GetAsync("/rest/v1/customobjects.json", new CancellationToken(canceled: true)));
        // Then
        Assert.Equal(1, marketo.Emulator.Calls.Arrived);
    }
}
