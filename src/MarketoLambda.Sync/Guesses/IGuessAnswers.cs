namespace MarketoLambda.Sync.Guesses;

/// <summary>Answers what a guess cannot decide.</summary>
public interface IGuessAnswers
{
    /// <summary>Chooses one of several answers.</summary>
    /// <param name="question">Without any value of the source.</param>
    /// <param name="answers">At least two; the first is the likeliest.</param>
    /// <returns>Which, from 0; null where nobody is asked: the first holds, and is marked in the job file.</returns>
    int? Choose(string question, IReadOnlyList<string> answers);
}

/// <summary>Nobody is asked.</summary>
public sealed class NoAnswers : IGuessAnswers
{
    public int? Choose(string question, IReadOnlyList<string> answers) => null;
}
