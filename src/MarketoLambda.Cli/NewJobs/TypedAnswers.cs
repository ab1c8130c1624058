using System.Globalization;
using MarketoLambda.Cli.Output;
using MarketoLambda.Sync.Guesses;

namespace MarketoLambda.Cli.NewJobs;

/// <summary>Asks the person at the terminal: by number or by name. Nothing typed is the first answer, which is the likeliest.</summary>
/// <param name="lines">What is typed.</param>
/// <param name="tell">Shows a line.</param>
internal sealed class TypedAnswers(TypedLines lines, Action<string> tell) : IGuessAnswers
{
    /// <summary>Answers that are shown at once.</summary>
    private const int Shown = 12;

    private const string All = "?";

    private bool _hasEnded;

    /// <remarks>After the end of the input nobody is asked any more.</remarks>
    public int? Choose(string question, IReadOnlyList<string> answers)
    {
        if (_hasEnded)
        {
            return null;
        }

        tell("");
        tell(question);
        Show(answers, Shown);
        while (true)
        {
            tell("Number or name [1]:");
            switch (lines.Read())
            {
                case null:
                    _hasEnded = true;
                    tell("Nothing more is asked. The rest is decided, and marked in the job file where it is not certain.");
                    return null;
                case "":
                    return 0;
                case All:
                    Show(answers, answers.Count);
                    break;
                case var typed when Find(typed, answers) is { } index:
                    return index;
                default:
                    tell($"That is none of them: type a number from 1 to {answers.Count}, or a name.");
                    break;
            }
        }
    }

    private void Show(IReadOnlyList<string> answers, int most)
    {
        foreach (var (i, answer) in answers.Index().Take(most))
        {
            tell($"  {i + 1}  {answer}");
        }

        if (answers.Count > most)
        {
            tell($"  … and {answers.Count - most} more: {All} shows all");
        }
    }

    /// <summary>By its number, by its words, or by the first of them where no other begins so.</summary>
    private static int? Find(string typed, IReadOnlyList<string> answers)
    {
        if (int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number >= 1 && number <= answers.Count ? number - 1 : null;
        }

        var whole = Matching(answer => answer);
        var first = Matching(answer => answer.Split(' ')[0]);
        return whole is [var one] ? one : first is [var only] ? only : null;

        List<int> Matching(Func<string, string> part) =>
        [
            .. Enumerable.Range(0, answers.Count)
                .Where(index => part(answers[index]).Equals(typed, StringComparison.OrdinalIgnoreCase)),
        ];
    }
}
