using MarketoLambda.Sync.State;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>A job file fills leads, and a dry run says before what it will do.</summary>
public sealed class LeadJobTests
{
    private const string People = """
        { "jobs": { "people": {
          "source": { "type": "csv", "folder": "drop", "settleSeconds": 0 },
          "target": { "type": "lead", "onSeveralMatches": "reject" },
          "key": "email",
          "fields": { "email": "Mail", "firstName": "First", "priority": "Rank" }
        } } }
        """;

    [Fact]
    public async Task A_dry_run_says_what_the_run_then_does()
    {
        // Given: Ann is as the file has her, Bob is not, and two people share an address
        await using var local = await LocalHost.OpenAsync();
        local
            .WriteJobs(People)
            .Drop("a.csv", "Mail,First,Rank\nann@x.example,Ann,1\nbob@x.example,Bob,2\ncy@x.example,Cy,3\ntwo@x.example,Di,4\nde@x.example,Ed,x\n");
        await local.InitializedAsync();
        local.Marketo.Seed("lead", """{"email":"ann@x.example","firstName":"Ann","priority":1}""");
        local.Marketo.Seed("lead", """{"email":"bob@x.example","firstName":"Rob","priority":2}""");
        local.Marketo.Seed("lead", """{"email":"two@x.example","firstName":"A"}""");
        local.Marketo.Seed("lead", """{"email":"two@x.example","firstName":"B"}""");

        // When
        var preview = await local.RunAsync("run", "people", "--dry-run");
        var before = local.Marketo.Records("lead").Count;
        var run = await local.RunAsync("run", "people");

        // Then
        Assert.Equal((1, 4), (preview.ExitCode, before));
        Assert.Contains("1 created · 1 updated · 1 unchanged · 2 rejected", preview.Error, StringComparison.Ordinal);
        Assert.Contains("update bob@x.example: firstName \"Rob\" → \"Bob\"", preview.Error, StringComparison.Ordinal);
        Assert.Contains("create cy@x.example", preview.Error, StringComparison.Ordinal);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("1 created, 1 updated, 1 unchanged", run.Error, StringComparison.Ordinal);
        Assert.Contains("2 rejected", run.Error, StringComparison.Ordinal);
        Assert.Equal(
            ["Ann", "Bob", "A", "B", "Cy"],
            local.Marketo.Records("lead").Select(lead => lead["firstName"]));
        Assert.Equal("people", Assert.Single(local.Marketo.Records(StateFields.ObjectApiName))[StateFields.ApiName.Name]);
    }

    [Theory]
    [InlineData("\"action\": \"createDuplicate\"", "acceptDuplicates must be true where \"action\" is \"createDuplicate\"")]
    [InlineData("\"lookupField\": \"id\"", "is \"id\", by which people can only be updated")]
    [InlineData("\"otherwise\": \"reject\"", "has a meaning only with \"action\": \"createOnly\" or \"updateOnly\"")]
    [InlineData("\"deleteLeads\": \"yes\"", "must be \"yes, delete people\", since people are deleted for good")]
    public async Task What_a_lead_job_cannot_mean_is_a_mistake_of_the_job_file(string setting, string told)
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        local.WriteJobs(People.Replace("\"onSeveralMatches\": \"reject\"", setting, StringComparison.Ordinal));

        // When
        var check = await local.RunAsync("jobs", "check");

        // Then
        Assert.Equal(2, check.ExitCode);
        Assert.Contains(told, check.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }
}
