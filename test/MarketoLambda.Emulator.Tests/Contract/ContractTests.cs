using System.Net.Http.Headers;
using System.Text.Json;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Programs;

namespace MarketoLambda.Emulator.Tests.Contract;

/// <summary>
/// Every kind of answer against Adobe's OpenAPI files. Where the emulator differs on purpose, the difference is listed with its reason.
/// </summary>
public sealed class ContractTests
{
    /// <summary>Differences that Adobe's own examples or recordings of real answers show.</summary>
    private static readonly string[] Documented =
    [
        // Real Lead Database answers leave out errors and warnings on success, although they are "required".
        "errors: missing",
        "warnings: missing",

        // ObjectMetaData requires a "status" that it does not declare, and no example has.
        "result[].status: missing",

        // One definition serves two APIs: the record API says "name" and has neither plural name nor versions, as every recorded answer
        // shows.
        "result[].apiName: missing",
        "result[].name: not declared",
        "result[].pluralName: missing",
        "result[].version: missing",

        // Recorded answers of the record API have no fields in a list, and neither description nor relationships where there are none.
        "result[].fields: missing",
        "result[].description: missing",
        "result[].relationships: missing",

        // Adobe's example of a fresh draft has null here.
        "result[].createdAt: Null, not string date-time",
        "result[].updatedAt: Null, not string date-time",
        "result[].idField: Null, not string",

        // Samples of describe give descriptions of fields.
        "result[].fields[].description: not declared",

        // CustomObject declares no custom fields, no timestamps and no status of its own, and requires a GUID that skipped records cannot
        // have.
        "result[].marketoGUID: missing",
        "result[].status: not declared",
        "result[].vin: not declared",
        "result[].doors: not declared",
        "result[].createdAt: not declared",
        "result[].updatedAt: not declared",

        // Companies are described without a display name; a company that was skipped cannot have an id, and other fields are not declared.
        "result[].displayName: missing",
        "result[].id: missing",
        "result[].externalCompanyId: not declared",
        "result[].company: not declared",

        // Fields of opportunities, roles, sales persons and named accounts.
        "result[].externalOpportunityId: not declared",
        "result[].leadId: not declared",
        "result[].role: not declared",
        "result[].externalSalesPersonId: not declared",

        // Of a program member Adobe's example leaves out the lead where it was skipped, and shows "created".
        "result[].leadId: missing",
        "result[].status: not in enum",

        // One definition serves request and answer; Adobe's example of an answer has id, marketoGUID and status alone.
        "result[].activityDate: missing",
        "result[].activityTypeId: missing",
        "result[].attributes: missing",
        "result[].errors: missing",
        "result[].primaryAttributeValue: missing",

        // Lead declares one "reason" and none of its fields; Adobe's pages and recordings have "reasons".
        "result[].reasons: not declared",
        "result[].email: not declared",
        "result[].firstName: not declared",
        "result[].lastName: not declared",

        // Adobe's example of a field without a description has null.
        "result[].description: Null, not string",

        // Declared date-time; Adobe's usage page shows and says YYYY-MM-DD.
        "result[].date: String, not string date-time",
    ];

    /// <summary>Calls and the definition of their answer. An empty body means GET.</summary>
    private static readonly (string Uri, string Body, string Definition)[] Calls =
    [
        ("/rest/v1/customobjects.json", "", "ResponseOfObjectMetaData"),
        ("/rest/v1/customobjects/course_c/describe.json", "", "ResponseOfObjectMetaData"),
        ("/rest/v1/customobjects/car_c.json?filterType=vin&filterValues=a,b&batchSize=1", "", "ResponseOfCustomObject"),
        ("/rest/v1/customobjects/car_c.json?filterType=vin&filterValues=a&fields=doors", "", "ResponseOfCustomObject"),
        ("/rest/v1/customobjects/car_c.json?_method=GET", """{"input":[{"vin":"a"}]}""", "ResponseOfCustomObject"),
        ("/rest/v1/customobjects/car_c.json", """{"input":[{"vin":"c"},{"vin":"a"},{"nope":1}]}""", "ResponseOfCustomObject"),
        (
            "/rest/v1/customobjects/car_c/delete.json",
            """{"deleteBy":"dedupeFields","input":[{"vin":"b"},{"vin":"z"}]}""",
            "ResponseOfCustomObject"),
        ("/rest/v1/customobjects/schema.json", """{"apiName":"bus","displayName":"Bus"}""", "ResponseOfCustomObjectType"),
        ("/rest/v1/customobjects/schema/bus/describe.json", "", "ResponseOfObjectMetaData"),
        (
            "/rest/v1/customobjects/schema/bus/addField.json",
            """{"input":[{"name":"plate","displayName":"Plate","dataType":"string","description":"On the back","isDedupeField":true},{"name":"x","displayName":"X","dataType":"string"}]}""",
            "ResponseOfCustomObjectType"),
        ("/rest/v1/customobjects/schema/bus/x/updateField.json", """{"displayName":"Y"}""", "ResponseOfCustomObjectType"),
        ("/rest/v1/customobjects/schema/bus/deleteField.json", """{"input":[{"name":"x"}]}""", "ResponseOfCustomObjectType"),
        ("/rest/v1/customobjects/schema/bus/approve.json", "{}", "ResponseOfCustomObjectType"),
        (
            "/rest/v1/customobjects/schema/bus/addField.json",
            """{"input":[{"name":"x","displayName":"X","dataType":"string"}]}""",
            "ResponseOfCustomObjectType"),
        ("/rest/v1/customobjects/schema/bus/describe.json?state=draft", "", "ResponseOfObjectMetaData"),
        ("/rest/v1/customobjects/schema/bus/discardDraft.json", "{}", "ResponseOfCustomObjectType"),
        ("/rest/v1/customobjects/schema.json", "", "ResponseOfObjectMetaData"),
        ("/rest/v1/customobjects/schema/car_c/dependentAssets.json", "", "ResponseOfObjectDependentAssets"),
        ("/rest/v1/customobjects/schema/bus/delete.json", "{}", "ResponseOfCustomObjectType"),
        ("/rest/v1/customobjects/schema/fieldDataTypes.json", "", "ResponseOfCustomObjectTypeFieldDataTypes"),
        ("/rest/v1/customobjects/schema/linkableObjects.json", "", "ResponseOfObjectLinkableObject"),
        ("/rest/v1/companies/describe.json", "", "ResponseOfObjectMetaData"),
        (
            "/rest/v1/companies.json",
            """{"input":[{"externalCompanyId":"a","company":"Acme"},{"externalCompanyId":"b"},{"nope":1}]}""",
            "ResponseOfCompany"),
        ("/rest/v1/companies.json?filterType=externalCompanyId&filterValues=a,b&batchSize=1", "", "ResponseOfCompany"),
        ("/rest/v1/companies.json?filterType=company&filterValues=Acme&fields=company", "", "ResponseOfCompany"),
        (
            "/rest/v1/companies/delete.json",
            """{"deleteBy":"dedupeFields","input":[{"externalCompanyId":"b"},{"externalCompanyId":"z"}]}""",
            "ResponseOfCompany"),
        ("/rest/v1/leads.json", """{"input":[{"email":"a@x.org"},{"email":"b@x.org"},{"nope":1}]}""", "ResponseOfLead"),
        ("/rest/v1/leads.json?filterType=email&filterValues=a@x.org,b@x.org&batchSize=1", "", "ResponseOfLead"),
        ("/rest/v1/lead/1.json", "", "ResponseOfLead"),
        ("/rest/v1/leads/describe.json", "", "ResponseOfLeadAttribute"),
        ("/rest/v1/leads/describe2.json", "", "ResponseOfLeadAttribute2"),
        ("/rest/v1/leads/schema/fields.json", """{"input":[{"displayName":"Y","name":"y","dataType":"string"}]}""", "ResponseOfCreateLeadField"),
        ("/rest/v1/leads/schema/fields.json", "", "ResponseOfLeadField"),
        ("/rest/v1/leads/schema/fields/y.json", "", "ResponseOfLeadField"),
        ("/rest/v1/leads/partitions.json", "", "ResponseOfLeadPartition"),
        ("/rest/v1/leads/delete.json", """{"input":[{"id":1},{"id":99}]}""", "ResponseOfLead"),
        ("/rest/v1/opportunities/describe.json", "", "ResponseOfObjectMetaData"),
        ("/rest/v1/opportunities.json", """{"input":[{"externalOpportunityId":"a"},{"externalOpportunityId":"b"}]}""", "ResponseOfCustomObject"),
        ("/rest/v1/opportunities.json?filterType=externalOpportunityId&filterValues=a", "", "ResponseOfCustomObject"),
        (
            "/rest/v1/opportunities/roles.json",
            """{"input":[{"externalOpportunityId":"a","leadId":2,"role":"Buyer"}]}""",
            "ResponseOfCustomObject"),
        ("/rest/v1/opportunities/roles.json?filterType=leadId&filterValues=2", "", "ResponseOfCustomObject"),
        ("/rest/v1/opportunities/roles/describe.json", "", "ResponseOfObjectMetaData"),
        (
            "/rest/v1/opportunities/roles/delete.json",
            """{"input":[{"externalOpportunityId":"a","leadId":2,"role":"Buyer"}]}""",
            "ResponseOfCustomObject"),
        ("/rest/v1/opportunities/delete.json", """{"input":[{"externalOpportunityId":"a"}]}""", "ResponseOfCustomObject"),
        ("/rest/v1/salespersons/describe.json", "", "ResponseOfObjectMetaData"),
        ("/rest/v1/salespersons.json", """{"input":[{"externalSalesPersonId":"sam"},{"nope":1}]}""", "ResponseOfSalesPerson"),
        ("/rest/v1/salespersons.json?filterType=externalSalesPersonId&filterValues=sam", "", "ResponseOfSalesPerson"),
        ("/rest/v1/salespersons/delete.json", """{"input":[{"externalSalesPersonId":"sam"}]}""", "ResponseOfSalesPerson"),
        ("/rest/v1/namedaccounts/describe.json", "", "ResponseOfObjectMetaData"),
        ("/rest/v1/namedaccounts.json", """{"input":[{"name":"Google"},{"nope":1}]}""", "ResponseOfNamedAccount"),
        ("/rest/v1/namedaccounts.json?filterType=name&filterValues=Google", "", "ResponseOfNamedAccount"),
        ("/rest/v1/namedaccounts/delete.json", """{"input":[{"name":"Google"}]}""", "ResponseOfNamedAccount"),
        ("/rest/v1/programs/members/describe.json", "", "ResponseOfProgramMemberAttributes2"),
        (
            "/rest/v1/programs/1044/members/status.json",
            """{"statusName":"Invited","input":[{"leadId":2},{"leadId":99}]}""",
            "ResponseOfProgramMemberStatus"),
        ("/rest/v1/programs/1044/members.json", """{"input":[{"leadId":2,"statusReason":"x"}]}""", "ResponseOfProgramMemberData"),
        ("/rest/v1/programs/1044/members.json?filterType=leadId&filterValues=2", "", "ResponseOfProgramMember"),
        ("/rest/v1/programs/1044/members/delete.json", """{"input":[{"leadId":2}]}""", "ResponseOfProgramMemberDelete"),
        ("/rest/v1/lists/5/leads.json", """{"input":[{"id":2},{"id":99}]}""", "ResponseOfListOperationOutputData"),
        ("/rest/v1/lists/5/leads.json", "", "ResponseOfLead"),
        ("/rest/v1/lists/5/leads/ismember.json?id=2", "", "ResponseOfListOperationOutputData"),
        ("/rest/v1/lists.json", "", "ResponseOfStaticList"),
        ("/rest/v1/lists/5.json", "", "ResponseOfStaticList"),
        (
            "/rest/v1/activities/external.json",
            """{"input":[{"leadId":2,"activityDate":"2026-08-01T10:00:00Z","activityTypeId":1001,"primaryAttributeValue":"Oslo","attributes":[]},{}]}""",
            "ResponseOfCustomActivity"),
        ("/rest/v1/activities/external/types.json", "", "ResponseOfCustomActivityType"),
        ("/rest/v1/stats/usage.json", "", "ResponseOfUsageData"),
        ("/rest/v1/stats/usage/last7days.json", "", "ResponseOfUsageData"),
        ("/rest/v1/stats/errors.json", "", "ResponseOfErrorsData"),
        ("/rest/v1/stats/errors/last7days.json", "", "ResponseOfErrorsData"),
    ];

    [Fact]
    public async Task Every_answer_fits_its_definition_but_for_documented_contradictions()
    {
        // Given
        var checker = new SchemaChecker(OpenApi.FindOrSkip().Marketo);
        using var marketo = await NewMarketoAsync();
        // When
        var answers = await CallAllAsync(marketo);
        // Then
        Assert.All(answers, answer => Assert.Equal("ok", answer.Body.Code()));
        var differences = answers.SelectMany(answer => checker.Check(answer.Definition, answer.Body)).ToHashSet();
        Assert.Equal([], differences.Except(Documented));
        Assert.Equal([], Documented.Except(differences));
    }

    [Fact]
    public async Task Every_kind_of_call_is_checked()
    {
        // Given
        using var marketo = await NewMarketoAsync();
        // When
        await CallAllAsync(marketo);
        // Then
        var groups = new[] { CallKind.Any, CallKind.Schema, CallKind.Usage, CallKind.Fields, CallKind.Unknown };
        Assert.Equal(
            CallKind.All.Except(groups)
                .Where(kind => !CallKind.Assets.Covers(kind))
                .Select(kind => kind.Name)
                .Order(StringComparer.Ordinal),
            marketo.Emulator.Calls.ByKind.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_refusal_fits_its_definition_but_for_the_missing_result_and_warnings()
    {
        // Given
        var checker = new SchemaChecker(OpenApi.FindOrSkip().Marketo);
        using var marketo = await NewMarketoAsync();
        marketo.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "wrong");
        // When
        var answers = await CallAllAsync(marketo);
        // Then
        Assert.All(answers, answer => Assert.Equal("601", answer.Body.Code()));
        Assert.All(
            answers,
            answer => Assert.Equal(["result: missing", "warnings: missing"], checker.Check(answer.Definition, answer.Body)));
    }

    [Fact]
    public async Task Identity_fits_its_definition_exactly()
    {
        // Given
        var checker = new SchemaChecker(OpenApi.FindOrSkip().Identity);
        using var marketo = new SubscriptionUnderTest();
        // When
        var answer = await marketo.GetAsync(
            "/identity/oauth/token?grant_type=client_credentials&client_id=emulator-client&client_secret=emulator-secret");
        // Then
        Assert.Equal([], checker.Check("ResponseOfIdentity", answer));
    }

    [Fact]
    public void Every_call_is_in_the_specification()
    {
        // Given
        var paths = OpenApi.FindOrSkip().Marketo.GetProperty("paths").EnumerateObject().ToDictionary(path => path.Name, path => path.Value);
        // Then
        Assert.All(
            Calls,
            call =>
            {
                var path = call.Uri.Split('?')[0];
                var verb = call.Body.Length == 0 ? "get" : "post";
                var declared = paths
                    .Where(candidate => Matches(candidate.Key, path) && candidate.Value.TryGetProperty(verb, out _))
                    .ToArray();
                var definitions = declared.Select(candidate =>
                    candidate.Value.GetProperty(verb).GetProperty("responses").GetProperty("200").GetProperty("schema").Text("$ref"));
                Assert.Contains($"#/definitions/{call.Definition}", definitions);
            }
        );
    }

    private static async Task<List<(string Definition, JsonElement Body)>> CallAllAsync(SubscriptionUnderTest marketo)
    {
        List<(string Definition, JsonElement Body)> answers = [];
        foreach (var (uri, body, definition) in Calls)
        {
            answers.Add((definition, body.Length == 0 ? await marketo.GetAsync(uri) : await marketo.PostAsync(uri, body)));
        }

        return answers;
    }

    private static async Task<SubscriptionUnderTest> NewMarketoAsync()
    {
        var marketo = await new SubscriptionUnderTest().WithObjects().SignInAsync();
        marketo.Emulator.Seed("car_c", """{"vin":"a","doors":4}""");
        marketo.Emulator.Seed("car_c", """{"vin":"b"}""");
        marketo.Emulator.AddChannel("Event", new ChannelStatus("Invited", 10));
        marketo.Emulator.AddProgram(1044, "Fair", "Event");
        marketo.Emulator.AddList(5, "Guests");
        marketo.Emulator.DefineActivityType(1001, "visit_c", "store");
        marketo.Emulator.AddDependentAsset("car_c", "Smart List", 17, "Drivers");
        return marketo;
    }

    private static bool Matches(string template, string path)
    {
        var (expected, actual) = (template.Split('/'), path.Split('/'));
        return expected.Length == actual.Length
            && expected
                .Zip(actual)
                .All(pair =>
                    pair.First == pair.Second
                    || (
                        pair.First.StartsWith('{')
                        && pair.Second.EndsWith(
                            pair.First[(pair.First.IndexOf('}', StringComparison.Ordinal) + 1)..],
                            StringComparison.Ordinal)));
    }
}
