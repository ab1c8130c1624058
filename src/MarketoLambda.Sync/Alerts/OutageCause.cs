using MarketoLambda.Marketo.Errors;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Sync.Alerts;

/// <summary>Why Marketo could not be told, by who has to act.</summary>
public enum OutageCause
{
    /// <summary>Marketo is down or out of reach: nobody, as a rule.</summary>
    Unreachable,

    /// <summary>Marketo refuses this program's credentials or permissions: an administrator of Marketo.</summary>
    Refused,

    /// <summary>What is kept in Marketo is missing or damaged: whoever set the program up.</summary>
    SetUp,

    /// <summary>The day's calls are used up: nobody, until the reset.</summary>
    Quota,

    /// <summary>Anything else: whoever reads the sentence.</summary>
    Other,
}

/// <summary>Tells causes apart.</summary>
public static class OutageCauses
{
    public static OutageCause Of(Exception? failure) => failure switch
    {
        MarketoUnavailableException or OperationCanceledException => OutageCause.Unreachable,
        MarketoAuthorizationException => OutageCause.Refused,
        StateException => OutageCause.SetUp,
        MarketoQuotaExceededException => OutageCause.Quota,
        _ => OutageCause.Other,
    };
}
