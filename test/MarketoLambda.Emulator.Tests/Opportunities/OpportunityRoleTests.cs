namespace MarketoLambda.Emulator.Tests.Opportunities;

/// <summary>Opportunity roles as Adobe's rest-api/opportunity-roles describes them.</summary>
public sealed class OpportunityRoleTests
{
    private const string Roles = "/rest/v1/opportunities/roles.json";

    [Fact]
    public async Task They_are_described_as_adobe_shows_them()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        // When
        var described = (await marketo.GetAsync("/rest/v1/opportunities/roles/describe.json")).Row();
        // Then
        Assert.Equal("""["externalOpportunityId","leadId","role"]""", described.GetProperty("dedupeFields").GetRawText());
        Assert.Equal(
            """[["externalOpportunityId","leadId","role"],["marketoGUID"],["externalOpportunityId"],["leadId"]]""",
            described.GetProperty("searchableFields").GetRawText());
    }

    [Fact]
    public async Task The_opportunity_and_the_lead_must_exist()
    {
        // Given
        using var marketo = await NewMarketoAsync();
        // When
        var answer = await marketo.PostAsync(
            Roles,
            """
            {"input":[
                {"externalOpportunityId":"a","leadId":7,"role":"Buyer"},
                {"externalOpportunityId":"b","leadId":7,"role":"Buyer"},
                {"externalOpportunityId":"a","leadId":8,"role":"Buyer"},
                {"externalOpportunityId":"a","leadId":7}]}
            """);
        // Then
        Assert.Equal(["created", "1013", "1004", "1003"], [.. Enumerable.Range(0, 4).Select(row => answer.Status(row))]);
    }

    [Theory]
    [InlineData("""{"filterType":"dedupeFields","input":[{"externalOpportunityId":"a","leadId":7,"role":"Buyer"}]}""", 1)]
    [InlineData("""{"input":[{"externalOpportunityId":"a","leadId":7,"role":"Seller"}]}""", 0)]
    public async Task They_are_found_by_their_whole_key(string body, int rows)
    {
        // Given
        using var marketo = await NewMarketoAsync();
        await marketo.PostAsync(Roles, """{"input":[{"externalOpportunityId":"a","leadId":7,"role":"Buyer"}]}""");
        // When
        var found = await marketo.PostAsync($"{Roles}?_method=GET", body);
        // Then
        Assert.Equal(rows, found.Rows());
    }

    [Theory]
    [InlineData("filterType=leadId&filterValues=7", 2)]
    [InlineData("filterType=externalOpportunityId&filterValues=a,b", 2)]
    public async Task They_are_found_by_their_lead_or_opportunity(string filter, int rows)
    {
        // Given
        using var marketo = await NewMarketoAsync();
        await marketo.PostAsync(
            Roles,
            """{"input":[{"externalOpportunityId":"a","leadId":7,"role":"Buyer"},{"externalOpportunityId":"a","leadId":7,"role":"Boss"}]}""");
        // When
        var found = await marketo.GetAsync($"{Roles}?{filter}");
        // Then
        Assert.Equal(rows, found.Rows());
    }

    [Theory]
    [InlineData("610")]
    [InlineData("1018")]
    public async Task A_native_crm_sync_hides_them(string code)
    {
        // Given
        using var marketo = await new SubscriptionUnderTest(options =>
        {
            options.CrmSync = true;
            options.Quirks.RolesHiddenCode = code;
        }).SignInAsync();
        // When
        var described = await marketo.GetAsync("/rest/v1/opportunities/roles/describe.json");
        var written = await marketo.PostAsync(Roles, """{"input":[{"externalOpportunityId":"a","leadId":7,"role":"Buyer"}]}""");
        // Then
        Assert.Equal((code, code), (described.Code(), written.Code()));
    }

    private static async Task<SubscriptionUnderTest> NewMarketoAsync()
    {
        var marketo = await new SubscriptionUnderTest().SignInAsync();
        marketo.Emulator.Seed("opportunity", """{"externalOpportunityId":"a"}""");
        marketo.Emulator.AddLead(7);
        return marketo;
    }
}
