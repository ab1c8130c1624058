using MarketoLambda.Marketo.Errors;

namespace MarketoLambda.Marketo.Calls;

/// <summary>What one call went through so far.</summary>
internal sealed class CallContext(CallKind kind, CallPurpose purpose)
{
    public CallKind Kind { get; } = kind;

    public CallPurpose Purpose { get; } = purpose;

    /// <summary>Tries that failed, without those that were throttled.</summary>
    public int Tries { get; private set; }

    /// <summary>Times in a row that Marketo throttled the call.</summary>
    public int Refusals { get; private set; }

    /// <summary>Times the token was renewed since anything else came of it.</summary>
    public int Renewals { get; set; }

    /// <summary>Some try of a write may have had its effect although nobody confirmed it.</summary>
    public bool MayHaveBeenExecuted { get; private set; }

    /// <summary>A further try would be due, but <see cref="RetryBudget"/> has none left.</summary>
    public bool IsOutOfBudget { get; set; }

    public void Fail(Fault fault)
    {
        Tries++;
        (Refusals, Renewals) = (0, 0);
        MayHaveBeenExecuted |= Kind.IsWrite && fault.Error.Disposition == Disposition.Ambiguous;
    }

    public void Throttle()
    {
        Refusals++;
        Renewals = 0;
    }

    /// <summary>
    /// False where parts of the call will be tried instead, see <see cref="CallPurpose.Probe"/>, or what may be done must not be done
    /// twice.
    /// </summary>
    public bool MayRepeat(Fault fault) =>
        !(Purpose == CallPurpose.Probe && fault.Error.MayBeContent) && (Kind.IsRepeatable || !MayHaveBeenExecuted);
}
