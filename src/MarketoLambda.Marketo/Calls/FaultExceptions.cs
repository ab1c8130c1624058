using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Limits;

namespace MarketoLambda.Marketo.Calls;

/// <summary>Turns the fault that ended a call into the exception its caller can act on.</summary>
internal static class FaultExceptions
{
    public static MarketoException ToException(this Fault fault, CallContext context, TimeSpan sinceSent, DateTimeOffset now)
    {
        var (message, error, kind) = (Message(fault, context), fault.Error, context.Kind);
        return error.Disposition switch
        {
            Disposition.QuotaReached => new MarketoQuotaExceededException(message, fault.Code, fault.RequestId, QuotaDay.EndOf(now)),
            Disposition.Denied or Disposition.RenewToken => new MarketoAuthorizationException(message, fault.Code, fault.RequestId),
            Disposition.RequestWrong or Disposition.RecordRejected or Disposition.TooLarge =>
                new MarketoRequestException(message, fault.Code, fault.RequestId) { MayBeContent = error.MayBeContent },
            Disposition.Ambiguous or Disposition.Transient or Disposition.Throttled =>
                new MarketoUnavailableException(message, fault.Code, fault.RequestId, context.MayHaveBeenExecuted, fault.Cause)
                {
                    MayBeContent = error.MayBeContent,
                    IsAddressWrong = error == MarketoErrorCatalog.HostUnknown,
                    MayRunUntil = kind.IsWrite && error.Disposition == Disposition.Ambiguous && sinceSent < kind.MarketoLimit
                        ? now + kind.MarketoLimit - sinceSent
                        : null,
                },
            _ => throw new InvalidOperationException($"No exception for {error.Disposition}."),
        };
    }

    private static string Message(Fault fault, CallContext context) =>
        context.IsOutOfBudget
            ? $"{fault.Describe(context.Kind)}; it was not tried again, because too many calls had failed before: retries are kept to a "
                + "tenth of the calls that succeed"
            : fault.Describe(context.Kind);
}
