using Spectre.Console;
using Spectre.Console.Rendering;

namespace MarketoLambda.Cli.Output;

/// <summary>What people read goes to stderr, so that stdout stays for programs. Nothing that a source holds acts on the terminal.</summary>
internal static class Terminal
{
    private const int WidthOfFiles = 120;
    private const string GreyOn = "\e[90m";
    private const string GreyOff = "\e[0m";

    /// <summary>Colours and live parts where stderr is a terminal, plain text otherwise.</summary>
    public static IAnsiConsole People { get; } = Create();

    /// <summary>Whether someone watches: live progress makes sense.</summary>
    public static bool IsWatched => !Console.IsErrorRedirected && People.Profile.Capabilities.Ansi;

    /// <summary>Whether somebody can be asked: who watches can also type.</summary>
    public static bool CanAsk => IsWatched && !Console.IsInputRedirected;

    /// <summary>A line, wrapped at the terminal's width; never wrapped in a file, so that it can be searched.</summary>
    public static void Line(string text = "") => Styled(text, "default");

    /// <summary>What a program wrote or reads: the terminal breaks it where it must, so that it can be copied whole.</summary>
    public static void Verbatim(string text) =>
        Console.Error.WriteLine(IsWatched ? $"{GreyOn}{VisibleText.From(text)}{GreyOff}" : VisibleText.From(text));

    /// <summary>Text in a table or grid, with every command in it as it is typed here.</summary>
    public static Text Text(string text, Style? style = null) => new(StartedAs.In(text), style);

    /// <summary>A line whose continuation, where it is too long for the terminal, stands under its first word.</summary>
    public static IRenderable Indented(string line, Style? style = null)
    {
        var text = line.TrimStart(' ');
        return new Padder(new Text(text, style), new Padding(line.Length - text.Length, 0, 0, 0));
    }

    public static void Good(string text) => Styled(text, "green");

    public static void Warning(string sentence) => Styled(sentence, "yellow");

    public static void Error(string sentence) => Styled(sentence, "red");

    /// <summary>Begins anew at the top of the terminal; nothing in a file.</summary>
    public static void Clear()
    {
        if (IsWatched)
        {
            People.Clear();
        }
    }

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

    private static void Styled(string sentence, string style)
    {
        var text = StartedAs.In(sentence);
        if (Console.IsErrorRedirected)
        {
            Console.Error.WriteLine(VisibleText.From(text));
        }
        else
        {
            People.Write(Indented(text, Style.Parse(style)));
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

        console.Pipeline.Attach(new VisibleOutput());
        return console;
    }
}
