namespace MarketoLambda.EndToEnd.Tests;

/// <summary>JSON lines with the program itself, from a folder into an emulated Marketo.</summary>
public sealed class FileKindTests
{
    [Fact]
    public async Task Json_lines_are_checked_imported_and_told_as_csv_is()
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        local.Drop(
            "a.jsonl",
            "{\"sn\":\"SN-1\",\"stock\":{\"quantity\":3}}\n{\"sn\":\"SN-2\",\"stock\":{\"quantity\":\"many\"}}\n{\"sn\":\n{\"sn\":\"SN-3\"}\n"
        );
        local.WriteJobs(
            """
            { "jobs": { "implementedProductV1_c": {
              "source": { "type": "jsonLines", "folder": "drop", "settleSeconds": 0 },
              "key": "serialNumber",
              "fields": { "serialNumber": "sn", "quantity": "stock.quantity" },
              "rejects": { "stopAbovePercent": 100 } } } }
            """);

        // When
        var check = await local.RunAsync("jobs", "check", "--all-rows");
        var run = await local.RunAsync("run", "--all");
        var rejects = await local.RunAsync("rejects", "list", LocalHost.ApiName);

        // Then
        Assert.Contains("4 rows read; of these 2 would be rejected", check.Error, StringComparison.Ordinal);
        Assert.Contains("the first is a.jsonl line 2", check.Error, StringComparison.Ordinal);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            [("SN-1", "3"), ("SN-3", null)],
            local.Marketo.Records(LocalHost.ApiName).Select(record => (record.Key, record["quantity"])).Order());
        Assert.Matches("a.jsonl line 3 .*the line is no whole JSON object", rejects.Error);
        Assert.Matches("SN-2 .*a.jsonl line 2 .*quantity needs a whole number", rejects.Error);
    }
}
