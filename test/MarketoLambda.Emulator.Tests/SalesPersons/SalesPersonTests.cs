namespace MarketoLambda.Emulator.Tests.SalesPersons;

/// <summary>Sales persons as Adobe's rest-api/sales-persons describes them.</summary>
public sealed class SalesPersonTests
{
    private const string SalesPersons = "/rest/v1/salespersons.json";
    private const string Delete = "/rest/v1/salespersons/delete.json";

    [Fact]
    public async Task A_query_shows_every_field_that_has_a_value()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        await marketo.PostAsync(SalesPersons, """{"input":[{"externalSalesPersonId":"sam","email":"sam@x.org","firstName":"Sam"}]}""");
        // When
        var found = await marketo.GetAsync($"{SalesPersons}?filterType=email&filterValues=sam@x.org");
        // Then
        Assert.Equal(["seq", "id", "externalSalesPersonId", "email", "firstName", "createdAt", "updatedAt"], found.Row().Names());
    }

    [Theory]
    [InlineData("/rest/v1/companies.json", """{"input":[{"externalCompanyId":"a","externalSalesPersonId":"sam"}]}""")]
    [InlineData("/rest/v1/leads.json", """{"input":[{"email":"a@x.org","externalSalesPersonId":"sam"}]}""")]
    [InlineData("/rest/v1/opportunities.json", """{"input":[{"externalOpportunityId":"a","externalSalesPersonId":"sam"}]}""")]
    public async Task One_who_is_named_cannot_be_deleted(string uri, string body)
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        await marketo.PostAsync(SalesPersons, """{"input":[{"externalSalesPersonId":"sam"},{"externalSalesPersonId":"tom"}]}""");
        Assert.Equal("created", (await marketo.PostAsync(uri, body)).Status());
        // When
        var deleted = await marketo.PostAsync(Delete, """{"input":[{"externalSalesPersonId":"sam"},{"externalSalesPersonId":"tom"}]}""");
        // Then
        Assert.Equal(["1022", "deleted"], [deleted.Status(), deleted.Status(1)]);
    }

    [Fact]
    public async Task A_native_crm_sync_owns_them()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest(options => options.CrmSync = true).SignInAsync();
        marketo.Emulator.AddSalesPerson("sam");
        // When
        var written = await marketo.PostAsync(SalesPersons, """{"input":[{"externalSalesPersonId":"sam"}]}""");
        var found = await marketo.GetAsync($"{SalesPersons}?filterType=externalSalesPersonId&filterValues=sam");
        // Then
        Assert.Equal(("1018", 1), (written.Status(), found.Rows()));
    }
}
