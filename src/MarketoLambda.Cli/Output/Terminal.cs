using Spectre.Console;

namespace MarketoLambda.Cli.Output;

/// <summary>What people read goes to stderr, so that stdout stays for programs.</summary>
internal static class Terminal
{
    /// <summary>Colours and live parts where stderr is a terminal, plain text otherwise.</summary>
    public static IAnsiConsole People { get; } = AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(Console.Error),
        Ansi = Console.IsErrorRedirected ? AnsiSupport.No : AnsiSupport.Detect,
        Interactive = Console.IsErrorRedirected ? InteractionSupport.No : InteractionSupport.Detect,
    });

    /// <summary>Whether someone watches: live progress makes sense.</summary>
    public static bool IsWatched => !Console.IsErrorRedirected && People.Profile.Capabilities.Ansi;

    public static void Line(string text = "") => People.WriteLine(text);

    /// <summary>A line in which square brackets style the text.</summary>
    public static void Markup(string markup) => People.MarkupLine(markup);

    public static void Heading(string text) => People.Write(new Rule($"[bold]{text.EscapeMarkup()}[/]") { Justification = Justify.Left, Style = Style.Parse("grey") });

    public static void Error(string sentence) => People.MarkupLine($"[red]{sentence.EscapeMarkup()}[/]");

    public static void Warning(string sentence) => People.MarkupLine($"[yellow]{sentence.EscapeMarkup()}[/]");
}
