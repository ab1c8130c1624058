using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>What people read of a dry run.</summary>
public sealed class DryRunTests
{
    [Fact]
    public async Task Values_are_written_as_they_would_be_sent()
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        local.Marketo.DefineObject("deviceV1_c", "Device", FieldDefinition.Key("serial"), new FieldDefinition("isActive", "boolean"));
        local.WriteJobs(
            """{ "jobs": { "deviceV1_c": { "source": { "type": "csv", "folder": "drop", "settleSeconds": 0 }, "key": "serial", "fields": { "serial": "Serial", "isActive": "Active" } } } }""");
        local.Drop("a.csv", "Serial,Active\nD-1,yes\n");
        await local.InitializedAsync();

        // When
        var preview = await local.RunAsync("run", "--all", "--dry-run");

        // Then
        Assert.Contains("create D-1: serial \"D-1\", isActive \"true\"", preview.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_updates_that_would_change_nothing_it_says_how_many_and_what_leaves_them_alone()
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        local.DropRows("a.csv", 3);
        await local.RunAsync("run", "--all");

        // When
        var preview = await local.RunAsync("reset", LocalHost.ApiName, "--dry-run");

        // Then
        Assert.Contains("0 created · 3 updated · 0 unchanged", preview.Error, StringComparison.Ordinal);
        Assert.Contains("3 of the updates would change nothing: \"skipUnchanged\": true", preview.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("update SN-", preview.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_a_run_would_stop_stands_before_what_it_would_have_done_until_then()
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        local.Drop("a.csv", "Serial Number,Quantity\n" + string.Concat(Enumerable.Range(0, 1000).Select(row => $"SN-{row},many\n")));

        // When
        var preview = await local.RunAsync("run", "--all", "--dry-run");

        // Then
        Assert.Equal(1, preview.ExitCode);
        Assert.Matches("(?s)It would stop: 1,000 of the first 1,000 records.*Before that, in custom object .*: 0 created", preview.Error);
    }

    [Fact]
    public async Task Where_nothing_is_new_it_says_nothing_of_time()
    {
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();

        var preview = await local.RunAsync("run", "--all", "--dry-run");

        Assert.Equal(0, preview.ExitCode);
        Assert.Contains("0 created", preview.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("It would take", preview.Error, StringComparison.Ordinal);
    }
}
