using MarketoLambda.Cli.NewJobs;
using MarketoLambda.Cli.Output;

namespace MarketoLambda.Cli.Tests.NewJobs;

/// <summary>Questions at a terminal: answered by number or name, asked again where that is none, and ended by Ctrl-D and Ctrl-C.</summary>
public sealed class TypedAnswersTests
{
    private static readonly string[] Fields = ["leave it out", "price (float)", "quantity (integer)", "notes (text)", "notes2 (text)"];

    private readonly List<string> _told = [];

    [Theory]
    [InlineData("3\n", 2)]
    [InlineData("  quantity \n", 2)]
    [InlineData("Price (float)\n", 1)]
    [InlineData("leave it out\n", 0)]
    public void An_answer_is_a_number_or_a_name(string typed, int index) =>
        Assert.Equal(index, Answers(typed).Choose("Which field?", Fields));

    [Fact]
    public void Nothing_typed_is_the_first_answer() => Assert.Equal(0, Answers("\n").Choose("Which field?", Fields));

    [Theory]
    [InlineData("0\n2\n")]
    [InlineData("6\n2\n")]
    [InlineData("prize\n2\n")]
    [InlineData("-1\n2\n")]
    public void What_is_no_answer_is_told_and_asked_again(string typed)
    {
        // When
        var index = Answers(typed).Choose("Which field?", Fields);

        // Then
        Assert.Equal(1, index);
        Assert.Contains("That is none of them: type a number from 1 to 5, or a name.", _told);
    }

    [Fact]
    public void After_the_end_of_the_input_nothing_is_asked_any_more()
    {
        // Given
        var answers = Answers("");

        // When
        var first = answers.Choose("Which field?", Fields);
        var told = _told.Count;
        var second = answers.Choose("Which field now?", Fields);

        // Then
        Assert.Equal((null, null, told), (first, second, _told.Count));
        Assert.Contains("Nothing more is asked. The rest is decided, and marked in the job file where it is not certain.", _told);
    }

    [Fact]
    public void Twelve_answers_are_shown_and_all_where_somebody_wants_to_see_them()
    {
        // When
        var index = Answers("?\n30\n").Choose("Which field?", [.. Enumerable.Range(1, 30).Select(number => $"field{number}")]);

        // Then
        Assert.Equal(29, index);
        Assert.Contains("  … and 18 more: ? shows all", _told);
        Assert.Single(_told, "  30  field30");
    }

    [Fact]
    public async Task Ctrl_C_ends_a_question_that_nobody_answers()
    {
        // Given
        using CancellationTokenSource stop = new();
        TypedAnswers answers = new(new TypedLines(new SilentKeyboard(), stop.Token), _told.Add);

        // When
        var asked = Task.Run(() => answers.Choose("Which field?", Fields), CancellationToken.None);
        await stop.CancelAsync();

        // Then
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    [Theory]
    [InlineData("y\n", true)]
    [InlineData("maybe\nyes\n", true)]
    [InlineData("\n", false)]
    [InlineData("", false)]
    public void Only_a_yes_is_a_yes(string typed, bool agrees) =>
        Assert.Equal(agrees, new TypedLines(new StringReader(typed), CancellationToken.None).Agrees("Create it?", _told.Add));

    private TypedAnswers Answers(string typed) => new(new TypedLines(new StringReader(typed), CancellationToken.None), _told.Add);

    /// <summary>Nobody types.</summary>
    private sealed class SilentKeyboard : TextReader
    {
        public override string? ReadLine()
        {
            using ManualResetEventSlim never = new();
            never.Wait(TimeSpan.FromSeconds(5), CancellationToken.None);
            return null;
        }
    }
}
