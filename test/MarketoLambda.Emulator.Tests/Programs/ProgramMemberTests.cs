using MarketoLambda.Emulator.Programs;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Tests.Programs;

/// <summary>Members of programs as Adobe's rest-api/program-members describes them.</summary>
public sealed class ProgramMemberTests
{
    private const string Members = "/rest/v1/programs/1044/members.json";
    private const string Status = "/rest/v1/programs/1044/members/status.json";
    private const string Delete = "/rest/v1/programs/1044/members/delete.json";

    [Fact]
    public async Task A_status_makes_members_and_moves_them_to_higher_steps_only()
    {
        // Given
        using var marketo = await NewMarketoAsync();
        // When
        var invited = await marketo.PostAsync(Status, """{"statusName":"Invited","input":[{"leadId":7}]}""");
        var attended = await marketo.PostAsync(Status, """{"statusName":"Attended","input":[{"leadId":7},{"leadId":8},{"leadId":99}]}""");
        var back = await marketo.PostAsync(Status, """{"statusName":"Invited","input":[{"leadId":7}]}""");
        // Then
        Assert.Equal("""{"seq":0,"leadId":7,"status":"created"}""", invited.Row().GetRawText());
        Assert.Equal(["updated", "created", "1004"], [attended.Status(), attended.Status(1), attended.Status(2)]);
        Assert.Equal(
            """{"seq":0,"status":"skipped","reasons":[{"code":"1037","message":"Lead skipped because it is already in or past this status"}]}""",
            back.Row().GetRawText());
        var member = Assert.Single(marketo.Emulator.Find("programMember", "7", "1044"));
        Assert.Equal(("Attended", "True", "Fair"), (member["statusName"], member["reachedSuccess"], member["program"]));
    }

    [Theory]
    [InlineData("Nowhere", false, "1025")]
    [InlineData("Nowhere", true, "1025")]
    [InlineData("Not in Program", false, "1025")]
    public async Task An_unknown_status_skips_each_lead_or_refuses_the_call(string status, bool refusesCall, string code)
    {
        // Given
        using var marketo = await NewMarketoAsync(options => options.Quirks.UnknownStatusRefusesCall = refusesCall);
        // When
        var answer = await marketo.PostAsync(Status, $$"""{"statusName":"{{status}}","input":[{"leadId":7}]}""");
        // Then
        Assert.Equal(code, refusesCall ? answer.Code() : answer.Status());
        Assert.Empty(marketo.Emulator.Records("programMember"));
    }

    [Theory]
    [InlineData("""{"input":[{"leadId":7}]}""", "1002")]
    [InlineData("""{"statusName":"Invited","input":[]}""", "1002")]
    public async Task A_status_and_leads_are_required(string body, string code)
    {
        // Given
        using var marketo = await NewMarketoAsync();
        // When
        var answer = await marketo.PostAsync(Status, body);
        // Then
        Assert.Equal(code, answer.Code());
    }

    [Fact]
    public async Task Fields_are_written_of_members_only()
    {
        // Given
        using var marketo = await NewMarketoAsync();
        await marketo.PostAsync(Status, """{"statusName":"Invited","input":[{"leadId":7}]}""");
        // When
        var answer = await marketo.PostAsync(
            Members,
            """{"input":[{"leadId":7,"meal":"soup"},{"leadId":8,"meal":"soup"},{"leadId":7,"nope":1},{"leadId":7,"statusName":"x"},{"meal":"x"}]}""");
        // Then
        Assert.Equal(["updated", "1013", "1006", "1003", "1002"], [.. Enumerable.Range(0, 5).Select(row => answer.Status(row))]);
        Assert.Equal("Membership not found", answer.Row(1).GetProperty("reasons")[0].Text("message"));
        Assert.Equal("soup", Assert.Single(marketo.Emulator.Records("programMember"))["meal"]);
    }

    [Fact]
    public async Task They_are_deleted_and_who_is_none_is_skipped_with_the_same_code_and_another_text()
    {
        // Given
        using var marketo = await NewMarketoAsync();
        await marketo.PostAsync(Status, """{"statusName":"Invited","input":[{"leadId":7}]}""");
        // When
        var answer = await marketo.PostAsync(Delete, """{"input":[{"leadId":7},{"leadId":8}]}""");
        // Then
        Assert.Equal(["deleted", "1037"], [answer.Status(), answer.Status(1)]);
        Assert.Equal("Lead not in program", answer.Row(1).GetProperty("reasons")[0].Text("message"));
    }

    [Theory]
    [InlineData("filterType=statusName&filterValues=Invited,Attended", 2)]
    [InlineData("filterType=statusName&filterValues=Attended", 1)]
    [InlineData("filterType=leadId&filterValues=7", 1)]
    [InlineData("filterType=reachedSuccess&filterValues=true", 1)]
    [InlineData("filterType=updatedAt&startAt=2026-09-01T00:00:00Z&endAt=2026-09-02T00:00:00Z", 2)]
    [InlineData("filterType=updatedAt&startAt=2026-08-01T00:00:00Z&endAt=2026-08-02T00:00:00Z", 0)]
    public async Task They_are_found(string filter, int rows)
    {
        // Given
        using var marketo = await NewMarketoAsync();
        await marketo.PostAsync(Status, """{"statusName":"Invited","input":[{"leadId":7},{"leadId":8}]}""");
        await marketo.PostAsync(Status, """{"statusName":"Attended","input":[{"leadId":8}]}""");
        await marketo.PostAsync("/rest/v1/programs/1045/members/status.json", """{"statusName":"Invited","input":[{"leadId":7}]}""");
        // When
        var found = await marketo.GetAsync($"{Members}?{filter}");
        // Then
        Assert.Equal(rows, found.Rows());
    }

    [Fact]
    public async Task A_query_shows_the_fields_of_adobes_example()
    {
        // Given
        using var marketo = await NewMarketoAsync();
        await marketo.PostAsync(Status, """{"statusName":"Attended","input":[{"leadId":7}]}""");
        // When
        var found = await marketo.GetAsync($"{Members}?filterType=leadId&filterValues=7");
        // Then
        Assert.Equal(
            """{"seq":0,"leadId":7,"reachedSuccess":true,"programId":1044,"acquiredBy":false,"membershipDate":"2026-09-01T12:00:00Z"}""",
            found.Row().GetRawText());
    }

    [Theory]
    [InlineData("filterType=program&filterValues=Fair", "1003")]
    [InlineData("filterType=updatedAt&startAt=2026-08-01T00:00:00Z&endAt=2026-08-09T00:00:00Z", "1003")]
    [InlineData("filterType=updatedAt&startAt=2026-08-01T00:00:00.000Z&endAt=2026-08-02T00:00:00Z", "1003")]
    [InlineData("filterType=leadId&filterValues=7&fields=nope", "1006")]
    public async Task A_wrong_query_is_refused(string filter, string code)
    {
        // Given
        using var marketo = await NewMarketoAsync();
        // When
        var answer = await marketo.GetAsync($"{Members}?{filter}");
        // Then
        Assert.Equal(code, answer.Code());
    }

    [Fact]
    public async Task A_program_too_large_for_a_filter_refuses_the_query()
    {
        // Given
        using var marketo = await NewMarketoAsync(options => options.MaxMembersPerFilter = 1);
        await marketo.PostAsync(Status, """{"statusName":"Invited","input":[{"leadId":7},{"leadId":8}]}""");
        // When
        var answer = await marketo.GetAsync($"{Members}?filterType=statusName&filterValues=Invited");
        // Then
        Assert.Equal(
            ("1003", "Total membership size: 2 exceeds the limit allowed 1 for the filter"),
            (answer.Code(), answer.Message()));
    }

    [Fact]
    public async Task A_program_that_does_not_exist_is_refused()
    {
        // Given
        using var marketo = await NewMarketoAsync();
        // When
        var answer = await marketo.PostAsync("/rest/v1/programs/1/members/status.json", """{"statusName":"Invited","input":[{"leadId":7}]}""");
        // Then
        Assert.Equal(("1013", "Program not found"), (answer.Code(), answer.Message()));
    }

    [Fact]
    public async Task They_are_described_without_an_id()
    {
        // Given
        using var marketo = await NewMarketoAsync();
        // When
        var described = (await marketo.GetAsync("/rest/v1/programs/members/describe.json")).Row();
        // Then
        Assert.Equal(
            ["name", "description", "createdAt", "updatedAt", "dedupeFields", "searchableFields", "fields"],
            described.Names());
        Assert.Equal("""["leadId","programId"]""", described.GetProperty("dedupeFields").GetRawText());
        Assert.Equal(
            """[["leadId"],["statusName"],["reachedSuccess"],["meal"]]""",
            described.GetProperty("searchableFields").GetRawText());
    }

    [Fact]
    public async Task Channels_and_programs_are_listed_as_assets()
    {
        // Given
        using var marketo = await NewMarketoAsync();
        // When
        var channels = await marketo.GetAsync("/rest/asset/v1/channels.json?maxReturn=200");
        var program = await marketo.GetAsync("/rest/asset/v1/program/byName.json?name=Fair");
        var byId = await marketo.GetAsync("/rest/asset/v1/program/1045.json");
        var all = await marketo.GetAsync("/rest/asset/v1/programs.json?offset=1");
        // Then
        Assert.Equal(
            ["Not in Program", "Invited", "Attended"],
            channels.Row().GetProperty("progressionStatuses").EnumerateArray().Select(status => status.Text("name")));
        Assert.Equal((1044, "Event"), (program.Row().GetProperty("id").GetInt32(), program.Row().Text("channel")));
        Assert.Equal(("Webinar", 1), (byId.Row().Text("name"), all.Rows()));
        Assert.Equal(["success", "warnings", "errors", "requestId", "result"], channels.Names());
    }

    private static async Task<SubscriptionUnderTest> NewMarketoAsync(Action<EmulatorOptions>? configure = null)
    {
        var marketo = await new SubscriptionUnderTest(configure).SignInAsync();
        marketo.Emulator.AddChannel("Event", new ChannelStatus("Invited", 10), new ChannelStatus("Attended", 20, IsSuccess: true));
        marketo.Emulator.AddProgram(1044, "Fair", "Event");
        marketo.Emulator.AddProgram(1045, "Webinar", "Event");
        marketo.Emulator.DefineProgramMemberField(new FieldDefinition("meal", "string"));
        marketo.Emulator.AddLead(7);
        marketo.Emulator.AddLead(8);
        return marketo;
    }
}
