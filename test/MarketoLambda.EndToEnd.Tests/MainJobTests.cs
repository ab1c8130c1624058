using System.Text.Json.Nodes;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>The original use case, through the program and from any HTTP client.</summary>
public sealed class MainJobTests
{
    [Fact]
    public async Task A_drop_reaches_marketo_and_the_query_of_the_use_case_answers_how_far_we_got()
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        local.WriteJobs("""
            { "jobs": { "implementedProductV1_c": {
              "source": { "type": "csv", "folder": "drop", "settleSeconds": 0, "cursor": "Modified At" },
              "key": "serialNumber", "fields": { "serialNumber": "Serial Number", "quantity": "Quantity" } } } }
            """);
        local.Drop("products-1.csv", "Serial Number,Quantity,Modified At\nSN-1,1,2023-12-24T12:34:56.7Z\nSN-2,2,2023-12-24T12:00:00Z\n");

        // When
        var run = await local.RunAsync("run", "implementedProductV1_c");

        // Then
        Assert.Equal(0, run.ExitCode);
        var answer = await local.GetAsync(
            "/rest/v1/customobjects/customObjectSyncMetadata_c.json?filterType=apiName&filterValues=implementedProductV1_c&fields=highWaterMarkDT,lastIngestedFileName"
        );
        var result = Assert.Single(answer["result"]!.AsArray())!.AsObject();
        Assert.Equal(
            ["aPIName", "highWaterMarkDT", "lastIngestedFileName", "marketoGUID", "seq"],
            result.Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.Equal("2023-12-24T12:34:56Z", (string?)result["highWaterMarkDT"]);
        Assert.Equal("products-1.csv", (string?)result["lastIngestedFileName"]);

        // When
        var writes = local.Marketo.Calls.ByKind["sync"].Calls;
        var second = await local.RunAsync("run", "--all", "--json");

        // Then
        Assert.Equal(0, second.ExitCode);
        Assert.Equal("nothingNew", (string?)JsonNode.Parse(second.Output)![0]!["outcome"], StringComparer.OrdinalIgnoreCase);
        Assert.Equal(writes, local.Marketo.Calls.ByKind["sync"].Calls);
    }

    [Fact]
    public async Task The_emulator_prints_its_address_first_and_serves_until_stopped()
    {
        // Given
        using var emulator = CliProcess.Start(
            new Dictionary<string, string>(),
            AppContext.BaseDirectory,
            "emulate",
            "--client-id",
            "ID",
            "--client-secret",
            "SECRET");
        var address = new Uri(await emulator.ReadLineAsync());

        // When
        using HttpClient http = new() { BaseAddress = address };
        var token = await http.GetStringAsync("/identity/oauth/token?grant_type=client_credentials&client_id=ID&client_secret=SECRET");
        using var reset = await http.PostAsync("/_emulator/reset", content: null);
        var objects = await http.GetStringAsync("/_emulator/objects");
        await emulator.SignalAsync("INT");
        var end = await emulator.EndAsync();

        // Then
        Assert.Contains("access_token", token, StringComparison.Ordinal);
        Assert.Equal("""[{"name":"implementedProductV1_c","records":0}]""", objects);
        Assert.Equal(0, end.ExitCode);
    }

    [Fact]
    public async Task Ctrl_c_stops_at_a_checkpoint_and_the_next_run_does_the_rest()
    {
        // Given: calls slow enough to be interrupted
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        local.DropRows("a.csv", 6000);
        local.Marketo.Options.Latency = TimeSpan.FromMilliseconds(400);
        using var run = local.Start("run", "--all");
        while (local.Marketo.Count(LocalHost.ApiName) == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }

        local.Marketo.Options.Latency = TimeSpan.FromSeconds(5); // the signal may be slow, too

        // When
        await run.SignalAsync("INT");
        var interrupted = await run.EndAsync();
        local.Marketo.Options.Latency = TimeSpan.Zero;
        var reached = local.Marketo.Count(LocalHost.ApiName);
        var status = await local.RunAsync("status");
        var state = await local.GetAsync(
            "/rest/v1/customobjects/customObjectSyncMetadata_c.json?filterType=aPIName&filterValues=implementedProductV1_c&fields=lastRunOutcome,totalRecordsInEpoch"
        );

        // Then
        Assert.Equal(4, interrupted.ExitCode);
        Assert.InRange(reached, 1, 5999);
        Assert.Equal("Interrupted: the next run goes on", (string?)state["result"]![0]!["lastRunOutcome"]);
        Assert.Matches(@"Last ingested file +none yet", status.Error);
        Assert.Matches($@"Unfinished file +a\.csv  \({reached:N0} rows finished", status.Error);
        Assert.Equal(reached, (int?)state["result"]![0]!["totalRecordsInEpoch"]);

        // When
        var rest = await local.RunAsync("run", "--all");

        // Then
        Assert.Equal(0, rest.ExitCode);
        Assert.Equal(6000, local.Marketo.Count(LocalHost.ApiName));
        Assert.Equal(6000, local.Marketo.Journal.Count(write => write.Record.ObjectName == LocalHost.ApiName));
    }

    [Fact]
    public async Task Status_tells_marks_counts_and_the_last_outcome()
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        local.DropRows("a.csv", 3);
        await local.RunAsync("run", "--all");

        // When
        var people = await local.RunAsync("status");
        var programs = await local.RunAsync("status", "--json");

        // Then
        Assert.Contains("a.csv  (3 rows", people.Error, StringComparison.Ordinal);
        Assert.Empty(people.Output);
        Assert.Equal(3, (int?)JsonNode.Parse(programs.Output)![0]!["state"]!["totalRecordsInEpoch"]);
    }
}
