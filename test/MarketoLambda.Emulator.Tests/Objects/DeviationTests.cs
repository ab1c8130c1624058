using System.Text;
using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.Emulator.Tests.Objects;

/// <summary>What clients that were not written here found to differ from recordings, from Adobe's OpenAPI or from its pages.</summary>
public sealed class DeviationTests
{
    private const string Cars = "/rest/v1/customobjects/car_c.json";

    /// <summary>Witness: every list in Adobe's OpenAPI is <c>collectionFormat: multi</c>; its pages have commas.</summary>
    [Theory]
    [InlineData("filterType=vin&filterValues=a&filterValues=b,c&fields=vin&fields=doors")]
    [InlineData("filterType=vin&filterValues=a,b&filterValues=c&fields=vin,doors")]
    public async Task A_list_may_be_repeated_or_have_commas(string query)
    {
        // Given
        using var marketo = await SignedInAsync();
        // When
        var found = await marketo.GetAsync($"{Cars}?{query}");
        // Then
        Assert.Equal(["a", "b", "c"], found.GetProperty("result").EnumerateArray().Select(row => row.Text("vin")));
        Assert.Equal(4, found.Row().GetProperty("doors").GetInt32());
    }

    [Fact]
    public async Task Names_in_a_list_of_objects_may_be_repeated()
    {
        // Given
        using var marketo = await SignedInAsync();
        // When
        var found = await marketo.GetAsync("/rest/v1/customobjects.json?names=car_c&names=course_c");
        // Then
        Assert.Equal(["car_c", "course_c"], found.GetProperty("result").EnumerateArray().Select(row => row.Text("name")));
    }

    /// <summary>Evidence: recorded lists of objects show no fields; <em>describe</em> does.</summary>
    [Fact]
    public async Task A_list_of_objects_has_no_fields()
    {
        // Given
        using var marketo = await SignedInAsync();
        // When
        var found = (await marketo.GetAsync("/rest/v1/customobjects.json?names=car_c")).Row();
        // Then
        Assert.False(found.TryGetProperty("fields", out _));
        Assert.Equal("""["vin"]""", found.GetProperty("dedupeFields").GetRawText());
    }

    /// <summary>A choice that is no text must not mean the default: a lock by <c>createOnly</c> would be no lock.</summary>
    [Theory]
    [InlineData(Cars, """{"action":7,"input":[{"vin":"a"}]}""")]
    [InlineData(Cars, """{"action":["createOnly"],"input":[{"vin":"a"}]}""")]
    [InlineData(Cars, """{"dedupeBy":true,"input":[{"vin":"a"}]}""")]
    [InlineData("/rest/v1/customobjects/car_c/delete.json", """{"deleteBy":{},"input":[{"vin":"a"}]}""")]
    [InlineData(Cars + "?_method=GET", """{"filterType":0,"input":[{"vin":"a"}]}""")]
    [InlineData("/rest/v1/customobjects/schema.json", """{"action":1,"apiName":"bus","displayName":"Bus"}""")]
    public async Task A_choice_that_is_no_text_is_an_error(string uri, string body)
    {
        // Given
        using var marketo = await SignedInAsync();
        // When
        var answer = await marketo.PostAsync(uri, body);
        // Then
        Assert.Equal("1003", answer.Code());
    }

    [Fact]
    public async Task A_number_beyond_all_numbers_is_skipped()
    {
        // Given
        using var marketo = await SignedInAsync();
        // When
        var answer = await marketo.PostAsync(Cars, """{"input":[{"vin":"a","weight":1e999}]}""");
        // Then
        Assert.Equal("1001", answer.Status());
    }

    [Fact]
    public async Task A_byte_order_mark_before_the_body_is_passed_over()
    {
        // Given
        using var marketo = await SignedInAsync();
        using var content = new ByteArrayContent([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("""{"input":[{"vin":"z"}]}""")]);
        content.Headers.ContentType = new("application/json");
        // When
        using var response = await marketo.Http.PostAsync(Cars, content, TestContext.Current.CancellationToken);
        // Then
        Assert.Equal("created", (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).AsJson().Status());
    }

    [Fact]
    public async Task A_link_that_is_the_whole_key_is_one_searchable_entry()
    {
        // Given
        using var marketo = await SignedInAsync();
        marketo.Emulator.DefineObject("badge_c", "Badge", FieldDefinition.Link("leadId", "lead", "id") with { IsDedupeField = true });
        // When
        var badge = (await marketo.GetAsync("/rest/v1/customobjects/badge_c/describe.json")).Row();
        // Then
        Assert.Equal("""[["leadId"],["marketoGUID"]]""", badge.GetProperty("searchableFields").GetRawText());
    }

    private static async Task<SubscriptionUnderTest> SignedInAsync()
    {
        var marketo = await new SubscriptionUnderTest().WithObjects().SignInAsync();
        foreach (var vin in new[] { "a", "b", "c" })
        {
            marketo.Emulator.Seed("car_c", $$"""{"vin":"{{vin}}","doors":4}""");
        }

        return marketo;
    }
}
