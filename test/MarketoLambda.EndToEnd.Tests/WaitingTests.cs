using System.Text.Json.Nodes;
using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>What people see of records that wait for a person who is not in Marketo yet.</summary>
public sealed class WaitingTests
{
    private const string Owned = "owned_c";

    [Fact]
    public async Task They_are_told_apart_from_rejects_with_since_when_and_until_when_they_wait()
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        local.Marketo.DefineObject(Owned, "Owned", FieldDefinition.Key("sku"), FieldDefinition.Link("owner", "lead", "id"));
        local
            .WriteJobs($$"""
                { "jobs": { "{{Owned}}": {
                  "source": { "type": "csv", "folder": "drop", "settleSeconds": 0 },
                  "key": "sku",
                  "fields": { "sku": "Sku", "owner": "Owner" }
                } } }
                """)
            .Drop("a.csv", "Sku,Owner\nS-1,\nS-2,7\nS-3,8\n,9\n");
        await local.InitializedAsync();

        // When
        var run = await local.RunAsync("run", Owned);
        var status = await local.RunAsync("status", Owned);
        var list = await local.RunAsync("rejects", "list", Owned);
        var listed = await local.RunAsync("rejects", "list", Owned, "--json");
        var told = await local.RunAsync("status", Owned, "--json");

        // Then
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("1 rejected, 2 waiting for the person or record that they name", OneLine(run), StringComparison.Ordinal);
        Assert.Matches("Open rejects +1 ", OneLine(status));
        Assert.Matches(
            "Waiting records +2 +\\(for the person or record they name, tried again from .*Z, given up after 24 hours\\)",
            OneLine(status));
        Assert.Contains("Waits since", OneLine(list), StringComparison.Ordinal);
        Assert.Contains("2 records of these wait and are tried again by the runs from", OneLine(list), StringComparison.Ordinal);
        Assert.Equal(
            ["Open", "Waiting", "Waiting"],
            JsonNode.Parse(listed.Output)!.AsArray().Select(row => (string?)row!["stage"]).Order(StringComparer.Ordinal));
        Assert.Equal(("1", "2"), (Rejects(told)["open"]!.ToString(), Rejects(told)["waiting"]!.ToString()));
    }

    private static JsonNode Rejects(CliResult status) => JsonNode.Parse(status.Output)![0]!["state"]!["rejects"]!;

    /// <summary>Tables break their cells: blanks are not compared.</summary>
    private static string OneLine(CliResult result) =>
        string.Join(' ', result.Error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
