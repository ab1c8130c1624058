namespace MarketoLambda.Emulator.Tests.Objects;

public sealed class DeleteTests
{
    private const string Delete = "/rest/v1/customobjects/car_c/delete.json";

    [Theory]
    [InlineData("\"deleteBy\":\"dedupeFields\",")]
    [InlineData("")]
    public async Task Records_are_deleted_by_key(string deleteBy)
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().WithObjects().SignInAsync();
        var guid = marketo.Emulator.Seed("car_c", """{"vin":"a"}""");
        marketo.Emulator.Seed("car_c", """{"vin":"b"}""");
        // When
        var answer = await marketo.PostAsync(Delete, $$"""{ {{deleteBy}} "input":[{"vin":"a"},{"vin":"z"},{"color":"red"}]}""");
        // Then
        Assert.Equal(["deleted", "1013", "1003"], [answer.Status(), answer.Status(1), answer.Status(2)]);
        Assert.Equal(
            (guid.ToString(), "Object not found"),
            (answer.Row().Text("marketoGUID"), answer.Row(1).GetProperty("reasons")[0].Text("message")));
        Assert.Equal("b", Assert.Single(marketo.Emulator.Records("car_c")).Key);
    }

    [Fact]
    public async Task Records_are_deleted_by_guid_even_where_two_share_a_key()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().WithObjects().SignInAsync();
        var first = marketo.Emulator.Seed("car_c", """{"vin":"a"}""");
        var second = marketo.Emulator.Seed("car_c", """{"vin":"a"}""");
        // When
        var answer = await marketo.PostAsync(
            Delete,
            $$"""{"deleteBy":"idField","input":[{"marketoGUID":"{{first}}"},{"marketoGUID":"{{first}}"},{"vin":"a"}]}""");
        // Then
        Assert.Equal(["deleted", "1013", "1003"], [answer.Status(), answer.Status(1), answer.Status(2)]);
        Assert.Equal(second, Assert.Single(marketo.Emulator.Find("car_c", "a")).MarketoGuid);
    }

    [Fact]
    public async Task A_wrong_delete_by_is_refused()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().WithObjects().SignInAsync();
        // When
        var answer = await marketo.PostAsync(Delete, """{"deleteBy":"vin","input":[{"vin":"a"}]}""");
        // Then
        Assert.Equal(("1003", "Invalid deleteBy 'vin' value"), (answer.Code(), answer.Message()));
    }

    [Fact]
    public async Task A_deleted_key_can_be_created_again()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().WithObjects().SignInAsync();
        var guid = marketo.Emulator.Seed("car_c", """{"vin":"a"}""");
        await marketo.PostAsync(Delete, """{"deleteBy":"dedupeFields","input":[{"vin":"a"}]}""");
        // When
        var answer = await marketo.PostAsync("/rest/v1/customobjects/car_c.json", """{"action":"createOnly","input":[{"vin":"a"}]}""");
        // Then
        Assert.Equal("created", answer.Status());
        Assert.NotEqual(guid.ToString(), answer.Row().Text("marketoGUID"));
    }
}
