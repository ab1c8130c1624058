using MarketoLambda.Emulator.Identity;

namespace MarketoLambda.Emulator.Tests.Opportunities;

/// <summary>Opportunities as Adobe's rest-api/opportunities describes them.</summary>
public sealed class OpportunityTests
{
    private const string Opportunities = "/rest/v1/opportunities.json";

    [Fact]
    public async Task They_are_described_as_adobe_shows_them()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        // When
        var described = (await marketo.GetAsync("/rest/v1/opportunities/describe.json")).Row();
        // Then
        Assert.Equal(("opportunity", "Opportunity", "marketoGUID"), (described.Text("name"), described.Text("displayName"), described.Text("idField")));
        Assert.Equal("""[["externalOpportunityId"],["marketoGUID"]]""", described.GetProperty("searchableFields").GetRawText());
    }

    [Fact]
    public async Task They_are_created_updated_found_and_deleted()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        // When
        var created = await marketo.PostAsync(Opportunities, """{"input":[{"externalOpportunityId":"a","name":"Chairs","amount":"1604.47"}]}""");
        var guid = created.Row().Text("marketoGUID");
        var updated = await marketo.PostAsync(
            Opportunities,
            $$"""{"action":"updateOnly","dedupeBy":"idField","input":[{"marketoGUID":"{{guid}}","stage":"Won"}]}""");
        var found = await marketo.GetAsync($"{Opportunities}?filterType=externalOpportunityId&filterValues=a&fields=amount,stage");
        var deleted = await marketo.PostAsync(
            "/rest/v1/opportunities/delete.json",
            """{"input":[{"externalOpportunityId":"a"},{"externalOpportunityId":"a"}]}""");
        // Then
        Assert.Equal(["created", "updated", "deleted", "1013"], [created.Status(), updated.Status(), deleted.Status(), deleted.Status(1)]);
        Assert.Equal(("\"1604.47\"", "Won"), (found.Row().GetProperty("amount").GetRawText(), found.Row().Text("stage")));
    }

    [Theory]
    [InlineData("region", "\"North\"", "North", "ok")]
    [InlineData("isHot", "true", "true", "1003")]
    public async Task A_custom_field_is_written_and_looked_for_where_its_type_allows(string field, string value, string text, string query)
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        marketo.Emulator.DefineStandardField("opportunity", new("region", "string"));
        marketo.Emulator.DefineStandardField("opportunity", new("isHot", "boolean"));
        // When
        var written = await marketo.PostAsync(Opportunities, $$"""{"input":[{"externalOpportunityId":"a","{{field}}":{{value}}}]}""");
        var found = await marketo.GetAsync($"{Opportunities}?filterType={field}&filterValues={text}");
        // Then
        Assert.Equal(("created", query), (written.Status(), found.Code()));
    }

    [Theory]
    [InlineData(true, "\"7\"")]
    [InlineData(false, "7")]
    public async Task Amounts_are_shown_as_text_or_as_numbers(bool areText, string shown)
    {
        // Given
        using var marketo = await new SubscriptionUnderTest(options => options.Quirks.OpportunityAmountsAreText = areText).SignInAsync();
        marketo.Emulator.Seed("opportunity", """{"externalOpportunityId":"a","amount":7}""");
        // When
        var found = await marketo.GetAsync($"{Opportunities}?filterType=externalOpportunityId&filterValues=a&fields=amount");
        // Then
        Assert.Equal(shown, found.Row().GetProperty("amount").GetRawText());
    }

    [Theory]
    [InlineData(false, "created")]
    [InlineData(true, "1003")]
    public async Task One_without_a_name_is_taken_as_talend_saw_or_skipped_as_adobe_says(bool isRequired, string expected)
    {
        // Given
        using var marketo = await new SubscriptionUnderTest(options => options.Quirks.OpportunityNameIsRequired = isRequired).SignInAsync();
        // When
        var answer = await marketo.PostAsync(Opportunities, """{"input":[{"externalOpportunityId":"a"}]}""");
        // Then
        Assert.Equal(expected, answer.Status());
    }

    [Fact]
    public async Task The_company_and_the_sales_person_must_exist()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        marketo.Emulator.Seed("Company", """{"externalCompanyId":"acme"}""");
        // When
        var answer = await marketo.PostAsync(
            Opportunities,
            """{"input":[{"externalOpportunityId":"a","externalCompanyId":"acme"},{"externalOpportunityId":"b","externalCompanyId":"none"}]}""");
        var refused = await marketo.PostAsync(
            Opportunities,
            """{"input":[{"externalOpportunityId":"c","externalSalesPersonId":"none"}]}""");
        // Then
        Assert.Equal(["created", "1013", "718"], [answer.Status(), answer.Status(1), refused.Code()]);
    }

    [Fact]
    public async Task A_native_crm_sync_owns_them()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest(options => options.CrmSync = true).SignInAsync();
        marketo.Emulator.Seed("opportunity", """{"externalOpportunityId":"a"}""");
        // When
        var written = await marketo.PostAsync(Opportunities, """{"input":[{"externalOpportunityId":"a"}]}""");
        var found = await marketo.GetAsync($"{Opportunities}?filterType=externalOpportunityId&filterValues=a");
        // Then
        Assert.Equal(("1018", 1), (written.Status(), found.Rows()));
    }

    [Theory]
    [InlineData(ApiPermissions.WriteCompany, "603", "603")]
    [InlineData(ApiPermissions.ReadOpportunity, "ok", "603")]
    [InlineData(ApiPermissions.WriteOpportunity, "ok", "ok")]
    public async Task They_have_permissions_of_their_own(ApiPermissions permissions, string read, string write)
    {
        // Given
        using var marketo = new SubscriptionUnderTest(options => options.Services[0] = new CustomService { Permissions = permissions });
        await marketo.SignInAsync();
        // When
        var described = await marketo.GetAsync("/rest/v1/opportunities/roles/describe.json");
        var written = await marketo.PostAsync(Opportunities, """{"input":[{"externalOpportunityId":"a"}]}""");
        // Then
        Assert.Equal((read, write), (described.Code(), written.Code()));
    }
}
