namespace MarketoLambda.Emulator.Tests.Objects;

public sealed class DescribeTests
{
    /// <summary>Witness: recorded answers of the record API have neither description nor relationships where there are none.</summary>
    [Fact]
    public async Task A_standalone_object_has_three_system_fields_first_and_no_relationship()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().WithObjects().SignInAsync();
        // When
        var state = (await marketo.GetAsync("/rest/v1/customobjects/customObjectSyncMetadata_c/describe.json")).Row();
        // Then
        Assert.Equal(
            ("customObjectSyncMetadata_c", "Custom Object Sync Metadata", "marketoGUID"),
            (state.Text("name"), state.Text("displayName"), state.Text("idField")));
        Assert.Equal("2026-09-01T12:00:00Z", state.Text("createdAt"));
        Assert.Equal("""["aPIName"]""", state.GetProperty("dedupeFields").GetRawText());
        Assert.Equal("""[["aPIName"],["marketoGUID"]]""", state.GetProperty("searchableFields").GetRawText());
        Assert.False(state.TryGetProperty("relationships", out _) || state.TryGetProperty("description", out _));
        Assert.Equal(
            ["createdAt", "marketoGUID", "updatedAt", "aPIName", "highWaterMarkDT", "lastIngestedFileName", "totalRecordsInEpoch"],
            state.GetProperty("fields").EnumerateArray().Select(field => field.Text("name")));
    }

    [Fact]
    public async Task A_field_tells_its_type_and_length()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest(options => options.TextFieldLength = 30_000).WithObjects().SignInAsync();
        // When
        var fields = (await marketo.GetAsync("/rest/v1/customobjects/car_c/describe.json")).Row().GetProperty("fields").EnumerateArray()
            .ToDictionary(field => field.Text("name")!, field => field.GetRawText());
        // Then
        Assert.Equal(
            """{"name":"notes","displayName":"notes","dataType":"text","length":30000,"updateable":true,"crmManaged":false}""",
            fields["notes"]);
        Assert.Equal(
            """{"name":"doors","displayName":"doors","dataType":"integer","updateable":true,"crmManaged":false}""",
            fields["doors"]);
        Assert.Equal(
            """{"name":"marketoGUID","displayName":"Marketo GUID","dataType":"string","length":36,"updateable":false,"crmManaged":false}""",
            fields["marketoGUID"]);
    }

    /// <summary>Witness: a recorded <em>describe</em> names lead and its field <c>Id</c> in <c>relatedTo</c>.</summary>
    [Fact]
    public async Task A_linked_object_tells_its_relationship_and_the_link_shows_the_type_it_points_at()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().WithObjects().SignInAsync();
        // When
        var course = (await marketo.GetAsync("/rest/v1/customobjects/course_c/describe.json")).Row();
        // Then
        Assert.Equal("""[["courseId"],["marketoGUID"],["leadId"]]""", course.GetProperty("searchableFields").GetRawText());
        Assert.Equal(
            """[{"field":"leadId","type":"child","relatedTo":{"name":"Lead","field":"Id"}}]""",
            course.GetProperty("relationships").GetRawText());
        Assert.Equal(
            "integer",
            course.GetProperty("fields").EnumerateArray().Single(field => field.Text("name") == "leadId").Text("dataType"));
    }

    [Fact]
    public async Task A_compound_key_is_one_searchable_entry()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().WithObjects().SignInAsync();
        // When
        var booking = (await marketo.GetAsync("/rest/v1/customobjects/booking_c/describe.json")).Row();
        // Then
        Assert.Equal("""[["customer","room"],["marketoGUID"]]""", booking.GetProperty("searchableFields").GetRawText());
    }

    [Fact]
    public async Task The_list_holds_approved_objects_and_can_be_narrowed_by_name()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().WithObjects().SignInAsync();
        await marketo.PostAsync("/rest/v1/customobjects/schema.json", """{"apiName":"draft_c","displayName":"Draft"}""");
        // When
        var all = await marketo.GetAsync("/rest/v1/customobjects.json");
        var some = await marketo.GetAsync("/rest/v1/customobjects.json?names=car_c,draft_c");
        // Then
        Assert.Equal(4, all.Rows());
        Assert.Equal("car_c", Assert.Single(some.GetProperty("result").EnumerateArray()).Text("name"));
    }
}
