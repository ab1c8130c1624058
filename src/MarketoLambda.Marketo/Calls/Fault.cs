using MarketoLambda.Marketo.Errors;

namespace MarketoLambda.Marketo.Calls;

/// <summary>Why one try of a call failed.</summary>
/// <param name="Error">The row of the table that decides what happens next.</param>
/// <param name="Code">Marketo's code or the HTTP status; null where there was no answer.</param>
/// <param name="Message">Marketo's own words, if they may be shown; otherwise the table's.</param>
/// <param name="RequestId">Marketo's id of the request.</param>
/// <param name="Cause">Exception of the connection, never one that holds a request.</param>
internal sealed record Fault(MarketoError Error, string? Code, string Message, string? RequestId, Exception? Cause = null)
{
    /// <summary>The try never left this computer.</summary>
    public bool IsNotSent => Error == MarketoErrorCatalog.NotSent || Error == MarketoErrorCatalog.HostUnknown;

    /// <summary>For logs: the code, or the word for the lack of one.</summary>
    public string Label => Code ?? Error.Code;

    /// <summary>What people read: what happened, and what to do about it.</summary>
    public string Describe(CallKind kind)
    {
        var label = Code is null ? "" : $" ({Code})";
        var request = RequestId is null ? "" : $" [{kind.Name}, request {RequestId}]";
        return $"{Message}{label}: {Error.Remedy}{request}";
    }

    /// <summary>Without Marketo's own message; a redirect's names a host and is ours.</summary>
    public Fault InOurWords() => Error == MarketoErrorCatalog.Redirected ? this : this with { Message = Error.Message };

    public static Fault Without(MarketoError error, Exception? cause = null) => new(error, null, error.Message, null, cause);
}
