using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;
using MarketoLambda.Sync.Failures;
using Spectre.Console;

namespace MarketoLambda.Cli.Tests.Output;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("plain, with ümlauts, 漢字 and 🙂", "plain, with ümlauts, 漢字 and 🙂")]
    [InlineData("\e]0;title\a", "␛]0;title␇")]
    [InlineData("a\rb\0\u007f", "a␍b␀␡")]
    [InlineData("a\r\nb\tc", "a\nb\tc")]
    [InlineData("\u009b2J", "\\u009b2J")]
    [InlineData("invoice\u202efdp.exe", "invoice\\u202efdp.exe")]
    [InlineData("a\ufeffb\u2028c", "a\\ufeffb\\u2028c")]
    [InlineData("می\u200cخواهم", "می\u200cخواهم")]
    public void What_would_act_on_a_terminal_is_shown(string text, string shown) => Assert.Equal(shown, VisibleText.From(text));

    [Fact]
    public void A_terminal_keeps_its_own_colours_and_gets_no_others()
    {
        // Given
        using StringWriter written = new();
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(written),
                Ansi = AnsiSupport.Yes,
                ColorSystem = ColorSystemSupport.Standard,
            }
        );
        console.Pipeline.Attach(new VisibleOutput());

        // When
        console.Write(new Text("\e]8;;http://example.com\alink", new Style(Color.Red)));

        // Then
        Assert.Contains("␛]8;;http://example.com␇link", written.ToString(), StringComparison.Ordinal);
        Assert.Contains("\e[", written.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("\e]", written.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nobody_foresaw_is_one_sentence_with_the_place_to_report_it()
    {
        Failures failures = new(isJson: false, isDebug: false);

        var exitCode = await failures.PrintFailuresAsync(() => throw new NotSupportedException("jane.doe@example.com"));

        Assert.Equal(ExitCode.Failed, exitCode);
    }
}
