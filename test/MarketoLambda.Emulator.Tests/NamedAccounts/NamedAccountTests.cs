namespace MarketoLambda.Emulator.Tests.NamedAccounts;

/// <summary>Named accounts as Adobe's rest-api/named-accounts describes them.</summary>
public sealed class NamedAccountTests
{
    private const string Accounts = "/rest/v1/namedaccounts.json";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task They_are_written_with_and_without_a_crm_and_renamed_by_their_id(bool crmSync)
    {
        // Given
        using var marketo = await new SubscriptionUnderTest(options => options.CrmSync = crmSync).SignInAsync();
        // When
        var created = await marketo.PostAsync(Accounts, """{"input":[{"name":"Google","domainName":"google.com"},{"opptyCount":1,"name":"B"}]}""");
        var renamed = await marketo.PostAsync(
            Accounts,
            $$"""{"action":"updateOnly","dedupeBy":"idField","input":[{"marketoGUID":"{{created.Row().Text("marketoGUID")}}","name":"Alphabet"}]}""");
        var found = await marketo.GetAsync($"{Accounts}?filterType=domainName&filterValues=google.com");
        // Then
        Assert.Equal(["created", "1003", "updated"], [created.Status(), created.Status(1), renamed.Status()]);
        Assert.Equal("Alphabet", found.Row().Text("name"));
    }

    [Fact]
    public async Task They_are_described_as_adobe_shows_them()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        // When
        var described = (await marketo.GetAsync("/rest/v1/namedaccounts/describe.json")).Row();
        // Then
        Assert.Equal(("Named Account", "marketoGUID"), (described.Text("name"), described.Text("idField")));
        Assert.Contains("[\"score5\"]", described.GetProperty("searchableFields").GetRawText(), StringComparison.Ordinal);
    }
}
