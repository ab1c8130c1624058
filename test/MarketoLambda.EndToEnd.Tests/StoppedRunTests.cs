using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>A run that rejects too much stops, and says at what.</summary>
public sealed class StoppedRunTests
{
    private const string Jobs = """
        { "jobs": { "device_c": { "source": { "type": "csv", "folder": "drop", "settleSeconds": 0, "delimiter": ";" },
          "key": "serialNumber",
          "fields": { "serialNumber": "Serial Number", "isActive": "Aktiv" } } } }
        """;

    [Fact]
    public async Task A_boolean_in_german_names_field_example_and_remedy_and_is_shown_where_rejects_are_issue_15()
    {
        // Given
        var rows = string.Join('\n', Enumerable.Range(1, 30).Select(row => $"SN-{row};Ja"));
        await using var local = await LocalHost.OpenAsync();
        local.Marketo.DefineObject("device_c", "Device", FieldDefinition.Key("serialNumber"), new FieldDefinition("isActive", "boolean"));
        await local.WriteJobs(Jobs).Drop("01.csv", $"Serial Number;Aktiv\n{rows}\n").InitializedAsync();

        // When
        var run = await local.RunAsync("run", "--all");
        var list = await local.RunAsync("rejects", "list", "device_c");

        // Then
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("use \"map\", such as { \"Ja\": true, \"Nein\": false }", run.Error, StringComparison.Ordinal);
        Assert.Contains("marketo-lambda rejects list device_c", run.Error, StringComparison.Ordinal);
        Assert.Contains("Run 1 stopped because too much was rejected", list.Error, StringComparison.Ordinal);
        Assert.Matches(@"SN-1, 01\.csv line 2, field isActive: isActive needs true or false", list.Error);
        Assert.Contains("has no open rejects", list.Error, StringComparison.Ordinal);
    }
}
