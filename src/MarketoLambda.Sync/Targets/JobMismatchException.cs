namespace MarketoLambda.Sync.Targets;

/// <summary>A job does not fit what it fills; nothing was sent.</summary>
internal sealed class JobMismatchException(string message) : Exception(message)
{
    /// <summary>Marketo's code, where it told the mismatch.</summary>
    internal string? Code { get; init; }
}
