using MarketoLambda.Marketo.Errors;
using MarketoLambda.Sync.Claims;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Reading;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Sync.Runs;

/// <summary>What may be told of a failure: our own sentences hold no secret and no field value, other people's may.</summary>
public static class FailureText
{
    private const int Longest = 8000;

    /// <summary>A sentence, with its full stop.</summary>
    public static string Of(Exception failure) => $"{Bounded(Sentence(failure)).TrimEnd('.')}.";

    /// <summary>The same, of a call that may have been given up because the run's time was up.</summary>
    internal static string OfCall(Exception failure) => failure is OperationCanceledException ? "Marketo did not answer before the run's time was up." : Of(failure);

    /// <summary>A failure nobody foresaw: only a developer can say what to do.</summary>
    internal static bool IsUnexpected(Exception failure) => Known(failure) is null;

    /// <summary>Whatever a message lists, logs, mails and state records stay readable.</summary>
    private static string Bounded(string sentence) => sentence.Length <= Longest ? sentence : $"{sentence[..Longest]}…";

    private static string Sentence(Exception failure) =>
        Known(failure) ?? $"The program failed unexpectedly ({failure.GetType().Name}); its log says where. The next run starts from the last checkpoint";

    private static string? Known(Exception failure) => failure switch
    {
        MarketoException or SourceException or JobMismatchException or StateException or TooManyRejectsException or LeaseLostException => failure.Message,
        IOException or UnauthorizedAccessException => $"A file could not be written or read: {failure.Message}",
        _ => null,
    };
}
