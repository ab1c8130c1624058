using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Limits;

namespace MarketoLambda.Marketo.Calls;

/// <summary>Turns the fault that ended a call into the exception its caller can act on.</summary>
internal static class FaultExceptions
{
    public static MarketoException ToException(this Fault fault, CallKind kind, bool mayHaveBeenExecuted, TimeSpan sinceSent, DateTimeOffset now) => fault.Error.Disposition switch
    {
        Disposition.QuotaReached => new MarketoQuotaExceededException(fault.Describe(kind), fault.Code, fault.RequestId, QuotaDay.EndOf(now)),
        Disposition.Denied or Disposition.RenewToken => new MarketoAuthorizationException(fault.Describe(kind), fault.Code, fault.RequestId),
        Disposition.RequestWrong or Disposition.RecordRejected or Disposition.TooLarge => new MarketoRequestException(fault.Describe(kind), fault.Code, fault.RequestId),
        Disposition.Ambiguous or Disposition.Transient or Disposition.Throttled =>
            new MarketoUnavailableException(fault.Describe(kind), fault.Code, fault.RequestId, mayHaveBeenExecuted, fault.Cause)
            {
                MayRunUntil = kind.IsWrite && fault.Error.Disposition == Disposition.Ambiguous && sinceSent < kind.MarketoLimit
                    ? now + kind.MarketoLimit - sinceSent
                    : null,
            },
        _ => throw new InvalidOperationException($"No exception for {fault.Error.Disposition}."),
    };
}
