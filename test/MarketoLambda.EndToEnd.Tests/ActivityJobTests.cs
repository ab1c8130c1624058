using MarketoLambda.Sync.State.Sent;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>A job file fills custom activities, from the empty subscription to a record whose outcome is unknown.</summary>
public sealed class ActivityJobTests
{
    private const string Visits = """
        { "jobs": { "visits": {
          "source": { "type": "csv", "folder": "drop", "settleSeconds": 0 },
          "target": { "type": "customActivity", "activity": "visitedStore_c", "onUnclear": "stop" },
          "key": "activityKey",
          "fields": { "activityKey": "Receipt", "email": "Mail", "activityDate": "At", "store": "Store", "basket": "Basket" }
        } } }
        """;

    private const string File =
        "Receipt,Mail,At,Store,Basket\nR1,ann@x.example,2026-03-01T12:00:00Z,Berlin,20\nR2,ann@x.example,2026-03-02T12:00:00Z,Bonn,30\n";

    [Fact]
    public async Task What_may_have_been_added_is_told_and_a_person_decides_what_comes_of_it()
    {
        // Given: the two were sent before, and of one nobody heard whether it arrived
        await using var local = await LocalHost.OpenAsync();
        local.WriteJobs(Visits).Drop("a.csv", File);
        local.Marketo.DefineActivityType(100_001, "visitedStore_c", "store", "basket");
        local.Marketo.Seed("lead", """{"email":"ann@x.example"}""");
        await local.InitializedAsync();
        var check = await local.RunAsync("jobs", "check");
        var first = await local.RunAsync("run", "visits");
        var note = local.Marketo.Records(SentFields.ObjectApiName)[0][SentFields.Key.Name];
        local.Marketo.Seed(SentFields.ObjectApiName, $$"""{"sentKey":"{{note}}","stage":"sending"}""");
        local.Drop("b.csv", File);

        // When
        var told = await local.RunAsync("run", "visits");
        var list = await local.RunAsync("rejects", "list", "visits");
        var before = local.Marketo.Activities.Count;
        var again = await local.RunAsync("rejects", "retry", "visits", "1");

        // Then
        Assert.True(check.ExitCode == 0, check.Error);
        Assert.Contains(SentFields.ObjectApiName, check.Error, StringComparison.Ordinal);
        Assert.Contains("2 created", first.Error, StringComparison.Ordinal);
        Assert.Contains("1 unchanged", told.Error, StringComparison.Ordinal);
        Assert.Contains("1 rejected", told.Error, StringComparison.Ordinal);
        Assert.Contains("unknown-outcome", list.Error + list.Output, StringComparison.Ordinal);
        Assert.Equal(2, before);
        Assert.True(again.ExitCode == 0, again.Error);
        Assert.Equal(["Berlin", "Bonn", "Berlin"], local.Marketo.Activities.Select(activity => activity.PrimaryAttributeValue));
    }

    [Theory]
    [InlineData("", "onUnclear must be \"stop\", or \"acceptDuplicates\" true, and not both")]
    [InlineData(", \"onUnclear\": \"stop\", \"acceptDuplicates\": true", "onUnclear must be \"stop\", or \"acceptDuplicates\" true, and not both")]
    [InlineData(", \"acceptDuplicates\": false", "acceptDuplicates must be true; or leave it out")]
    [InlineData(", \"onUnclear\": \"go on\"", "onUnclear must be \"stop\"")]
    public async Task A_job_has_to_say_what_happens_where_an_answer_is_lost(string setting, string told)
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        local.WriteJobs(Visits.Replace(", \"onUnclear\": \"stop\"", setting, StringComparison.Ordinal));

        // When
        var check = await local.RunAsync("jobs", "check");

        // Then
        Assert.Equal(2, check.ExitCode);
        Assert.Contains(told, check.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }
}
