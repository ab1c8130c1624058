using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Schema;

namespace MarketoLambda.Marketo.Tests.Schema;

public sealed class CustomObjectSchemaClientTests
{
    [Fact]
    public void An_object_is_created_given_fields_and_approved()
    {
        // Given
        using var client = new MarketoUnderTest();

        // When
        client.Time.Run(async () =>
        {
            await client.Schema.CreateAsync(
                new CustomObjectTypeDefinition("course_c", "Course", "Courses", "What is taught"),
                CancellationToken.None);
            await client.Schema.AddFieldsAsync(
                "course_c",
                [
                    new("courseId", "Course Id", "string") { IsDedupeField = true },
                    new("title", "Title", "text") { Description = "On the door" },
                ],
                CancellationToken.None);
            await client.Schema.ApproveAsync("course_c", CancellationToken.None);
        });

        // Then
        Assert.Equal(
            ["/schema.json", "/schema/course_c/addField.json", "/schema/course_c/approve.json"],
            client.Marketo.Calls.Select(call => call.Url.Split("/customobjects")[1]));
        Assert.Equal(
            """{"action":"createOnly","apiName":"course_c","displayName":"Course","pluralName":"Courses","description":"What is taught","showInLeadDetail":false}""",
            client.Marketo.Calls[0].Body);
        Assert.Equal(
            """{"input":[{"name":"courseId","displayName":"Course Id","dataType":"string","isDedupeField":true},{"name":"title","displayName":"Title","dataType":"text","description":"On the door","isDedupeField":false}]}""",
            client.Marketo.Calls[1].Body);
    }

    [Fact]
    public void A_fresh_draft_is_read()
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.Then("""
            {"requestId":"a#1","success":true,"result":[{"apiName":"course_c","displayName":"Course","pluralName":"Courses","state":"draft","version":"draft","idField":null,"createdAt":null,
            "dedupeFields":[],"searchableFields":[[]],"relationships":[],"fields":[{"name":"marketoGUID","displayName":"Marketo GUID","dataType":"string","length":36,"updateable":false}]}]}
            """);

        // When
        var type = client.Run(() => client.Schema.DescribeAsync("course_c", CustomObjectTypeState.Draft, CancellationToken.None));

        // Then
        Assert.NotNull(type);
        Assert.Equal(CustomObjectTypeState.Draft, type.State);
        Assert.Empty(type.DedupeFields);
        Assert.Equal(36, type.FindField("MARKETOguid")!.Length);
        Assert.EndsWith("/schema/course_c/describe.json?state=draft", client.Marketo.Calls[0].Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("approved", CustomObjectTypeState.Approved)]
    [InlineData("approvedWithDraft", CustomObjectTypeState.ApprovedWithDraft)]
    [InlineData("draft", CustomObjectTypeState.Draft)]
    [InlineData("unheard-of", CustomObjectTypeState.Draft)]
    public void States_are_read(string word, CustomObjectTypeState expected)
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.Then($$"""{"requestId":"a#1","success":true,"result":[{"apiName":"a","displayName":"A","state":"{{word}}"}]}""");

        // When
        var type = client.Run(() => client.Schema.DescribeAsync("a", state: null, CancellationToken.None));

        // Then
        Assert.Equal(expected, type!.State);
    }

    [Theory]
    [InlineData("610")]
    [InlineData("1013")]
    public void An_unknown_type_is_null(string code)
    {
        using var client = new MarketoUnderTest();
        client.Marketo.ThenError(code);

        Assert.Null(client.Run(() => client.Schema.DescribeAsync("none_c", state: null, CancellationToken.None)));
        Assert.EndsWith("describe.json", client.Marketo.Calls[0].Url, StringComparison.Ordinal);
    }

    [Fact]
    public void A_subscription_without_the_schema_interface_is_told_to_do_it_by_hand()
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.ThenError("616", "Invalid subscription type");

        // When
        var error = client.Fails<MarketoAuthorizationException>(() => client.Schema.DescribeAsync("course_c", state: null, CancellationToken.None));

        // Then
        Assert.Equal("616", error.Code);
        Assert.Contains("by hand", error.Message, StringComparison.Ordinal);
    }
}
