using MarketoLambda.Emulator.Identity;
using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.Emulator.Tests.Companies;

/// <summary>Companies as Adobe's rest-api/companies describes them; what they share with custom objects is tested there.</summary>
public sealed class CompanyTests
{
    private const string Companies = "/rest/v1/companies.json";
    private const string Delete = "/rest/v1/companies/delete.json";

    [Fact]
    public async Task They_are_described_as_adobe_shows_them()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        // When
        var described = (await marketo.GetAsync("/rest/v1/companies/describe.json")).Row();
        // Then
        Assert.Equal(
            ["name", "description", "createdAt", "updatedAt", "idField", "dedupeFields", "searchableFields", "fields"],
            described.Names());
        Assert.Equal(
            ("Company", "id", """["externalCompanyId"]"""),
            (described.Text("name"), described.Text("idField"), described.GetProperty("dedupeFields").GetRawText()));
        Assert.Equal("""[["externalCompanyId"],["id"],["company"]]""", described.GetProperty("searchableFields").GetRawText());
        var fields = described.GetProperty("fields").EnumerateArray().ToDictionary(field => field.Text("name")!);
        Assert.Equal(
            ("string", 100, false),
            (
                fields["externalCompanyId"].Text("dataType"),
                fields["externalCompanyId"].GetProperty("length").GetInt32(),
                fields["externalCompanyId"].GetProperty("updateable").GetBoolean()));
        Assert.Equal(("integer", "url"), (fields["id"].Text("dataType"), fields["website"].Text("dataType")));
        Assert.All(fields.Values, field => Assert.False(field.GetProperty("crmManaged").GetBoolean()));
    }

    [Fact]
    public async Task They_are_created_updated_found_and_deleted_by_their_key_and_have_numbers_for_ids()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        // When
        var created = await marketo.PostAsync(
            Companies,
            """{"input":[{"externalCompanyId":"a","company":"Acme"},{"externalCompanyId":"b"}]}""");
        var updated = await marketo.PostAsync(
            Companies,
            """{"action":"updateOnly","input":[{"externalCompanyId":"a","numberOfEmployees":7},{"externalCompanyId":"z"}]}""");
        var found = await marketo.GetAsync($"{Companies}?filterType=externalCompanyId&filterValues=a,b,z");
        var deleted = await marketo.PostAsync(Delete, """{"input":[{"externalCompanyId":"b"},{"externalCompanyId":"b"}]}""");
        // Then
        Assert.Equal(["created", "created", "updated", "1013"], [created.Status(), created.Status(1), updated.Status(), updated.Status(1)]);
        Assert.Equal(
            [1, 2, 1],
            [
                created.Row().GetProperty("id").GetInt64(),
                created.Row(1).GetProperty("id").GetInt64(),
                updated.Row().GetProperty("id").GetInt64(),
            ]);
        Assert.Equal(["seq", "id", "externalCompanyId", "createdAt", "updatedAt"], found.Row().Names());
        Assert.Equal(2, found.Rows());
        Assert.Equal(("deleted", "Record not found"), (deleted.Status(), deleted.Row(1).GetProperty("reasons")[0].Text("message")));
        Assert.Equal("7", Assert.Single(marketo.Emulator.Records("Company"))["numberOfEmployees"]);
    }

    [Theory]
    [InlineData("filterType=id&filterValues=1", 1)]
    [InlineData("filterType=idField&filterValues=1,2", 2)]
    [InlineData("filterType=company&filterValues=Acme", 2)]
    [InlineData("filterType=dedupeFields&filterValues=a", 1)]
    [InlineData("filterType=billingCountry&filterValues=DE", null)]
    public async Task They_are_found_by_what_is_searchable_only(string filter, int? rows)
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        await marketo.PostAsync(
            Companies,
            """{"input":[{"externalCompanyId":"a","company":"Acme","billingCountry":"DE"},{"externalCompanyId":"b","company":"Acme"}]}""");
        // When
        var found = await marketo.GetAsync($"{Companies}?{filter}");
        // Then
        Assert.Equal(rows is null ? "1003" : "ok", found.Code());
        Assert.Equal(rows ?? 0, rows is null ? 0 : found.Rows());
    }

    [Fact]
    public async Task Their_id_is_only_there_to_update_and_to_delete()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        await marketo.PostAsync(Companies, """{"input":[{"externalCompanyId":"a"}]}""");
        // When
        var created = await marketo.PostAsync(Companies, """{"input":[{"id":1,"externalCompanyId":"a"}]}""");
        var updated = await marketo.PostAsync(
            Companies,
            """{"action":"updateOnly","dedupeBy":"idField","input":[{"id":1,"company":"Acme"},{"company":"B"}]}""");
        var deleted = await marketo.PostAsync(Delete, """{"deleteBy":"idField","input":[{"id":1}]}""");
        // Then
        Assert.Equal(["1003", "updated", "1003", "deleted"], [created.Status(), updated.Status(), updated.Status(1), deleted.Status()]);
    }

    [Theory]
    [InlineData(false, "1018", "1018")]
    [InlineData(true, "1018", "1018")]
    public async Task A_native_crm_sync_owns_them(bool refusesCall, string sync, string delete)
    {
        // Given
        using var marketo = await new SubscriptionUnderTest(options =>
        {
            options.CrmSync = true;
            options.Quirks.CrmRefusesCall = refusesCall;
        }).SignInAsync();
        marketo.Emulator.Seed("Company", """{"externalCompanyId":"a"}""");
        // When
        var written = await marketo.PostAsync(Companies, """{"input":[{"externalCompanyId":"a"},{"externalCompanyId":"b"}]}""");
        var deleted = await marketo.PostAsync(Delete, """{"input":[{"externalCompanyId":"a"}]}""");
        var found = await marketo.GetAsync($"{Companies}?filterType=externalCompanyId&filterValues=a");
        // Then
        Assert.Equal((sync, delete), refusesCall ? (written.Code(), deleted.Code()) : (written.Status(1), deleted.Status()));
        Assert.Equal(1, found.Rows());
        Assert.Single(marketo.Emulator.Records("Company"));
    }

    [Fact]
    public async Task An_unknown_sales_person_refuses_the_whole_call()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        marketo.Emulator.AddSalesPerson("sam");
        // When
        var refused = await marketo.PostAsync(
            Companies,
            """{"input":[{"externalCompanyId":"a"},{"externalCompanyId":"b","externalSalesPersonId":"tom"}]}""");
        var taken = await marketo.PostAsync(Companies, """{"input":[{"externalCompanyId":"b","externalSalesPersonId":"sam"}]}""");
        // Then
        Assert.Equal(("718", "created"), (refused.Code(), taken.Status()));
        Assert.Equal("b", Assert.Single(marketo.Emulator.Records("Company")).Key);
    }

    [Theory]
    [InlineData(ApiPermissions.WriteCustomObject, "603", "603")]
    [InlineData(ApiPermissions.ReadCompany, "ok", "603")]
    [InlineData(ApiPermissions.WriteCompany, "ok", "ok")]
    public async Task They_have_permissions_of_their_own(ApiPermissions permissions, string read, string write)
    {
        // Given
        using var marketo = new SubscriptionUnderTest(options => options.Services[0] = new CustomService { Permissions = permissions });
        await marketo.SignInAsync();
        // When
        var described = await marketo.GetAsync("/rest/v1/companies/describe.json");
        var written = await marketo.PostAsync(Companies, """{"input":[{"externalCompanyId":"a"}]}""");
        // Then
        Assert.Equal((read, write), (described.Code(), written.Code()));
    }

    [Fact]
    public async Task A_custom_object_may_be_linked_to_one_that_exists()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        marketo.Emulator.DefineObject(
            "plant_c",
            "Plant",
            FieldDefinition.Key("name"),
            FieldDefinition.Link("owner", "company", "externalCompanyId"));
        marketo.Emulator.Seed("Company", """{"externalCompanyId":"a"}""");
        // When
        var answer = await marketo.PostAsync(
            "/rest/v1/customobjects/plant_c.json",
            """{"input":[{"name":"x","owner":"a"},{"name":"y","owner":"b"}]}""");
        // Then
        Assert.Equal(["created", "1013"], [answer.Status(), answer.Status(1)]);
    }
}
