using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Faults;

namespace MarketoLambda.Emulator.Tests.Activities;

/// <summary>Custom activities as Adobe's rest-api/activities describes them.</summary>
public sealed class CustomActivityTests
{
    private const string Activities = "/rest/v1/activities/external.json";

    private const string Visit =
        """{"leadId":7,"activityDate":"2026-08-01T10:00:00Z","activityTypeId":1001,"primaryAttributeValue":"Oslo","attributes":[{"name":"floor","value":2}]}""";

    [Fact]
    public async Task One_is_added_and_a_skipped_one_has_its_reason_under_errors()
    {
        // Given
        using var marketo = await NewMarketoAsync();
        // When
        var answer = await marketo.PostAsync(
            Activities,
            $$"""{"input":[{{Visit}},{{Visit.Replace("\"leadId\":7", "\"leadId\":8", StringComparison.Ordinal)}}]}""");
        // Then
        Assert.Equal("""{"id":1,"marketoGUID":"1","status":"added"}""", answer.Row().GetRawText());
        Assert.Equal(
            """{"status":"skipped","errors":[{"code":"1004","message":"Lead not found"}]}""",
            answer.Row(1).GetRawText());
        var visit = Assert.Single(marketo.Emulator.Activities);
        Assert.Equal((7, 1001, "Oslo", "2"), (visit.LeadId, visit.ActivityTypeId, visit.PrimaryAttributeValue, visit.Attributes["floor"]));
    }

    [Fact]
    public async Task A_repeat_is_stored_twice()
    {
        // Given
        using var marketo = await NewMarketoAsync();
        marketo.Emulator.Faults.On(CallKind.Sync, Fault.Http(502).AfterEffect(), objectName: "activity");
        using var lost = await marketo.Http.PostAsync(
            Activities,
            new StringContent($$"""{"input":[{{Visit}}]}""", null, "application/json"),
            TestContext.Current.CancellationToken);
        // When
        await marketo.PostAsync(Activities, $$"""{"input":[{{Visit}}]}""");
        // Then
        Assert.Equal([1, 2], marketo.Emulator.Activities.Select(visit => visit.Id));
    }

    [Theory]
    [InlineData("\"activityTypeId\":1001", "\"activityTypeId\":1002", "1003")]
    [InlineData("\"activityDate\":\"2026-08-01T10:00:00Z\"", "\"activityDate\":\"yesterday\"", "1003")]
    [InlineData("\"primaryAttributeValue\":\"Oslo\",", "", "1002")]
    [InlineData("\"floor\"", "\"cellar\"", "1006")]
    public async Task A_wrong_one_is_skipped(string right, string wrong, string code)
    {
        // Given
        using var marketo = await NewMarketoAsync();
        // When
        var answer = await marketo.PostAsync(Activities, $$"""{"input":[{{Visit.Replace(right, wrong, StringComparison.Ordinal)}}]}""");
        // Then
        Assert.Equal(code, answer.Row().GetProperty("errors")[0].Text("code"));
        Assert.Empty(marketo.Emulator.Activities);
    }

    [Fact]
    public async Task Attributes_beyond_their_limit_are_skipped()
    {
        // Given
        using var marketo = await NewMarketoAsync();
        // When
        var answer = await marketo.PostAsync(
            Activities,
            $$"""{"input":[{{Visit.Replace("2}", $"\"{new string('x', 65_536)}\"}}", StringComparison.Ordinal)}}]}""");
        // Then
        Assert.Equal("1049", answer.Row().GetProperty("errors")[0].Text("code"));
    }

    [Fact]
    public async Task Types_are_listed_and_limited()
    {
        // Given
        using var marketo = await NewMarketoAsync();
        // When
        var types = await marketo.GetAsync("/rest/v1/activities/external/types.json");
        // Then
        Assert.Equal((1001, "visit_c"), (types.Row().GetProperty("id").GetInt32(), types.Row().Text("apiName")));
        Assert.Throws<InvalidOperationException>(() =>
            marketo.Emulator.DefineActivityType(1002, "long_c", "x", [.. Enumerable.Range(0, 21).Select(number => $"a{number}")]));
    }

    private static async Task<SubscriptionUnderTest> NewMarketoAsync()
    {
        var marketo = await new SubscriptionUnderTest().SignInAsync();
        marketo.Emulator.DefineActivityType(1001, "visit_c", "store", "floor");
        marketo.Emulator.AddLead(7);
        return marketo;
    }
}
