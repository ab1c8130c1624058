namespace MarketoLambda.EndToEnd.Tests;

/// <summary>What a person at a desk does about rejects: list, export, correct, retry, dismiss.</summary>
public sealed class RejectCommandsTests
{
    private const string Jobs = """
        { "jobs": { "implementedProductV1_c": { "source": { "type": "csv", "folder": "drop", "settleSeconds": 0, "delimiter": ";", "cursor": "Changed" }, "key": "serialNumber",
          "fields": { "serialNumber": "Serial Number", "quantity": "Quantity" }, "rejects": { "stopAbovePercent": 100 } } } }
        """;

    [Theory]
    [InlineData("00-mended.csv")]
    [InlineData("02-mended.csv")]
    public async Task An_exported_file_is_corrected_dropped_again_under_any_name_and_closes_the_rejects_issue_12_E(string name)
    {
        // Given: a wrong value, a key that is missing, a row that is in order
        await using var local = await (await LocalHost.OpenAsync()).WriteJobs(Jobs)
            .Drop("01.csv", "Serial Number;Quantity;Changed\nA;one;2026-01-01\n;2;2026-01-02\nC;3;2026-01-03\n").InitializedAsync();
        await local.RunAsync("run", "--all");

        // When
        var export = await local.RunAsync("rejects", "export", LocalHost.ApiName, "mend.csv");
        var text = await File.ReadAllTextAsync(Path.Combine(local.Folder, "mend.csv"), TestContext.Current.CancellationToken);
        local.Drop(name, text.Replace("A;one", "A;1", StringComparison.Ordinal));
        var run = await local.RunAsync("run", "--all");
        var left = await local.RunAsync("rejects", "list", LocalHost.ApiName);

        // Then
        Assert.Equal((0, 0), (export.ExitCode, run.ExitCode));
        Assert.DoesNotContain("Not in it", export.Error, StringComparison.Ordinal);
        Assert.StartsWith("Serial Number;Quantity;Changed;Reject;Reject Code;Reject Reason\n", text, StringComparison.Ordinal);
        Assert.Contains("A;one;;", text, StringComparison.Ordinal);
        Assert.Equal("1", local.Marketo.Find(LocalHost.ApiName, "A")[0]["quantity"]);
        Assert.DoesNotContain(" A ", left.Error, StringComparison.Ordinal);

        // When: nothing is to come of the row without a key
        var refused = await local.RunAsync("rejects", "dismiss", LocalHost.ApiName);
        var dismissed = await local.RunAsync("rejects", "dismiss", LocalHost.ApiName, "--all");
        var none = await local.RunAsync("rejects", "list", LocalHost.ApiName);

        // Then
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("Say which", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0, dismissed.ExitCode);
        Assert.Contains("dismissed", dismissed.Error, StringComparison.Ordinal);
        Assert.Contains("has no open rejects", none.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("implementedProductV1_c")]
    [InlineData("implementedproductv1_c")]
    public async Task Rejects_are_found_whatever_the_casing_of_the_job_and_those_that_are_not_there_are_refused(string job)
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        local.Marketo.Options.Quirks.ObjectNamesIgnoreCase = true;
        await local.WriteJobs(Jobs.Replace("implementedProductV1_c", job, StringComparison.Ordinal))
            .Drop("01.csv", "Serial Number;Quantity;Changed\nA;one;2026-01-01\nB;two;2026-01-02\n").InitializedAsync();
        await local.RunAsync("run", "--all");

        // When
        var unknown = await local.RunAsync("rejects", "dismiss", job, "1", "98", "99");
        var elsewhere = await local.RunAsync("rejects", "dismiss", job, "--file", "02.csv");
        var export = await local.RunAsync("rejects", "export", job, "mend.csv");
        var retry = await local.RunAsync("rejects", "retry", job, "2");
        var dismissed = await local.RunAsync("rejects", "dismiss", job, "1");

        // Then
        Assert.Equal((2, 2), (unknown.ExitCode, elsewhere.ExitCode));
        Assert.Equal((0, 0, 0), (export.ExitCode, retry.ExitCode, dismissed.ExitCode));
        Assert.Contains($"{job} has no open rejects 98, 99.", unknown.Error, StringComparison.Ordinal);
        Assert.Contains($"{job} has no open reject from 02.csv.", elsewhere.Error, StringComparison.Ordinal);
        Assert.Contains("2 rejects", export.Error, StringComparison.Ordinal);
        Assert.Contains("1 reject tried again: 0 accepted, 1 refused again.", retry.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_that_only_may_be_the_same_stay_open_each_with_its_own_reason_issue_12_case_11()
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync())
            .WriteJobs(Jobs.Replace(", \"cursor\": \"Changed\"", "", StringComparison.Ordinal))
            .Drop("01.csv", "Serial Number;Quantity\n0015g00000AbCdE;x\n0015g00000AbCde;7\n0015g00000ZZZZZ;y\n")
            .InitializedAsync();

        // When
        await local.RunAsync("run", "--all");
        var list = await local.RunAsync("rejects", "list", LocalHost.ApiName, "--json");

        // Then
        var rows = System.Text.Json.Nodes.JsonNode.Parse(list.Output)!.AsArray();
        Assert.Equal(
            ["0015g00000AbCdE: wrong-type", "0015g00000ZZZZZ: wrong-type"],
            rows.Select(row => $"{row!["key"]}: {row["code"]}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("a.csv")]
    [InlineData("implemented-products-of-all-branches-2026-11-25.csv")]
    public async Task Names_of_files_and_records_stay_whole_whether_there_is_room_for_a_table_or_not(string file)
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        await local.WriteJobs(Jobs).Drop(file, "Serial Number;Quantity;Changed\nSERIAL-NUMBER-0001;one;2026-01-01\n").InitializedAsync();
        await local.RunAsync("run", "--all");

        // When
        var list = await local.RunAsync("rejects", "list", LocalHost.ApiName);

        // Then
        Assert.Contains(file, list.Error, StringComparison.Ordinal);
        Assert.Contains("SERIAL-NUMBER-0001", list.Error, StringComparison.Ordinal);
        Assert.Contains("(wrong-type)", list.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mark_in_the_future_is_refused()
    {
        await using var local = await (await LocalHost.OpenAsync()).WriteJobs(Jobs).InitializedAsync();

        var reset = await local.RunAsync("reset", LocalHost.ApiName, "--to", "2199-01-01");

        Assert.Equal(2, reset.ExitCode);
        Assert.Contains("is in the future", reset.Error, StringComparison.Ordinal);
    }
}
