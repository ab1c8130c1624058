namespace MarketoLambda.Emulator.Tests.Calls;

public sealed class RouteTests
{
    [Theory]
    [InlineData("/rest/v1/customobjects/car_c")]
    [InlineData("/rest/v1/campaigns.json")]
    [InlineData("/rest/v1/customobjects/car_c/nothing.json")]
    [InlineData("/rest/v1/customobjects/schema/car_c/nothing.json")]
    [InlineData("/rest/v1/stats/nothing.json")]
    [InlineData("/rest/v1/customobjects/unknown_c/describe.json")]
    [InlineData("/rest/v1/customobjects/unknown_c.json?filterType=idField&filterValues=1")]
    [InlineData("/bulk/v1/customobjects/car_c/import/1/status.json")]
    public async Task What_does_not_exist_gets_610(string uri)
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().WithObjects().SignInAsync();
        // When
        var answer = await marketo.GetAsync(uri);
        // Then
        Assert.Equal(("610", "Requested resource not found"), (answer.Code(), answer.Message()));
    }

    [Theory]
    [InlineData("/rest/v1/customobjects/car_c/describe.json")]
    [InlineData("/rest/v1/customobjects.json")]
    [InlineData("/rest/v1/stats/usage.json")]
    [InlineData("/rest/v1/customobjects/schema/linkableObjects.json")]
    public async Task A_path_with_the_wrong_method_gets_605(string uri)
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().WithObjects().SignInAsync();
        // When
        var answer = await marketo.PostAsync(uri, "{}");
        // Then
        Assert.Equal(("605", "Request method 'POST' not supported"), (answer.Code(), answer.Message()));
    }

    [Fact]
    public async Task Sync_takes_the_method_override_post()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().WithObjects().SignInAsync();
        // When
        var answer = await marketo.PostAsync("/rest/v1/customobjects/car_c.json?_method=POST", """{"input":[{"vin":"a"}]}""");
        // Then
        Assert.Equal("created", answer.Status());
    }

    [Theory]
    [InlineData("text/plain", "612")]
    [InlineData("application/x-www-form-urlencoded", "612")]
    [InlineData("application/json", "ok")]
    public async Task A_body_must_say_that_it_is_json(string contentType, string code)
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().WithObjects().SignInAsync();
        // When
        var answer = await marketo.PostAsync("/rest/v1/customobjects/car_c.json", """{"input":[{"vin":"a"}]}""", contentType);
        // Then
        Assert.Equal(code, answer.Code());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("\"input\"")]
    public async Task A_body_that_is_no_json_object_gets_609(string body)
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().WithObjects().SignInAsync();
        // When
        var answer = await marketo.PostAsync("/rest/v1/customobjects/car_c.json", body, "application/json");
        // Then
        Assert.Equal("609", answer.Code());
    }

    [Fact]
    public async Task The_log_tells_number_kind_size_and_outcome_and_no_values()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().WithObjects().SignInAsync();
        // When
        await marketo.PostAsync("/rest/v1/customobjects/car_c.json", """{"input":[{"vin":"secret-1"},{"vin":"secret-2"}]}""");
        // Then
        var call = marketo.LastCall;
        Assert.Equal(
            (Number: 2, Kind: "sync", ObjectName: "car_c", Records: 2, BodyBytes: 49, Outcome: "ok"),
            (call.Number, Kind: call.Kind.Name, call.ObjectName, call.Records, call.BodyBytes, call.Outcome));
        Assert.Equal(SubscriptionUnderTest.Start, call.CompletedAt);
        Assert.DoesNotContain("secret", System.Text.Json.JsonSerializer.Serialize(marketo.Emulator.Calls), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_keeps_the_newest_calls_and_counts_all()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest(options => options.CallLogCapacity = 3).SignInAsync();
        // When
        for (var call = 0; call < 5; call++)
        {
            await marketo.AnyCallAsync();
        }

        // Then
        Assert.Equal([4L, 5L, 6L], marketo.Emulator.Calls.Newest.Select(call => call.Number));
        Assert.Equal(5, marketo.Emulator.Calls.ByKind["list"].Calls);
        Assert.Equal(6, marketo.Emulator.Calls.ByOutcome["ok"]);
    }
}
