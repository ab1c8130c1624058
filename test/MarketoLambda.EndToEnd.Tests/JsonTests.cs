using System.Text.Json.Nodes;
using MarketoLambda.Sync.State;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>What programs read: with <c>--json</c> every command prints one document, also where it fails.</summary>
public sealed class JsonTests
{
    [Theory]
    [InlineData("run car_c", "no job car_c")]
    [InlineData("run", "run --all")]
    [InlineData("status --jobs nowhere.json", "no job file")]
    [InlineData("init --jobs nowhere.json", "no job file")]
    [InlineData("init --nonsense", "--nonsense")]
    public async Task A_command_that_was_not_started_says_why(string command, string error)
    {
        // Given
        await using var local = await LocalHost.OpenAsync();

        // When
        var result = await local.RunAsync([.. command.Split(' '), "--json"]);

        // Then
        var failure = JsonNode.Parse(result.Output)!;
        Assert.Equal(2, result.ExitCode);
        Assert.Equal(("WrongInput", 2), ((string?)failure["outcome"], (int?)failure["exitCode"]));
        Assert.Contains(error, (string?)failure["error"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Marketo_out_of_reach_is_a_document_too()
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        local.Environment["Marketo__BaseUrl"] = "http://127.0.0.1:9";

        // When
        var status = await local.RunAsync("status", "--json");

        // Then
        var failure = JsonNode.Parse(status.Output)!;
        Assert.Equal((3, "MarketoUnreachable"), (status.ExitCode, (string?)failure["outcome"]));
        Assert.Contains("http://127.0.0.1:9 (connection refused)", (string?)failure["error"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_tells_what_it_did_and_warns_of_a_job_whose_object_is_missing()
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        local.WriteJobs("""
            { "jobs": {
              "implementedProductV1_c": { "source": { "type": "csv", "folder": "drop" }, "key": "serialNumber", "fields": { "serialNumber": "Serial Number" } },
              "car_c": { "source": { "type": "csv", "folder": "drop" }, "key": "vin", "fields": { "vin": "VIN" } } } }
            """);

        // When
        var init = await local.RunAsync("init", "--json");

        // Then
        var report = JsonNode.Parse(init.Output)!;
        Assert.Equal(0, init.ExitCode);
        Assert.Equal(
            ("Done", "Created", StateFields.All.Count),
            ((string?)report["outcome"], (string?)report["objects"]![0]!["outcome"], report["objects"]![0]!["fields"]!.AsArray().Count));
        var (product, car) = (report["jobs"]![0]!, report["jobs"]![1]!);
        Assert.Equal(
            ("implementedProductV1_c", true, null),
            ((string?)product["job"], (bool?)product["isStateRecordNew"], (string?)product["warning"]));
        Assert.StartsWith("Marketo has no approved custom object car_c", (string?)car["warning"], StringComparison.Ordinal);
        Assert.Contains("Create and approve it in Admin > Marketo Custom Objects", init.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_that_a_person_has_to_do_by_hand_lists_the_fields()
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        local.Marketo.Options.SchemaApiAvailable = false;

        // When
        var init = await local.RunAsync("init", "--json");

        // Then
        var report = JsonNode.Parse(init.Output)!;
        Assert.Equal(1, init.ExitCode);
        Assert.Equal(
            ("Failed", "ByHand", StateFields.All.Count),
            ((string?)report["outcome"], (string?)report["objects"]![0]!["outcome"], report["objects"]![0]!["fields"]!.AsArray().Count));
        Assert.Contains("616", (string?)report["error"], StringComparison.Ordinal);
        Assert.Contains("customObjectSyncMetadata   (Marketo adds _c", init.Error, StringComparison.Ordinal);
    }
}
