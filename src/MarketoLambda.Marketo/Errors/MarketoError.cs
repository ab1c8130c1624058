namespace MarketoLambda.Marketo.Errors;

/// <summary>What Marketo's documentation and our experience say about one error code: a row of <see cref="MarketoErrorCatalog"/>.</summary>
/// <param name="Code">Marketo's code (<c>610</c>), an HTTP status (<c>HTTP 413</c>), or a word of ours for the lack of an answer.</param>
/// <param name="Message">Adobe's words, without placeholders.</param>
/// <param name="Disposition">What happens next when a whole call fails with it.</param>
/// <param name="WhoActs">Who must do something when it does not go away.</param>
/// <param name="Remedy">What that person does, as a sentence part that follows a colon.</param>
/// <param name="Source">Where this is written.</param>
public sealed record MarketoError(string Code, string Message, Disposition Disposition, WhoActs WhoActs, string Remedy, string Source)
{
    /// <summary>What it means and what to do, for somebody in marketing who sees it as the reason of a record: whole sentences.</summary>
    public string InPlainWords
    {
        get => field ?? $"{Message}: {Remedy}.";
        init;
    }

    /// <summary>False for codes that Adobe says count against neither the daily quota nor the rate limit (marked * there).</summary>
    public bool IsCounted { get; init; } = true;

    /// <summary>True when all callers must pause, not only the one that was refused.</summary>
    public bool IsRateLimit { get; init; }

    /// <summary>True when it says that what the request names does not exist.</summary>
    public bool MeansNotFound { get; init; }

    /// <summary>True when it says that what was to be created exists.</summary>
    public bool MeansAlreadyExists { get; init; }

    /// <summary>True when it speaks of a lead: of the record itself, or of one that a record names.</summary>
    public bool IsAboutLead { get; init; }

    /// <summary>True when a record is skipped because it is already as the call wants it, or past that.</summary>
    public bool MeansNoChange { get; init; }

    /// <summary>True when it says that several records have the key.</summary>
    public bool MeansSeveralMatch { get; init; }

    /// <summary>True when a whole call may fail with it because of one of its records.</summary>
    public bool MayBeContent { get; init; }

    /// <summary>True when a record is refused because Marketo takes another one of the same call for it: alone it goes through.</summary>
    public bool IsDuplicateInCall { get; init; }

    /// <summary>
    /// True when every record of a call that is refused with it says that the job or the subscription is wrong, and not the records.
    /// </summary>
    public bool MeansMisconfigured { get; init; }

    /// <summary>True when records of the type can be written by a native CRM sync alone.</summary>
    public bool MeansOwnedByCrm { get; init; }

    /// <summary>True when Marketo's message for it may quote a field value, which must not reach a log.</summary>
    public bool MayQuoteValues { get; init; }
}

/// <summary>What happens next when a whole call fails.</summary>
public enum Disposition
{
    /// <summary>Get a new token, once, and repeat the call.</summary>
    RenewToken,

    /// <summary>Too fast: pause, then repeat.</summary>
    Throttled,

    /// <summary>Refused without being executed; repeat with growing delays.</summary>
    Transient,

    /// <summary>May have been executed; repeat a write only after Marketo must have finished with it.</summary>
    Ambiguous,

    /// <summary>No calls are left today.</summary>
    QuotaReached,

    /// <summary>A credential, permission or feature is missing.</summary>
    Denied,

    /// <summary>The request exceeds a size limit.</summary>
    TooLarge,

    /// <summary>Repeating cannot help: the request or what it names is wrong.</summary>
    RequestWrong,

    /// <summary>Meant for single records: the reason why one was skipped.</summary>
    RecordRejected,
}

/// <summary>Who must do something about an error.</summary>
public enum WhoActs
{
    /// <summary>It passes, or the program deals with it.</summary>
    Nobody,

    /// <summary>Whoever runs this program or administers Marketo.</summary>
    Operator,

    /// <summary>Whoever maintains this program.</summary>
    Developer,

    /// <summary>Whoever owns the imported data.</summary>
    DataOwner,
}
