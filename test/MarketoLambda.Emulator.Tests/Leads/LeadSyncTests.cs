using System.Text.Json;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.Emulator.Tests.Leads;

/// <summary>Writing leads as Adobe's rest-api/leads and recordings of real answers have it.</summary>
public sealed class LeadSyncTests
{
    private const string Leads = "/rest/v1/leads.json";

    [Fact]
    public async Task They_are_created_and_updated_by_their_email_and_the_results_have_no_seq()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        // When
        var created = await marketo.PostAsync(Leads, """{"input":[{"email":"a@x.org","firstName":"Ada"},{"email":"b@x.org"}]}""");
        var updated = await marketo.PostAsync(Leads, """{"input":[{"email":"a@x.org","lastName":"Lovelace"},{"firstName":"Bo"}]}""");
        // Then
        Assert.Equal(["created", "created", "updated", "1003"], [created.Status(), created.Status(1), updated.Status(), updated.Status(1)]);
        Assert.Equal(["id", "status"], updated.Row().Names());
        Assert.Equal(["status", "reasons"], updated.Row(1).Names());
        Assert.Equal("Value for lookup field 'email' not found", Reason(updated, 1));
        var ada = Assert.Single(marketo.Emulator.Find("lead", "a@x.org"));
        Assert.Equal((1, "Ada", "Lovelace"), (ada.Id, ada["firstName"], ada["lastName"]));
    }

    [Theory]
    [InlineData("createOnly", "1005 Lead already exists", "created")]
    [InlineData("updateOnly", "updated", "1004 Lead not found")]
    [InlineData("createOrUpdate", "updated", "created")]
    [InlineData("createDuplicate", "created", "created")]
    public async Task An_action_decides_what_becomes_of_known_and_new_ones(string action, string known, string unknown)
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        marketo.Emulator.Seed("lead", """{"email":"a@x.org"}""");
        // When
        var answer = await marketo.PostAsync(Leads, $$"""{"action":"{{action}}","input":[{"email":"a@x.org"},{"email":"b@x.org"}]}""");
        // Then
        Assert.Equal([known, unknown], [Told(answer, 0), Told(answer, 1)]);
    }

    [Theory]
    [InlineData("""{"action":"upsert","input":[{"email":"a@x.org"}]}""", "1003")]
    [InlineData("""{"action":1,"input":[{"email":"a@x.org"}]}""", "1003")]
    [InlineData("""{"lookupField":"userId","input":[{"email":"a@x.org"}]}""", "1006")]
    [InlineData("""{"lookupField":"firstName","input":[{"email":"a@x.org"}]}""", "1011")]
    [InlineData("""{"lookupField":true,"input":[{"email":"a@x.org"}]}""", "1006")]
    [InlineData("""{"input":[]}""", "1002")]
    public async Task A_wrong_request_is_refused_as_a_whole(string body, string code)
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        // When
        var answer = await marketo.PostAsync(Leads, body);
        // Then
        Assert.Equal(code, answer.Code());
        Assert.Empty(marketo.Emulator.Records("lead"));
    }

    [Fact]
    public async Task An_unknown_lookup_field_is_named_as_an_outside_client_recorded_it()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        // When
        var answer = await marketo.PostAsync(Leads, """{"lookupField":"userId","input":[{"userId":"1"}]}""");
        // Then
        Assert.Equal(("1006", "Lookup field 'userId' not found"), (answer.Code(), answer.Message()));
    }

    [Theory]
    [InlineData("email", "\"bademail\"", "bademail")]
    [InlineData("email", "\"ä@x.org\"", "ä@x.org")]
    [InlineData("leadScore", "14.1", "14.1")]
    [InlineData("annualBudget", "\"14c\"", "14c")]
    [InlineData("share", "\"100%\"", "100%")]
    [InlineData("dateOfBirth", "\"yesterday\"", "yesterday")]
    [InlineData("unsubscribed", "\"other\"", "other")]
    public async Task A_value_of_the_wrong_type_skips_the_whole_lead_as_grouparoo_recorded_it(string field, string value, string shown)
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        marketo.Emulator.DefineLeadField(new("annualBudget", "float"));
        marketo.Emulator.DefineLeadField(new("share", "percent"));
        marketo.Emulator.Seed("lead", """{"id":7,"email":"a@x.org"}""");
        // When
        var answer = await marketo.PostAsync(
            Leads,
            $$"""{"action":"updateOnly","lookupField":"id","input":[{"id":7,"firstName":"Ada","{{field}}":{{value}}}]}""");
        // Then
        Assert.Equal($"1003 Invalid value for field '{field}' and value '{shown}'", Told(answer, 0));
        Assert.Null(Assert.Single(marketo.Emulator.Records("lead"))["firstName"]);
    }

    [Theory]
    [InlineData(false, "1006 Field 'nope' not found")]
    [InlineData(true, "1006")]
    public async Task An_unknown_field_skips_its_lead_or_refuses_the_call(bool refusesCall, string expected)
    {
        // Given
        using var marketo = await new SubscriptionUnderTest(options => options.Quirks.UnknownFieldRefusesCall = refusesCall).SignInAsync();
        // When
        var answer = await marketo.PostAsync(Leads, """{"input":[{"email":"a@x.org","nope":1}]}""");
        // Then
        Assert.Equal(expected, refusesCall ? answer.Code() : Told(answer, 0));
    }

    [Fact]
    public async Task A_key_of_several_is_skipped_with_the_text_of_real_answers()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        await marketo.PostAsync(Leads, """{"action":"createDuplicate","input":[{"email":"a@x.org"},{"email":"a@x.org"}]}""");
        // When
        var answer = await marketo.PostAsync(Leads, """{"input":[{"email":"a@x.org"}]}""");
        // Then
        Assert.Equal("1007 Multiple lead match lookup criteria", Told(answer, 0));
        Assert.Equal(2, marketo.Emulator.Count("lead"));
    }

    [Fact]
    public async Task A_custom_field_can_be_the_lookup_field()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        marketo.Emulator.DefineLeadField(new FieldDefinition("customerNumber", "integer"));
        // When
        var first = await marketo.PostAsync(
            Leads,
            """{"lookupField":"customerNumber","input":[{"customerNumber":7,"email":"a@x.org"},{"customerNumber":8}]}""");
        var second = await marketo.PostAsync(Leads, """{"lookupField":"customerNumber","input":[{"customerNumber":7,"email":"b@x.org"}]}""");
        // Then
        Assert.Equal(["created", "created", "updated"], [first.Status(), first.Status(1), second.Status()]);
        Assert.Equal("7", Assert.Single(marketo.Emulator.Find("lead", "b@x.org"))["customerNumber"]);
        Assert.Empty(marketo.Emulator.Find("lead", "a@x.org"));
    }

    [Fact]
    public async Task An_email_can_be_changed_by_id()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        marketo.Emulator.AddLead(7, "a@x.org");
        // When
        var answer = await marketo.PostAsync(
            Leads,
            """{"action":"updateOnly","lookupField":"id","input":[{"id":7,"email":"b@x.org"},{"id":8,"email":"c@x.org"}]}""");
        // Then
        Assert.Equal(["updated", "1004 Lead not found"], [Told(answer, 0), Told(answer, 1)]);
        Assert.Equal(7, Assert.Single(marketo.Emulator.Find("lead", "b@x.org")).Id);
    }

    [Theory]
    [InlineData(false, "1003 Invalid data")]
    [InlineData(true, "1003")]
    public async Task An_id_without_updateOnly_skips_its_lead_or_refuses_the_call(bool refusesCall, string expected)
    {
        // Given
        using var marketo = await new SubscriptionUnderTest(options => options.Quirks.LeadIdRefusesCall = refusesCall).SignInAsync();
        // When
        var answer = await marketo.PostAsync(Leads, """{"action":"createOnly","input":[{"id":1,"email":"a@x.org"}]}""");
        // Then
        Assert.Equal(expected, refusesCall ? answer.Code() : Told(answer, 0));
    }

    [Theory]
    [InlineData(false, "updated")]
    [InlineData(true, "1036 Duplicate object found in input")]
    public async Task A_key_that_comes_twice_is_created_and_then_updated_or_skipped(bool rejects, string second)
    {
        // Given
        using var marketo = await new SubscriptionUnderTest(o => o.Quirks.RejectDuplicateKeysInRequest = rejects).SignInAsync();
        // When
        var answer = await marketo.PostAsync(Leads, """{"input":[{"email":"a@x.org"},{"email":"a@x.org"}]}""");
        // Then
        Assert.Equal(["created", second], [Told(answer, 0), Told(answer, 1)]);
    }

    [Theory]
    [InlineData(false, "1021 Company update not allowed")]
    [InlineData(true, "created")]
    public async Task Fields_of_the_company_are_refused_as_adobe_says_or_taken_as_others_say(bool takes, string expected)
    {
        // Given
        using var marketo = await new SubscriptionUnderTest(options => options.Quirks.LeadsTakeCompanyFields = takes).SignInAsync();
        // When
        var answer = await marketo.PostAsync(Leads, """{"input":[{"email":"a@x.org","industry":"Steel"}]}""");
        // Then
        Assert.Equal(expected, Told(answer, 0));
    }

    [Fact]
    public async Task Companies_and_sales_persons_that_they_name_must_exist()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        marketo.Emulator.Seed("Company", """{"externalCompanyId":"acme"}""");
        // When
        var linked = await marketo.PostAsync(
            Leads,
            """{"input":[{"email":"a@x.org","externalCompanyId":"acme"},{"email":"b@x.org","externalCompanyId":"none"}]}""");
        var refused = await marketo.PostAsync(Leads, """{"input":[{"email":"c@x.org","externalSalesPersonId":"none"}]}""");
        // Then
        Assert.Equal(["created", "1013", "718"], [linked.Status(), linked.Status(1), refused.Code()]);
    }

    [Theory]
    [InlineData("unsubscribed", "null", "False")]
    [InlineData("firstName", "null", "")]
    [InlineData("firstName", "\"\"", "")]
    public async Task Null_and_an_empty_text_clear_a_field_and_a_cleared_boolean_is_false(string field, string value, string shown)
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        marketo.Emulator.Seed("lead", """{"id":7,"email":"a@x.org","firstName":"Ada","unsubscribed":true}""");
        // When
        await marketo.PostAsync(Leads, $$"""{"input":[{"email":"a@x.org","{{field}}":{{value}}}]}""");
        var found = await marketo.GetAsync($"/rest/v1/lead/7.json?fields={field}");
        // Then
        Assert.Equal(shown, found.Row().GetProperty(field).ToString());
    }

    [Fact]
    public async Task Creates_in_flight_together_leave_two_of_one_email_where_creating_is_not_atomic()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest(options =>
        {
            options.Quirks.CreateIsAtomic = false;
            options.LatencyOf = (kind, _) => kind == Emulator.Calls.CallKind.Sync ? TimeSpan.FromSeconds(1) : TimeSpan.Zero;
        }).SignInAsync();
        // When
        var both = Task.WhenAll(Enumerable.Range(0, 2).Select(_ => marketo.PostAsync(Leads, """{"input":[{"email":"a@x.org"}]}""")));
        marketo.Time.Advance(TimeSpan.FromSeconds(0.5));
        marketo.Time.Advance(TimeSpan.FromSeconds(0.5));
        var answers = await both;
        // Then
        Assert.Equal(["created", "created"], [answers[0].Status(), answers[1].Status()]);
        Assert.Equal(2, marketo.Emulator.Find("lead", "a@x.org").Count);
    }

    [Fact]
    public async Task Faults_know_them_by_their_object_and_skip_them_by_their_lookup_value()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        marketo.Emulator.Faults.On(Emulator.Calls.CallKind.Sync, Emulator.Faults.Fault.SkipRecords("1007", null, "b@x.org"), objectName: "lead");
        // When
        await marketo.PostAsync("/rest/v1/companies.json", """{"input":[{"externalCompanyId":"a"}]}""");
        var answer = await marketo.PostAsync(Leads, """{"input":[{"email":"a@x.org"},{"email":"b@x.org"}]}""");
        // Then
        Assert.Equal(["created", "1007"], [answer.Status(), answer.Status(1)]);
    }

    [Fact]
    public async Task What_was_sent_about_an_email_is_in_the_journal()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest(options => options.KeepJournal = true).SignInAsync();
        marketo.Emulator.AddLead(7, "a@x.org");
        // When
        await marketo.PostAsync(Leads, """{"input":[{"email":"a@x.org","firstName":"Ada"},{"email":"b@x.org"}]}""");
        // Then
        var sent = Assert.Single(marketo.Emulator.Sent("lead", "a@x.org"));
        Assert.Equal((WriteKind.Updated, 7, "Ada"), (sent.Kind, sent.Record.Id, sent.Record["firstName"]));
    }

    private static string Told(JsonElement answer, int row) =>
        answer.Row(row).TryGetProperty("reasons", out _) ? $"{answer.Status(row)} {Reason(answer, row)}" : answer.Status(row);

    private static string? Reason(JsonElement answer, int row) => answer.Row(row).GetProperty("reasons")[0].Text("message");
}
