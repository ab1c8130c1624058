using System.Text;
using MarketoLambda.Emulator.Http;
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

    /// <summary>Witness: Adobe's OpenAPI, parameter <c>names</c> of the list of objects: <c>collectionFormat: multi</c>.</summary>
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

    /// <summary>Witness: recorded lists of objects show no fields; <em>describe</em> does.</summary>
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

    /// <summary>
    /// Witness: in Adobe's OpenAPI <c>action</c>, <c>dedupeBy</c>, <c>deleteBy</c> and <c>filterType</c> are texts. Which code another type
    /// gets is not documented; that it must not mean the default is ours: a lock by <c>createOnly</c> would be no lock.
    /// </summary>
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

    /// <summary>
    /// No witness of Marketo's answer: JSON allows such a number and no recording has one. An outside client saw it come back as it was.
    /// </summary>
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

    /// <summary>No witness of Marketo's answer: RFC 8259, section 8.1, lets a reader pass it over. An outside client tried it.</summary>
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

    /// <summary>
    /// Witness: recorded <em>describes</em> list the dedupe fields, <c>marketoGUID</c>, and links; none lists an entry twice. None is of a
    /// link that is the key.
    /// </summary>
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

    /// <summary>Witness: Adobe's example of linkable objects names fields of leads and companies as people see them.</summary>
    [Fact]
    public async Task Leads_and_companies_are_linked_by_the_names_that_people_see()
    {
        // Given
        using var marketo = await SignedInAsync();
        marketo.Emulator.DefineLeadField(new FieldDefinition("accountBalance", "integer") { DisplayName = "Account Balance" });
        // When
        var linkable = await marketo.GetAsync("/rest/v1/customobjects/schema/linkableObjects.json");
        // Then
        Assert.Equal(
            [
                "Account Balance",
                "Email Address",
                "Id",
                "Marketo Social Facebook Id",
                "Marketo Social LinkedIn Id",
                "Marketo Social Twitter Id",
            ],
            linkable.Row().GetProperty("fields").EnumerateArray().Select(field => field.Text("name")));
        Assert.Equal(["Id"], linkable.Row(1).GetProperty("fields").EnumerateArray().Select(field => field.Text("name")));
    }

    /// <summary>Witness: what Adobe's example of linkable objects offers of leads is what a link may point at.</summary>
    [Fact]
    public async Task A_link_to_a_custom_field_of_leads_follows_its_values()
    {
        // Given
        using var marketo = await SignedInAsync();
        marketo.Emulator.DefineLeadField(new FieldDefinition("customerNumber", "integer") { DisplayName = "Customer Number" });
        marketo.Emulator.Seed("lead", """{"customerNumber":7}""");
        marketo.Emulator.DefineObject(
            "order_c",
            "Order",
            FieldDefinition.Key("number"),
            FieldDefinition.Link("customer", "lead", "Customer Number"));
        // When
        var answer = await marketo.PostAsync(
            "/rest/v1/customobjects/order_c.json",
            """{"input":[{"number":"a","customer":7},{"number":"b","customer":8}]}""");
        // Then
        Assert.Equal(["created", "1004"], [answer.Status(), answer.Status(1)]);
        Assert.Equal(1, marketo.Emulator.FindLinkedLead("order_c", "customer", "a"));
    }

    /// <summary>Witness: Node clients say <c>/rest/../identity</c>, others <c>//rest</c>; Adobe announces the end of the latter.</summary>
    [Theory]
    [InlineData("/rest/../rest/v1/customobjects.json", true, "ok")]
    [InlineData("//rest//v1/customobjects.json", true, "ok")]
    [InlineData("/rest/v1/../../rest/v1/customobjects.json", false, "ok")]
    [InlineData("//rest/v1/customobjects.json", false, "610")]
    public async Task A_path_may_be_written_carelessly(string path, bool acceptsDoubleSlashes, string code)
    {
        // Given
        using var marketo = await SignedInAsync();
        marketo.Options.Quirks.AcceptDoubleSlashes = acceptsDoubleSlashes;
        var request = new EmulatorRequest("GET", path, "", default)
        {
            Authorization = marketo.Http.DefaultRequestHeaders.Authorization?.ToString(),
        };
        // When
        var response = await marketo.Emulator.AnswerAsync(request, TestContext.Current.CancellationToken);
        // Then
        Assert.Equal(code, response.Code ?? "ok");
    }

    /// <summary>No witness: Adobe's pages call leads and companies so in links, and a link could mean either.</summary>
    [Theory]
    [InlineData("lead")]
    [InlineData("company")]
    public async Task No_object_can_be_called_as_what_links_point_at(string name)
    {
        // Given
        using var marketo = await SignedInAsync();
        // When
        var answer = await marketo.PostAsync("/rest/v1/customobjects/schema.json", $$"""{"apiName":"{{name}}","displayName":"X"}""");
        // Then
        Assert.Equal("1003", answer.Code());
    }

    /// <summary>Witness: grouparoo's recording of leads; Adobe's table has 1001.</summary>
    [Theory]
    [InlineData("1001", "Invalid value 'x'. Required of type 'integer'")]
    [InlineData("1003", "Invalid value for field 'doors' and value 'x'")]
    public async Task A_value_of_the_wrong_type_may_be_refused_as_leads_refuse_it(string code, string message)
    {
        // Given
        using var marketo = await SignedInAsync();
        marketo.Options.Quirks.WrongTypeCode = code;
        // When
        var answer = await marketo.PostAsync(Cars, """{"input":[{"vin":"a","doors":"x"}]}""");
        // Then
        Assert.Equal((code, message), (answer.Status(), answer.Row().GetProperty("reasons")[0].Text("message")));
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
