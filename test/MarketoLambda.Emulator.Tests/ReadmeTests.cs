using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Tests;

public sealed class ReadmeTests
{
    [Fact]
    public void Every_quirk_is_explained_with_its_default()
    {
        // Given
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "src/MarketoLambda.Emulator/README.md"));
        var quirks = typeof(EmulatorQuirks).GetProperties();
        var defaults = new EmulatorQuirks();
        // Then
        Assert.NotEmpty(quirks);
        Assert.All(
            quirks,
            quirk => Assert.Contains($"| `{quirk.Name}` | {Text(quirk.GetValue(defaults))} |", readme, StringComparison.Ordinal));
    }

    private static string Text(object? value) => value switch
    {
        true => "true",
        false => "false",
        TimeSpan { Ticks: 0 } => "0",
        _ => value?.ToString() ?? "",
    };
}
