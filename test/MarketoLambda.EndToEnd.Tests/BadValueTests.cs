using System.Text.Json.Nodes;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>Values that their field cannot take: the row is rejected, and comes in once it can.</summary>
public sealed class BadValueTests
{
    [Fact]
    public async Task A_value_of_the_wrong_type_is_rejected_and_the_run_goes_on()
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        local.Drop("a.csv", "Serial Number,Quantity\nSN-1,1\nSN-2,personal\nSN-3,3\n");

        // When
        var run = await local.RunAsync("run", "--all");

        // Then
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(2, local.Marketo.Count(LocalHost.ApiName));
        var list = await local.RunAsync("rejects", "list", LocalHost.ApiName);
        var json = JsonNode.Parse((await local.RunAsync("rejects", "list", LocalHost.ApiName, "--json")).Output)![0]!;
        Assert.Matches("SN-2 .*a.csv line 3 .*quantity needs a whole number", list.Error);
        Assert.Equal(
            ("SN-2", "wrong-type", "a.csv"),
            ((string?)json["key"], (string?)json["code"], (string?)json["location"]!["container"]));
        Assert.DoesNotContain("personal", list.Error + run.Error + run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rejects_may_be_kept_in_a_folder_and_then_the_program_only_writes_them()
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        local.Environment["Sync__RejectsFolder"] = "rejects";
        local.Drop("a.csv", "Serial Number,Quantity\nSN-1,1\nSN-2,personal\nSN-3,3\n");

        // When
        var run = await local.RunAsync("run", "--all");
        var list = await local.RunAsync("rejects", "list", LocalHost.ApiName);

        // Then
        var reject = await File.ReadAllTextAsync(Path.Combine(local.Folder, "rejects", "implementedProductV1_c.jsonl"));
        Assert.Contains("\"source\":\"a.csv\",\"row\":3,\"key\":\"SN-2\",\"code\":\"wrong-type\"", reject, StringComparison.Ordinal);
        Assert.DoesNotContain("personal", reject + run.Error + run.Output, StringComparison.Ordinal);
        Assert.Equal((0, 2), (run.ExitCode, list.ExitCode));
        Assert.Contains("keep rejected records in", list.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_corrected_mapping_and_rejects_retry_bring_refused_rows_in()
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        local.Drop("a.csv", "Serial Number,Quantity\nSN-1,1\nSN-2,two\nSN-3,3\n");
        await local.RunAsync("run", "--all");
        var inVain = await local.RunAsync("rejects", "retry", LocalHost.ApiName);
        local.WriteJobs(
            """{ "jobs": { "implementedProductV1_c": { "source": { "type": "csv", "folder": "drop" }, "key": "serialNumber", "fields": { "serialNumber": "Serial Number", "quantity": { "from": "Quantity", "map": { "two": "2", "1": "1", "3": "3" } } } } } }"""
        );

        // When
        var retry = await local.RunAsync("rejects", "retry", LocalHost.ApiName);
        var list = await local.RunAsync("rejects", "list", LocalHost.ApiName);

        // Then
        Assert.Equal((0, 0), (retry.ExitCode, list.ExitCode));
        Assert.Contains("1 reject of earlier runs is still open: marketo-lambda rejects list", inVain.Error, StringComparison.Ordinal);
        Assert.Contains("1 earlier reject accepted", retry.Error, StringComparison.Ordinal);
        Assert.Contains("no open rejects", list.Error, StringComparison.Ordinal);
        Assert.Equal("2", local.Marketo.Find(LocalHost.ApiName, "SN-2")[0]["quantity"]);
    }
}
