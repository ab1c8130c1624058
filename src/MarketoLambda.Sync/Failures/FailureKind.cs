namespace MarketoLambda.Sync.Failures;

/// <summary>Why something failed, as far as it decides what happens next; <see cref="FailureRule"/> says what.</summary>
public enum FailureKind
{
    /// <summary>Marketo is down or out of reach.</summary>
    Unreachable,

    /// <summary>Marketo refuses this program's credentials or permissions.</summary>
    AccessDenied,

    /// <summary>The day's calls are used up.</summary>
    Quota,

    /// <summary>Marketo understood a call and refused it.</summary>
    CallRefused,

    /// <summary>What is kept in Marketo is missing or damaged.</summary>
    SetUp,

    /// <summary>The job does not fit Marketo's object.</summary>
    JobMismatch,

    /// <summary>The source cannot be read.</summary>
    Source,

    /// <summary>Too much of the source was rejected.</summary>
    TooManyRejects,

    /// <summary>The run's lease is over: another run may be at work.</summary>
    LeaseLost,

    /// <summary>A file or folder cannot be read or written.</summary>
    File,

    /// <summary>A run failed, and neither Marketo nor a person could be told.</summary>
    AlertNotSent,

    /// <summary>Nobody foresaw it: a mistake of the program.</summary>
    Unexpected,
}
