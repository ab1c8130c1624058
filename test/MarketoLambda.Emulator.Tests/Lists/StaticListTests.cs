namespace MarketoLambda.Emulator.Tests.Lists;

/// <summary>Static lists as Adobe's rest-api/list-membership describes them.</summary>
public sealed class StaticListTests
{
    private const string Members = "/rest/v1/lists/5/leads.json";

    [Fact]
    public async Task Leads_are_added_by_ids_in_the_query_and_a_skipped_one_keeps_its_id()
    {
        // Given
        using var marketo = await NewMarketoAsync();
        // When
        var answer = await marketo.PostAsync($"{Members}?id=7&id=9", "", "application/json");
        var again = await marketo.PostAsync($"{Members}?id=7,8", "", "application/json");
        // Then
        Assert.Equal("""{"id":7,"status":"added"}""", answer.Row().GetRawText());
        Assert.Equal(
            """{"id":9,"status":"skipped","reasons":[{"code":"1004","message":"Lead not found"}]}""",
            answer.Row(1).GetRawText());
        Assert.Equal(["added", "added"], [again.Status(), again.Status(1)]);
        Assert.Equal([7, 8], marketo.Emulator.ListMembers(5));
    }

    [Theory]
    [InlineData("1015")]
    [InlineData("1004")]
    public async Task Leads_are_removed_and_one_who_is_not_in_it_is_skipped_as_grouparoo_recorded_it(string code)
    {
        // Given
        using var marketo = await NewMarketoAsync(options => options.Quirks.NotInListCode = code);
        await marketo.PostAsync(Members, """{"input":[{"id":7}]}""");
        // When
        var answer = await marketo.PostAsync($"{Members}?_method=DELETE", """{"input":[{"id":7},{"id":8},{"id":9}]}""");
        // Then
        Assert.Equal(["removed", code, "1004"], [answer.Status(), answer.Status(1), answer.Status(2)]);
        Assert.Empty(marketo.Emulator.ListMembers(5));
    }

    [Fact]
    public async Task Membership_shows_after_a_while_where_it_is_told_to()
    {
        // Given
        using var marketo = await NewMarketoAsync(options => options.Quirks.ListMembershipDelay = TimeSpan.FromSeconds(1));
        await marketo.PostAsync(Members, """{"input":[{"id":7}]}""");
        // When
        var before = await marketo.GetAsync("/rest/v1/lists/5/leads/ismember.json?id=7&id=9");
        var rows = await marketo.GetAsync(Members);
        marketo.Time.Advance(TimeSpan.FromSeconds(1));
        var after = await marketo.GetAsync("/rest/v1/lists/5/leads/ismember.json?id=7");
        // Then
        Assert.Equal(["notmemberof", "1004", "memberof"], [before.Status(), before.Status(1), after.Status()]);
        Assert.Equal(0, rows.Rows());
    }

    [Fact]
    public async Task Members_are_shown_as_leads_in_pages()
    {
        // Given
        using var marketo = await NewMarketoAsync();
        await marketo.PostAsync(Members, """{"input":[{"id":8},{"id":7}]}""");
        // When
        var first = await marketo.GetAsync($"{Members}?batchSize=1");
        var second = await marketo.GetAsync($"{Members}?batchSize=1&nextPageToken={first.Text("nextPageToken")}&fields=email");
        // Then
        Assert.Equal(["id", "firstName", "lastName", "email", "updatedAt", "createdAt"], first.Row().Names());
        Assert.Equal("""{"id":7,"email":"a@x.org"}""", second.Row().GetRawText());
    }

    [Fact]
    public async Task They_are_listed_and_one_that_does_not_exist_is_refused()
    {
        // Given
        using var marketo = await NewMarketoAsync();
        // When
        var all = await marketo.GetAsync("/rest/v1/lists.json?name=Guests");
        var one = await marketo.GetAsync("/rest/v1/lists/5.json");
        var refused = await marketo.PostAsync("/rest/v1/lists/6/leads.json?id=7", "", "application/json");
        // Then
        Assert.Equal((1, "Guests", "1013"), (all.Rows(), one.Row().Text("name"), refused.Code()));
    }

    private static async Task<SubscriptionUnderTest> NewMarketoAsync(Action<Settings.EmulatorOptions>? configure = null)
    {
        var marketo = await new SubscriptionUnderTest(configure).SignInAsync();
        marketo.Emulator.AddList(5, "Guests");
        marketo.Emulator.AddLead(7, "a@x.org");
        marketo.Emulator.AddLead(8);
        return marketo;
    }
}
