namespace MarketoLambda.Emulator.Tests.Objects;

public sealed class ValueTests
{
    [Theory]
    [InlineData("color", "\"red\"", "red")]
    [InlineData("color", "\"\\u00e9\\\"\\n\"", "é\"\n")]
    [InlineData("doors", "4", "4")]
    [InlineData("doors", "-9223372036854775808", "-9223372036854775808")]
    [InlineData("price", "1604.47", "1604.47")]
    [InlineData("weight", "1e3", "1000")]
    [InlineData("weight", "-0.0", "0")]
    [InlineData("isElectric", "true", "True")]
    [InlineData("builtOn", "\"2026-02-28\"", "2026-02-28")]
    [InlineData("soldAt", "\"2026-09-01T12:00:00Z\"", "2026-09-01T12:00:00Z")]
    [InlineData("soldAt", "\"2026-09-01T12:00:00+02:00\"", "2026-09-01T10:00:00Z")]
    [InlineData("soldAt", "\"2026-09-01T12:00:00.999Z\"", "2026-09-01T12:00:00Z")]
    [InlineData("soldAt", "\"2026-09-01T12:00:00\"", "2026-09-01T12:00:00Z")]
    [InlineData("contact", "\"ada@emulator.example\"", "ada@emulator.example")]
    public async Task A_value_of_the_right_type_is_stored_in_its_canonical_form(string field, string json, string stored)
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().WithObjects().SignInAsync();
        // When
        var answer = await marketo.PostAsync("/rest/v1/customobjects/car_c.json", $$"""{"input":[{"vin":"a","{{field}}":{{json}}}]}""");
        var row = (await marketo.GetAsync($"/rest/v1/customobjects/car_c.json?filterType=vin&filterValues=a&fields={field}")).Row();
        // Then
        Assert.Equal("created", answer.Status());
        Assert.Equal(stored, row.GetProperty(field).ToString());
    }

    [Theory]
    [InlineData("color", "1", "string")]
    [InlineData("color", "{}", "string")]
    [InlineData("doors", "\"4\"", "integer")]
    [InlineData("doors", "4.5", "integer")]
    [InlineData("doors", "true", "integer")]
    [InlineData("price", "\"1604.47\"", "currency")]
    [InlineData("isElectric", "\"true\"", "boolean")]
    [InlineData("isElectric", "1", "boolean")]
    [InlineData("builtOn", "\"2026-02-30\"", "date")]
    [InlineData("soldAt", "\"2026-09-01\"", "datetime")]
    [InlineData("soldAt", "\"yesterday\"", "datetime")]
    [InlineData("soldAt", "1767225600", "datetime")]
    public async Task A_value_of_another_type_is_skipped(string field, string json, string type)
    {
        // Given
        using var marketo = await new SubscriptionUnderTest(options => options.Quirks.ConvertsScalars = false).WithObjects().SignInAsync();
        // When
        var answer = await marketo.PostAsync("/rest/v1/customobjects/car_c.json", $$"""{"input":[{"vin":"a","{{field}}":{{json}}}]}""");
        // Then
        Assert.Equal("1001", answer.Status());
        Assert.EndsWith($"Required of type '{type}'", answer.Row().GetProperty("reasons")[0].Text("message"), StringComparison.Ordinal);
    }

    /// <summary>Witness: Adobe, field-types: strings are limited by characters, the others by bytes.</summary>
    [Theory]
    [InlineData("notes", true, 3, "created")]
    [InlineData("notes", true, 2, "1001")]
    [InlineData("notes", false, 2, "created")]
    [InlineData("notes", false, 1, "1001")]
    public async Task The_length_of_a_text_is_counted_in_bytes_or_in_characters(string field, bool inBytes, int length, string status)
    {
        // Given
        using var marketo = await new SubscriptionUnderTest(options =>
            (options.TextFieldLength, options.Quirks.TextLengthInBytes) = (length, inBytes))
            .WithObjects()
            .SignInAsync();
        // When
        var answer = await marketo.PostAsync("/rest/v1/customobjects/car_c.json", $$"""{"input":[{"vin":"a","{{field}}":"aé"}]}""");
        // Then
        Assert.Equal(status, answer.Status());
    }

    /// <summary>Witness: Adobe's own example sends <c>"listPrice": "1604.47"</c>; the default of the quirk follows it.</summary>
    [Theory]
    [InlineData("color", "1", "1")]
    [InlineData("doors", "\"4\"", "4")]
    [InlineData("price", "\"1604.47\"", "1604.47")]
    [InlineData("isElectric", "\"true\"", "True")]
    public async Task A_scalar_of_another_type_is_converted_with_the_quirk(string field, string json, string stored)
    {
        // Given
        using var marketo = await new SubscriptionUnderTest(options => options.Quirks.ConvertsScalars = true).WithObjects().SignInAsync();
        // When
        await marketo.PostAsync("/rest/v1/customobjects/car_c.json", $$"""{"input":[{"vin":"a","{{field}}":{{json}}}]}""");
        // Then
        Assert.Equal(stored, marketo.Emulator.Find("car_c", "a")[0][field]);
    }

    [Theory]
    [InlineData("color", 255, false, 255)]
    [InlineData("color", 256, false, null)]
    [InlineData("color", 256, true, 255)]
    [InlineData("notes", 2000, false, 2000)]
    [InlineData("notes", 2001, false, null)]
    [InlineData("notes", 2001, true, 2000)]
    public async Task A_long_string_is_rejected_or_truncated(string field, int length, bool truncates, int? stored)
    {
        // Given
        using var marketo = await new SubscriptionUnderTest(options =>
            (options.Quirks.TruncateLongStrings, options.Quirks.TextLengthInBytes) = (truncates, false)).WithObjects().SignInAsync();
        // When
        var answer = await marketo.PostAsync(
            "/rest/v1/customobjects/car_c.json",
            $$"""{"input":[{"vin":"a","{{field}}":"{{new string('é', length)}}"}]}""");
        // Then
        Assert.Equal(stored is null ? "1001" : "created", answer.Status());
        Assert.Equal(stored, marketo.Emulator.Find("car_c", "a").SingleOrDefault()?[field]?.Length);
    }

    [Theory]
    [InlineData("2026-09-01T12:00:00.5Z", false, true)]
    [InlineData("2026-09-01T12:00:00", true, false)]
    public async Task Fractions_and_missing_offsets_are_rejected_without_their_quirks(string datetime, bool fractions, bool noOffset)
    {
        // Given
        using var marketo = await new SubscriptionUnderTest(options =>
        {
            options.Quirks.AcceptFractionalSeconds = fractions;
            options.Quirks.AcceptDatetimeWithoutOffset = noOffset;
        }).WithObjects().SignInAsync();
        // When
        var answer = await marketo.PostAsync(
            "/rest/v1/customobjects/car_c.json",
            $$"""{"input":[{"vin":"a","soldAt":"{{datetime}}"},{"vin":"b","soldAt":"2026-09-01T12:00:00Z"}]}""");
        // Then
        Assert.Equal(["1001", "created"], [answer.Status(), answer.Status(1)]);
    }

    [Fact]
    public async Task Half_a_surrogate_pair_is_no_json()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().WithObjects().SignInAsync();
        // When
        var half = await marketo.PostAsync("/rest/v1/customobjects/car_c.json", """{"input":[{"vin":"\ud83d"}]}""");
        var whole = await marketo.PostAsync("/rest/v1/customobjects/car_c.json", """{"input":[{"vin":"\ud83d\ude00"},{"vin":"😀"}]}""");
        // Then
        Assert.Equal("609", half.Code());
        Assert.Equal(["created", "updated"], [whole.Status(), whole.Status(1)]);
    }

    [Fact]
    public async Task Text_that_is_no_utf8_is_no_json()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().WithObjects().SignInAsync();
        using var content = new ByteArrayContent([.. "{\"input\":[{\"vin\":\""u8, 0xFF, .. "\"}]}"u8]);
        content.Headers.ContentType = new("application/json");
        // When
        using var response = await marketo.Http.PostAsync(
            "/rest/v1/customobjects/car_c.json",
            content,
            TestContext.Current.CancellationToken);
        // Then
        Assert.Equal("609", (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).AsJson().Code());
    }
}
