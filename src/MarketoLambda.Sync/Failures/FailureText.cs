using MarketoLambda.Sync.Wording;
namespace MarketoLambda.Sync.Failures;

/// <summary>What may be told of a failure: our own sentences hold no secret and no field value, other people's may.</summary>
public static class FailureText
{
    private const int MaxCharacters = 8000;

    /// <summary>A sentence, with its full stop.</summary>
    public static string From(Exception failure) => $"{Bounded(Sentence(failure)).TrimEnd('.')}.";

    /// <summary>Nobody asked Marketo: there was no time left for it.</summary>
    internal const string TooLate = "The run's time was up before Marketo could be told: what came before took too long.";

    /// <summary>The same, of a call that may have been given up because the run's time was up.</summary>
    internal static string FromCall(Exception failure) =>
        failure is OperationCanceledException ? "Marketo did not answer before the run's time was up." : From(failure);

    /// <summary>A failure nobody foresaw: only a developer can say what to do.</summary>
    internal static bool IsUnexpected(Exception failure) =>
        failure is OperationCanceledException || FailureRule.Find(failure).Kind is FailureKind.Unexpected or FailureKind.AlertNotSent;

    /// <summary>Whatever a message lists, logs, mails and state records stay readable.</summary>
    private static string Bounded(string sentence) => Excerpt.Show(sentence, MaxCharacters);

    private static string Sentence(Exception failure) =>
        IsUnexpected(failure)
            ? $"The program failed unexpectedly ({failure.GetType().Name}); its log says where. "
                + "The next run starts from the last checkpoint"
        : FailureRule.Find(failure).Kind == FailureKind.File ? $"A file could not be written or read: {failure.Message}"
        : failure.Message;
}
