using MarketoLambda.Emulator.Identity;
using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.Emulator.Tests.Leads;

/// <summary>Fields of leads as Adobe's rest-api/leads describes them.</summary>
public sealed class LeadFieldTests
{
    private const string Fields = "/rest/v1/leads/schema/fields.json";

    [Fact]
    public async Task Custom_fields_are_created_and_usable_at_once()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        // When
        var created = await marketo.PostAsync(
            Fields,
            """{"input":[{"displayName":"Acme Code","name":"acmeCode","dataType":"string"},{"displayName":"Acme Score","name":"acmeScore","dataType":"score"}]}""");
        var written = await marketo.PostAsync(
            "/rest/v1/leads.json",
            """{"lookupField":"acmeCode","input":[{"acmeCode":"x","acmeScore":7}]}""");
        var shown = await marketo.GetAsync("/rest/v1/leads/schema/fields/acmeCode.json");
        // Then
        Assert.Equal("""{"name":"acmeCode","status":"created"}""", created.Row().GetRawText());
        Assert.Equal("created", written.Status());
        Assert.Equal(
            """{"displayName":"Acme Code","name":"acmeCode","description":null,"dataType":"string","length":255,"isHidden":false,"isHtmlEncodingInEmail":true,"isSensitive":false,"isCustom":true,"isApiCreated":true}""",
            shown.Row().GetRawText());
    }

    [Theory]
    [InlineData("""{"name":"x","dataType":"string"}""", "1002")]
    [InlineData("""{"displayName":"X","name":"1x","dataType":"string"}""", "1003")]
    [InlineData("""{"displayName":"X","name":"x","dataType":"link"}""", "1001")]
    [InlineData("""{"displayName":"X","name":"firstname","dataType":"string"}""", "1003")]
    [InlineData("""{"displayName":"First Name","name":"x","dataType":"string"}""", "1003")]
    public async Task A_wrong_field_refuses_the_call(string field, string code)
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        // When
        var answer = await marketo.PostAsync(Fields, $$"""{"input":[{"displayName":"Y","name":"y","dataType":"string"},{{field}}]}""");
        // Then
        Assert.Equal(code, answer.Code());
        Assert.Equal("1006", (await marketo.GetAsync("/rest/v1/leads/schema/fields/y.json")).Code());
    }

    [Fact]
    public async Task The_list_comes_in_pages()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        // When
        var first = await marketo.GetAsync($"{Fields}?batchSize=5");
        var second = await marketo.GetAsync($"{Fields}?batchSize=5&nextPageToken={first.Text("nextPageToken")}");
        // Then
        Assert.Equal(("email", 5), (first.Row().Text("name"), second.Rows()));
        Assert.NotEqual(first.Row().Text("name"), second.Row().Text("name"));
    }

    [Theory]
    [InlineData(ApiPermissions.WriteLead, "603", "603")]
    [InlineData(ApiPermissions.SchemaStandardField, "1006", "603")]
    [InlineData(ApiPermissions.SchemaCustomField, "ok", "ok")]
    public async Task A_permission_shows_fields_of_its_own_kind(ApiPermissions permissions, string read, string create)
    {
        // Given
        using var marketo = new SubscriptionUnderTest(options => options.Services[0] = new CustomService { Permissions = permissions });
        await marketo.SignInAsync();
        marketo.Emulator.DefineLeadField(new FieldDefinition("customerNumber", "integer"));
        // When
        var shown = await marketo.GetAsync("/rest/v1/leads/schema/fields/customerNumber.json");
        var created = await marketo.PostAsync(Fields, """{"input":[{"displayName":"Y","name":"y","dataType":"string"}]}""");
        // Then
        Assert.Equal((read, create), (shown.Code(), created.Code()));
    }
}
