using System.Globalization;
using System.Text.RegularExpressions;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>What the demos print.</summary>
public sealed class DemoTests
{
    [Fact]
    public async Task The_demo_proves_that_nothing_is_lost_and_says_how_its_counts_hang_together()
    {
        var demo = await RunAsync("demo");

        Assert.Equal(0, demo.ExitCode);
        Assert.Contains("0 missing, 0 doubled", demo.Error, StringComparison.Ordinal);
        Assert.Contains("What is safe", demo.Error, StringComparison.Ordinal);
        Assert.Contains("\"notes\": \"the second row of SN-000601, and the one that counts\"", demo.Error, StringComparison.Ordinal);
        Assert.Matches(@"By the emulated clock that took [\d.]+ (s|min), by yours [\d.]+ s\.", demo.Error);
        Assert.Matches(@"(The connection broke|No connection to Marketo) \([a-z-]+\)\. The call is made again in", demo.Error);
        Assert.DoesNotContain("The sync call", demo.Error, StringComparison.Ordinal);
        var (held, told, finished, twice) = Counts(demo.Error);
        Assert.True(held >= told && told >= finished, $"{held} {told} {finished}");
        Assert.Equal(held - finished, twice);
    }

    [Fact]
    public async Task The_demo_of_people_shows_who_is_there_twice_and_what_waits_and_counts_in_the_end()
    {
        var demo = await RunAsync("demo", "--leads");

        Assert.True(demo.ExitCode == 0, demo.Error);
        Assert.Contains("1 waiting for the person or record that they name", demo.Error, StringComparison.Ordinal);
        Assert.Contains("2 people share this", demo.Error, StringComparison.Ordinal);
        Assert.Contains("  1007: Several people or records have this key", demo.Error, StringComparison.Ordinal);
        Assert.Contains("\"externalCompanyId\": \"A-2\"", demo.Error, StringComparison.Ordinal);
        Assert.Matches("device_c: Succeeded .*1 earlier reject accepted", demo.Error);
        Assert.Matches("people: Succeeded .*1 earlier reject accepted", demo.Error);
        Assert.Contains(
            "People 3, each address once, 3 of them at their company; devices 2, 2 of them linked to their owner; records that wait or "
                + "are put aside: 0.",
            demo.Error,
            StringComparison.Ordinal);
        Assert.Contains("Nothing is lost, nothing is doubled.", demo.Error, StringComparison.Ordinal);
    }

    private static (int Held, int Told, int Finished, int Twice) Counts(string text)
    {
        var found = Regex.Match(
            text, "it holds ([0-9,]+); of those it had told the run of ([0-9,]+) .* remembers ([0-9,]+) .* so that ([0-9,]+)");
        Assert.True(found.Success, text);
        return (Number(1), Number(2), Number(3), Number(4));

        int Number(int group) => int.Parse(found.Groups[group].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
    }

    private static Task<CliResult> RunAsync(params string[] arguments) =>
        CliProcess.RunAsync(new Dictionary<string, string>(), AppContext.BaseDirectory, arguments);
}
