namespace MarketoLambda.Emulator.Calls;

/// <summary>One line of the call log. It holds no field value and no credential.</summary>
public sealed class CallEntry
{
    internal CallEntry(long number, DateTimeOffset arrivedAt, CallKind kind, string? objectName, int bodyBytes)
    {
        Number = number;
        ArrivedAt = arrivedAt;
        Kind = kind;
        ObjectName = objectName;
        BodyBytes = bodyBytes;
    }

    /// <summary>1 for the first request since the start or the last reset; identity and refused calls have numbers too.</summary>
    public long Number { get; }

    public DateTimeOffset ArrivedAt { get; }

    /// <summary>When it was answered; null while it is in flight.</summary>
    public DateTimeOffset? CompletedAt { get; internal set; }

    public CallKind Kind { get; }

    public string? ObjectName { get; }

    /// <summary>Records in the request's <c>input</c>.</summary>
    public int Records { get; internal set; }

    public int BodyBytes { get; }

    /// <summary>
    /// <c>ok</c>, Marketo's code, <c>http 502</c>, <c>refused</c>, <c>broken</c>, or <c>abandoned</c> when the client left first; null
    /// while it is in flight.
    /// </summary>
    public string? Outcome { get; internal set; }
}
