using Spectre.Console;

namespace MarketoLambda.Cli.Output;

/// <summary>What people read goes to stderr, so that stdout stays for programs.</summary>
internal static class Terminal
{
    private const int WidthOfFiles = 120;

    /// <summary>Colours and live parts where stderr is a terminal, plain text otherwise.</summary>
    public static IAnsiConsole People { get; } = Create();

    /// <summary>Whether someone watches: live progress makes sense.</summary>
    public static bool IsWatched => !Console.IsErrorRedirected && People.Profile.Capabilities.Ansi;

    /// <summary>A line, wrapped at the terminal's width; never wrapped in a file, so that it can be searched.</summary>
    public static void Line(string text = "") => Styled(text, "default");

    /// <summary>A line that asks for no attention.</summary>
    public static void Dim(string text) => Styled(text, "grey");

    public static void Good(string text) => Styled(text, "green");

    public static void Warning(string sentence) => Styled(sentence, "yellow");

    public static void Error(string sentence) => Styled(sentence, "red");

    /// <summary>A live part that was cut off has left it hidden.</summary>
    public static void ShowCursor()
    {
        if (IsWatched)
        {
            People.Cursor.Show();
        }
    }

    public static void Heading(string text)
    {
        Line();
        People.Write(new Rule($"[bold]{text.EscapeMarkup()}[/]") { Justification = Justify.Left, Style = Style.Parse("grey") });
    }

    private static void Styled(string text, string style)
    {
        if (Console.IsErrorRedirected)
        {
            Console.Error.WriteLine(text);
        }
        else
        {
            People.MarkupLine($"[{style}]{text.EscapeMarkup()}[/]");
        }
    }

    private static IAnsiConsole Create()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Error),
            Ansi = Console.IsErrorRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = Console.IsErrorRedirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (Console.IsErrorRedirected)
        {
            console.Profile.Width = WidthOfFiles;
        }

        return console;
    }
}
