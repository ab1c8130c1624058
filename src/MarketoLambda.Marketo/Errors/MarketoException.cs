namespace MarketoLambda.Marketo.Errors;

/// <summary>A call to Marketo failed as a whole, after the error table has had its say.</summary>
/// <remarks>Messages hold no secret, no token and no field value; they end with what to do.</remarks>
public abstract class MarketoException(string message, string? code, string? requestId, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>Marketo's code (<c>610</c>) or the HTTP status (<c>HTTP 503</c>); null where there was no answer.</summary>
    public string? Code { get; } = code;

    /// <summary>Marketo's id of the request, for Adobe's support; null where there was no answer.</summary>
    public string? RequestId { get; } = requestId;

    /// <summary>Marketo answered, and refuses this program or what it asked for: asking again changes nothing.</summary>
    public bool IsRefusal => this is MarketoAuthorizationException or MarketoRequestException;

    /// <summary>True when one of the records in the call may be the cause: sent in smaller parts, the others may go through.</summary>
    public bool MayBeContent { get; init; }
}

/// <summary>Marketo could not be reached or kept failing until the retries were used up.</summary>
public sealed class MarketoUnavailableException(
    string message,
    string? code,
    string? requestId,
    bool mayHaveBeenExecuted,
    Exception? innerException = null) : MarketoException(message, code, requestId, innerException)
{
    /// <summary>True when Marketo may have done what one of the tries of a write asked, although nobody confirmed it.</summary>
    public bool MayHaveBeenExecuted { get; } = mayHaveBeenExecuted;

    /// <summary>There is no host of the name in the settings, or no network to ask for it; or it answers, and is not Marketo.</summary>
    public bool IsAddressWrong { get; init; }

    /// <summary>
    /// Until when Marketo may still be at work on the last try: a write that must not land after the next one waits for it.
    /// Null when nothing of the call can be running any more.
    /// </summary>
    public DateTimeOffset? MayRunUntil { get; init; }
}

/// <summary>The day's calls are used up: Marketo's own limit (607), or the share of it this program keeps to.</summary>
public sealed class MarketoQuotaExceededException(string message, string? code, string? requestId, DateTimeOffset resetsAt)
    : MarketoException(message, code, requestId)
{
    /// <summary>When the daily count starts anew, UTC.</summary>
    public DateTimeOffset ResetsAt { get; } = resetsAt;
}

/// <summary>Wrong client id or secret, a missing permission, or a feature the subscription lacks.</summary>
public sealed class MarketoAuthorizationException(string message, string? code, string? requestId)
    : MarketoException(message, code, requestId);

/// <summary>Marketo understood the call and refused it: the request or what it names is wrong.</summary>
public sealed class MarketoRequestException(string message, string? code, string? requestId)
    : MarketoException(message, code, requestId);
