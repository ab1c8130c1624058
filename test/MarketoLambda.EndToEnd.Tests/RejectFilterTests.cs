using System.Text.Json.Nodes;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>Rejects are chosen by code, field and time, the same for every command.</summary>
public sealed class RejectFilterTests
{
    private const string Jobs = """
        { "jobs": { "implementedProductV1_c": { "source": { "type": "csv", "folder": "drop", "settleSeconds": 0 }, "key": "serialNumber",
          "fields": { "serialNumber": "Serial Number", "quantity": "Quantity" }, "rejects": { "stopAbovePercent": 100 } } } }
        """;

    [Theory]
    [InlineData("2, 1", "--code", "wrong-type")]
    [InlineData("2, 1", "--field", "QUANTITY")]
    [InlineData("3", "--code", "missing-key")]
    [InlineData("3, 2, 1", "--since", "2026-01-01")]
    [InlineData("", "--since", "2199-01-01")]
    [InlineData("", "--code", "missing-key", "--field", "quantity")]
    public async Task Rejects_are_listed_by_what_is_asked_for(string numbers, params string[] options)
    {
        // Given
        await using var local = await WithRejectsAsync();

        // When
        var list = await local.RunAsync(["rejects", "list", LocalHost.ApiName, "--json", .. options]);

        // Then
        Assert.Equal(numbers, string.Join(", ", JsonNode.Parse(list.Output)!.AsArray().Select(row => (int)row!["number"]!)));
    }

    [Fact]
    public async Task Programs_get_field_and_value_and_what_would_be_sent_as_json()
    {
        // Given
        await using var local = await WithRejectsAsync();

        // When
        var list = await local.RunAsync("rejects", "list", LocalHost.ApiName, "--json", "--field", "quantity");

        // Then
        var row = JsonNode.Parse(list.Output)!.AsArray()[1]!;
        Assert.Equal(("quantity", "one"), ((string?)row["field"], (string?)row["value"]));
        Assert.Equal("one", (string?)row["payload"]!["row"]!["Quantity"]);
        Assert.True((bool)row["location"]!["isLine"]!);
    }

    [Fact]
    public async Task People_see_field_and_line_and_values_on_a_terminal_only()
    {
        // Given
        await using var local = await WithRejectsAsync();

        // When
        var list = await local.RunAsync("rejects", "list", LocalHost.ApiName);

        // Then
        Assert.Matches(@"A +a\.csv line 2 +quantity ", list.Error);
        Assert.Contains("  wrong-type: A value is not what its field holds", list.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("\"one\"", list.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_that_the_job_does_not_have_is_told_with_the_one_that_was_meant()
    {
        await using var local = await WithRejectsAsync();

        var list = await local.RunAsync("rejects", "list", LocalHost.ApiName, "--field", "quantitty");

        Assert.Equal(2, list.ExitCode);
        Assert.Contains("has no field quantitty (did you mean quantity?).", list.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_retry_says_how_many_were_tried_and_how_many_were_refused_again()
    {
        // Given: one of two wrong values has a meaning now
        await using var local = await WithRejectsAsync();
        local.WriteJobs(Jobs.Replace(
            "\"Quantity\"", """{ "from": "Quantity", "map": { "one": 1, "*": { "keep": true } } }""", StringComparison.Ordinal));

        // When
        var retry = await local.RunAsync("rejects", "retry", LocalHost.ApiName, "--code", "wrong-type");
        var left = await local.RunAsync("rejects", "list", LocalHost.ApiName, "--json");

        // Then
        Assert.Contains("2 rejects tried again: 1 accepted, 1 refused again.", retry.Error, StringComparison.Ordinal);
        Assert.Equal([3, 2], JsonNode.Parse(left.Output)!.AsArray().Select(row => (int)row!["number"]!));
    }

    [Fact]
    public async Task A_dry_run_says_what_the_retry_of_these_would_do_and_writes_nothing()
    {
        // Given: one of two wrong values has a meaning now
        await using var local = await WithRejectsAsync();
        local.WriteJobs(Jobs.Replace(
            "\"Quantity\"", """{ "from": "Quantity", "map": { "one": 1, "*": { "keep": true } } }""", StringComparison.Ordinal));
        var before = Contents(local);

        // When
        var preview = await local.RunAsync("rejects", "retry", LocalHost.ApiName, "--code", "wrong-type", "--dry-run", "--json");

        // Then
        Assert.Equal(before, Contents(local));
        Assert.Equal(1, preview.ExitCode);
        Assert.Contains("what a retry of 2 rejects would do", preview.Error, StringComparison.Ordinal);
        Assert.Contains("1 created · 0 updated · 0 unchanged · 1 rejected", preview.Error, StringComparison.Ordinal);
        Assert.Contains("1 record rejected (wrong-type, field quantity)", preview.Error, StringComparison.Ordinal);
        Assert.Contains("the first is a.csv line 3", preview.Error, StringComparison.Ordinal);
        Assert.Equal((1, 1), Counts(preview.Output));
    }

    [Fact]
    public async Task What_a_dry_run_cannot_try_is_told_with_what_to_do()
    {
        await using var local = await WithRejectsAsync();

        var preview = await local.RunAsync("rejects", "retry", LocalHost.ApiName, "--dry-run");

        Assert.Contains("1 reject without a key: correct the file and drop it again", preview.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_dismissed_and_exported_by_code_leaves_the_others_open()
    {
        // Given
        await using var local = await WithRejectsAsync();

        // When
        var export = await local.RunAsync("rejects", "export", LocalHost.ApiName, "mend.csv", "--field", "quantity");
        var dismiss = await local.RunAsync("rejects", "dismiss", LocalHost.ApiName, "--code", "missing-key");
        var left = await local.RunAsync("rejects", "list", LocalHost.ApiName, "--json");

        // Then
        Assert.Equal((0, 0), (export.ExitCode, dismiss.ExitCode));
        Assert.Contains("2 rejects of implementedProductV1_c for the field quantity.", export.Error, StringComparison.Ordinal);
        Assert.Equal([2, 1], JsonNode.Parse(left.Output)!.AsArray().Select(row => (int)row!["number"]!));
    }

    [Fact]
    public async Task What_no_open_reject_fits_is_refused()
    {
        await using var local = await WithRejectsAsync();

        var dismiss = await local.RunAsync("rejects", "dismiss", LocalHost.ApiName, "--code", "wrong-tipe");

        Assert.Equal(2, dismiss.ExitCode);
        Assert.Contains("has no open reject with the code wrong-tipe.", dismiss.Error, StringComparison.Ordinal);
    }

    private static (int Created, int Rejected) Counts(string output)
    {
        var preview = JsonNode.Parse(output)![0]!;
        return ((int)preview["created"]!, (int)preview["rejected"]!);
    }

    private static List<string> Contents(LocalHost local) =>
        [
            .. local.Marketo.ObjectNames.SelectMany(name =>
                local.Marketo.Records(name).Select(record => $"{name} {record.Id} {record.UpdatedAt:O} {string.Join(',', record.Fields)}")),
        ];

    private static async Task<LocalHost> WithRejectsAsync()
    {
        var local = await (await LocalHost.OpenAsync()).WriteJobs(Jobs).InitializedAsync();
        local.Drop("a.csv", "Serial Number,Quantity\nA,one\nB,two\n,3\nC,4\n");
        await local.RunAsync("run", "--all");
        return local;
    }
}
