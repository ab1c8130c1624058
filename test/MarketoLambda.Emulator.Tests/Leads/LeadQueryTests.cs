using MarketoLambda.Emulator.Identity;
using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.Emulator.Tests.Leads;

/// <summary>Reading, describing and deleting leads.</summary>
public sealed class LeadQueryTests
{
    private const string Leads = "/rest/v1/leads.json";

    [Fact]
    public async Task A_query_shows_six_fields_in_the_recorded_order_and_null_where_there_is_nothing()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        marketo.Emulator.Seed("lead", """{"email":"a@x.org","firstName":"Ada"}""");
        // When
        var found = await marketo.GetAsync($"{Leads}?filterType=email&filterValues=a@x.org,b@x.org");
        // Then
        Assert.Equal(1, found.Rows());
        Assert.Equal(
            """{"id":1,"firstName":"Ada","lastName":null,"email":"a@x.org","updatedAt":"2026-09-01T12:00:00Z","createdAt":"2026-09-01T12:00:00Z"}""",
            found.Row().GetRawText());
    }

    [Theory]
    [InlineData(false, """{"id":1,"title":null,"firstName":"Ada"}""")]
    [InlineData(true, """{"id":1,"firstName":"Ada"}""")]
    public async Task A_query_shows_the_fields_asked_for_with_or_without_nulls(bool omitsNulls, string row)
    {
        // Given
        using var marketo = await new SubscriptionUnderTest(options => options.Quirks.LeadQueriesOmitNulls = omitsNulls).SignInAsync();
        marketo.Emulator.Seed("lead", """{"email":"a@x.org","firstName":"Ada"}""");
        // When
        var found = await marketo.GetAsync($"{Leads}?filterType=id&filterValues=1&fields=title&fields=firstName");
        // Then
        Assert.Equal(row, found.Row().GetRawText());
    }

    [Theory]
    [InlineData("filterType=id&filterValues=1&filterValues=2", 2)]
    [InlineData("filterType=email&filterValues=a@x.org", 2)]
    [InlineData("filterType=customerNumber&filterValues=7,8", 1)]
    [InlineData("filterType=sfdcLeadId&filterValues=q", 1)]
    [InlineData("filterType=email&filterValues=none@x.org", 0)]
    public async Task They_are_found_by_what_can_be_looked_for(string filter, int rows)
    {
        // Given
        using var marketo = await NewMarketoAsync();
        // When
        var found = await marketo.GetAsync($"{Leads}?{filter}");
        // Then
        Assert.Equal(rows, found.Rows());
    }

    [Theory]
    [InlineData("filterType=firstName&filterValues=Ada", "1011", "Field 'firstName' not supported")]
    [InlineData("filterType=nope&filterValues=Ada", "1003", "Invalid filterType 'nope'")]
    [InlineData("filterType=email", "1003", "filterValues not specified")]
    [InlineData("filterType=email&filterValues=a@x.org&fields=nope", "1006", "Field 'nope' not found")]
    public async Task A_wrong_query_is_refused(string query, string code, string message)
    {
        // Given
        using var marketo = await NewMarketoAsync();
        // When
        var answer = await marketo.GetAsync($"{Leads}?{query}");
        // Then
        Assert.Equal((code, message), (answer.Code(), answer.Message()));
    }

    [Fact]
    public async Task A_long_query_may_come_as_a_form()
    {
        // Given
        using var marketo = await NewMarketoAsync();
        // When
        var found = await marketo.PostAsync(
            $"{Leads}?_method=GET",
            "filterType=email&filterValues=a%40x.org&fields=id",
            "application/x-www-form-urlencoded");
        // Then
        Assert.Equal(2, found.Rows());
    }

    [Fact]
    public async Task More_matches_than_allowed_refuse_the_query()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest(options => options.MaxLeadsPerQuery = 2).SignInAsync();
        await marketo.PostAsync(
            Leads,
            """{"action":"createDuplicate","input":[{"email":"a@x.org"},{"email":"a@x.org"},{"email":"a@x.org"}]}""");
        // When
        var answer = await marketo.GetAsync($"{Leads}?filterType=email&filterValues=a@x.org");
        // Then
        Assert.Equal(("1003", "Too many results match the filter"), (answer.Code(), answer.Message()));
        Assert.Equal(1000, new Settings.EmulatorOptions().MaxLeadsPerQuery);
    }

    [Fact]
    public async Task A_result_comes_in_pages()
    {
        // Given
        using var marketo = await NewMarketoAsync();
        // When
        var first = await marketo.GetAsync($"{Leads}?filterType=email&filterValues=a@x.org&batchSize=1");
        var second = await marketo.GetAsync(
            $"{Leads}?filterType=email&filterValues=a@x.org&batchSize=1&nextPageToken={first.Text("nextPageToken")}");
        // Then
        Assert.Equal([1, 2], [first.Row().GetProperty("id").GetInt64(), second.Row().GetProperty("id").GetInt64()]);
        Assert.False(second.TryGetProperty("nextPageToken", out _));
    }

    [Theory]
    [InlineData("1004", "1004")]
    [InlineData("", "ok")]
    public async Task One_is_found_by_its_id_and_an_unknown_id_is_refused_or_gives_nothing(string missingCode, string expected)
    {
        // Given
        using var marketo = await new SubscriptionUnderTest(options => options.Quirks.LeadByIdMissingCode = missingCode).SignInAsync();
        marketo.Emulator.AddLead(7, "a@x.org");
        // When
        var found = await marketo.GetAsync("/rest/v1/lead/7.json");
        var missing = await marketo.GetAsync("/rest/v1/lead/8.json");
        // Then
        Assert.Equal(("a@x.org", expected), (found.Row().Text("email"), missing.Code()));
    }

    [Fact]
    public async Task A_fresh_lead_may_be_updated_before_it_was_created_as_grouparoo_recorded_it()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest(options => options.Quirks.FreshLeadsAreUpdatedEarlier = true).SignInAsync();
        // When
        await marketo.PostAsync(Leads, """{"input":[{"email":"a@x.org"}]}""");
        // Then
        var lead = Assert.Single(marketo.Emulator.Records("lead"));
        Assert.Equal(TimeSpan.FromSeconds(1), lead.CreatedAt - lead.UpdatedAt);
    }

    [Fact]
    public async Task Describe_gives_each_field_an_id_and_two_names()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        // When
        var described = await marketo.GetAsync("/rest/v1/leads/describe.json");
        // Then
        var fields = described.GetProperty("result").EnumerateArray().ToDictionary(field => field.GetProperty("rest").Text("name")!);
        Assert.Equal(["id", "displayName", "dataType", "length", "rest", "soap"], fields["email"].Names());
        Assert.Equal("""{"name":"company","readOnly":false}""", fields["company"].GetProperty("rest").GetRawText());
        Assert.Equal("""{"name":"Company","readOnly":false}""", fields["company"].GetProperty("soap").GetRawText());
        Assert.True(fields["createdAt"].GetProperty("rest").GetProperty("readOnly").GetBoolean());
        Assert.False(fields["id"].GetProperty("rest").GetProperty("readOnly").GetBoolean());
        Assert.Equal(fields.Count, fields.Values.Select(field => field.GetProperty("id").GetInt32()).Distinct().Count());
    }

    [Fact]
    public async Task The_second_describe_tells_what_can_be_looked_for()
    {
        // Given
        using var marketo = await NewMarketoAsync();
        // When
        var described = (await marketo.GetAsync("/rest/v1/leads/describe2.json")).Row();
        // Then
        Assert.Equal(["name", "searchableFields", "fields"], described.Names());
        Assert.Equal("API Lead", described.Text("name"));
        var searchable = described.GetProperty("searchableFields").EnumerateArray().Select(field => field[0].GetString()).ToArray();
        Assert.Superset(new HashSet<string?> { "id", "email", "sfdcLeadId", "customerNumber" }, searchable.ToHashSet());
        Assert.DoesNotContain("firstName", searchable);
        Assert.DoesNotContain("balance", searchable);
    }

    [Fact]
    public async Task They_are_deleted_by_id_alone()
    {
        // Given
        using var marketo = await NewMarketoAsync();
        // When
        var first = await marketo.PostAsync("/rest/v1/leads/delete.json", """{"input":[{"id":1},{"id":99},{"email":"a@x.org"}]}""");
        var second = await marketo.PostAsync($"{Leads}?_method=DELETE", """{"input":[{"id":2}]}""");
        // Then
        Assert.Equal("""{"id":1,"status":"deleted"}""", first.Row().GetRawText());
        Assert.Equal("""{"status":"skipped","reasons":[{"code":"1004","message":"Lead not found"}]}""", first.Row(1).GetRawText());
        Assert.Equal(["1004", "deleted"], [first.Status(2), second.Status()]);
        Assert.Equal(1, marketo.Emulator.Count("lead"));
    }

    [Theory]
    [InlineData(ApiPermissions.WriteCustomObject, "603", "603")]
    [InlineData(ApiPermissions.ReadLead, "ok", "603")]
    [InlineData(ApiPermissions.WriteLead, "ok", "ok")]
    public async Task They_have_permissions_of_their_own(ApiPermissions permissions, string read, string write)
    {
        // Given
        using var marketo = new SubscriptionUnderTest(options => options.Services[0] = new CustomService { Permissions = permissions });
        await marketo.SignInAsync();
        // When
        var described = await marketo.GetAsync("/rest/v1/leads/describe2.json");
        var written = await marketo.PostAsync(Leads, """{"input":[{"email":"a@x.org"}]}""");
        // Then
        Assert.Equal((read, write), (described.Code(), written.Code()));
    }

    private static async Task<SubscriptionUnderTest> NewMarketoAsync()
    {
        var marketo = await new SubscriptionUnderTest().SignInAsync();
        marketo.Emulator.DefineLeadField(new FieldDefinition("customerNumber", "integer"));
        marketo.Emulator.DefineLeadField(new FieldDefinition("balance", "currency"));
        marketo.Emulator.Seed("lead", """{"email":"a@x.org","customerNumber":7}""");
        marketo.Emulator.Seed("lead", """{"email":"a@x.org"}""");
        marketo.Emulator.Seed("lead", """{"email":"b@x.org","sfdcLeadId":"q"}""");
        return marketo;
    }
}
