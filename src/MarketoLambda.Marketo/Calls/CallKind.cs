namespace MarketoLambda.Marketo.Calls;

/// <summary>A kind of call, as far as the pipeline treats kinds differently.</summary>
/// <param name="Name">Word for logs and messages.</param>
/// <param name="MarketoLimit">How long Marketo works on such a call at most. Source: Adobe, rest-api/custom-objects, "Timeouts".</param>
/// <param name="IsWrite">True when repeating it while the first try may still run could do harm.</param>
internal sealed record CallKind(string Name, TimeSpan MarketoLimit, bool IsWrite)
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(30);

    public static readonly CallKind Token = new("token", Usual, IsWrite: false);
    public static readonly CallKind Describe = new("describe", Usual, IsWrite: false);
    public static readonly CallKind Query = new("query", Usual, IsWrite: false);
    public static readonly CallKind Sync = new("sync", TimeSpan.FromSeconds(120), IsWrite: true) { CarriesValues = true };
    public static readonly CallKind Delete = new("delete", TimeSpan.FromSeconds(60), IsWrite: true) { CarriesValues = true };
    public static readonly CallKind ReadSchema = new("read-schema", Usual, IsWrite: false);
    public static readonly CallKind WriteSchema = new("write-schema", Usual, IsWrite: true);
    public static readonly CallKind ReadUsage = new("usage", Usual, IsWrite: false);

    /// <summary>
    /// Its request holds field values of records, which Marketo's words about it may quote. Queries are for the program's own records.
    /// </summary>
    public bool CarriesValues { get; private init; }

    /// <summary>False where a try that may have been executed is the last one: a repetition would write again.</summary>
    public bool IsRepeatable { get; init; } = true;

    /// <summary>
    /// When we stop waiting for an answer: later than Marketo itself, or the abandoned call would go on holding one of its 10 places.
    /// </summary>
    public TimeSpan TimeOut => MarketoLimit + TimeSpan.FromSeconds(10);
}
