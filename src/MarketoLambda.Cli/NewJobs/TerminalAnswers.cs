using MarketoLambda.Cli.Output;
using MarketoLambda.Sync.Guesses;
using Spectre.Console;

namespace MarketoLambda.Cli.NewJobs;

/// <summary>Asks the person at the terminal.</summary>
internal sealed class TerminalAnswers : IGuessAnswers
{
    private const int Shown = 12;

    public int? Choose(string question, IReadOnlyList<string> answers) =>
        Terminal.People.Prompt(
            new SelectionPrompt<int> { PageSize = Shown, Converter = index => answers[index].EscapeMarkup() }
                .Title(question.EscapeMarkup())
                .AddChoices(Enumerable.Range(0, answers.Count)));
}
