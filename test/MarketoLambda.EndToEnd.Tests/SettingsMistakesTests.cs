namespace MarketoLambda.EndToEnd.Tests;

/// <summary>Mistakes in several sections of the settings.</summary>
public sealed class SettingsMistakesTests
{
    [Fact]
    public async Task All_are_told_at_once_and_are_no_mistake_of_the_program()
    {
        await using var local = await LocalHost.OpenAsync();
        local.Environment.Remove("Marketo__ClientId");
        local.Environment["Alerts__To"] = "oncall@example.com";

        var status = await local.RunAsync("status");

        Assert.Equal(2, status.ExitCode);
        Assert.Contains("Marketo__ClientId is missing", status.Error, StringComparison.Ordinal);
        Assert.Contains("Alerts__SmtpHost is missing", status.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("mistake of the program", status.Error, StringComparison.Ordinal);
    }
}
