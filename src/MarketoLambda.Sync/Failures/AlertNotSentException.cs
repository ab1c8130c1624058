namespace MarketoLambda.Sync.Failures;

/// <summary>
/// A run failed, Marketo could not be told, and no alert could be sent: the third trace a run can leave is that it fails itself.
/// </summary>
/// <param name="message">All three in words, without secrets or field values.</param>
/// <param name="failure">Why the alert could not be sent.</param>
public sealed class AlertNotSentException(string message, Exception failure) : AggregateException(message, failure)
{
    /// <summary>Without what an aggregate adds of its parts: the sentence has it already.</summary>
    public override string Message { get; } = message;
}
