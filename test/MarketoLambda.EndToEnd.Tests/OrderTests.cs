using System.Text.Json.Nodes;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary><c>run --all</c> keeps the order of jobs.</summary>
public sealed class OrderTests
{
    [Fact]
    public async Task A_job_runs_after_the_one_it_names_and_the_check_says_so()
    {
        // Given
        await using var local = await OpenAsync("\"after\": \"accounts\"");

        // When
        var check = await local.RunAsync("jobs", "check");
        var run = await local.RunAsync("run", "--all", "--json");

        // Then
        Assert.True(check.ExitCode == 0, check.Error);
        Assert.Contains(", after accounts", check.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(["accounts Succeeded", $"{LocalHost.ApiName} Succeeded"], Outcomes(run.Output));
    }

    [Fact]
    public async Task After_a_failed_job_the_next_is_skipped_and_one_sentence_names_the_failed_one()
    {
        // Given
        await using var local = await OpenAsync("\"after\": \"accounts\"");
        local.Marketo.Options.CrmSync = true;

        // When
        var all = await local.RunAsync("run", "--all", "--json");
        var alone = await local.RunAsync("run", LocalHost.ApiName);

        // Then
        Assert.Equal(1, all.ExitCode);
        Assert.Equal(["accounts Failed", $"{LocalHost.ApiName} Skipped"], Outcomes(all.Output));
        Assert.Contains(
            $"{LocalHost.ApiName} is skipped in this round, because accounts, which comes before it, has failed. "
                + $"The next round goes on with it; \"marketo-lambda run {LocalHost.ApiName}\" runs it now.",
            all.Error.ReplaceLineEndings(" "),
            StringComparison.Ordinal);
        Assert.True(alone.ExitCode == 0, alone.Error);
        Assert.Single(local.Marketo.Records(LocalHost.ApiName));
    }

    [Fact]
    public async Task After_a_failed_job_the_next_runs_all_the_same_where_it_says_so()
    {
        // Given
        await using var local = await OpenAsync("\"after\": \"accounts\", \"afterUnfinished\": \"run\"");
        local.Marketo.Options.CrmSync = true;

        // When
        var run = await local.RunAsync("run", "--all", "--json");

        // Then
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["accounts Failed", $"{LocalHost.ApiName} Succeeded"], Outcomes(run.Output));
    }

    private static IEnumerable<string> Outcomes(string json) =>
        JsonNode.Parse(json)!.AsArray().Select(report => $"{report!["job"]} {report["outcome"]}");

    /// <summary>The file names the later job first.</summary>
    private static async Task<LocalHost> OpenAsync(string order)
    {
        var local = await LocalHost.OpenAsync();
        local
            .WriteJobs($$"""
                { "jobs": {
                  "implementedProductV1_c": {
                    "source": { "type": "csv", "folder": "drop", "pattern": "p*.csv", "settleSeconds": 0 },
                    "key": "serialNumber",
                    "fields": { "serialNumber": "Serial Number" },
                    {{order}}
                  },
                  "accounts": {
                    "source": { "type": "csv", "folder": "drop", "pattern": "a*.csv", "settleSeconds": 0 },
                    "target": { "type": "company" },
                    "key": "externalCompanyId",
                    "fields": { "externalCompanyId": "Account" }
                  } } }
                """)
            .Drop("a.csv", "Account\nA-1\n")
            .Drop("p.csv", "Serial Number\nSN-1\n");
        await local.InitializedAsync();
        return local;
    }
}
