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

    /// <summary>Whatever a message lists, logs, mails and state records stay readable.</summary>
    private static string Bounded(string sentence) => sentence.Length <= MaxCharacters ? sentence : $"{sentence[..MaxCharacters]}…";

    private static string Sentence(Exception failure) => FailureRule.Find(failure).Kind switch
    {
        FailureKind.File => $"A file could not be written or read: {failure.Message}",
        FailureKind.Unexpected or FailureKind.AlertNotSent => Unexpected(failure),
        FailureKind.Unreachable when failure is OperationCanceledException => Unexpected(failure),
        _ => failure.Message,
    };

    private static string Unexpected(Exception failure) =>
        $"The program failed unexpectedly ({failure.GetType().Name}); its log says where. The next run starts from the last checkpoint";
}
