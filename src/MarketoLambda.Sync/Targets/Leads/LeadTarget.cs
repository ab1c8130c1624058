using MarketoLambda.Marketo;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Leads;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Targets.Unchanged;

namespace MarketoLambda.Sync.Targets.Leads;

/// <summary>Leads: people.</summary>
/// <param name="LookupField">The field that tells whether a lead exists.</param>
/// <param name="Mode">What may be done to one.</param>
internal sealed record LeadTarget(string LookupField, WriteMode Mode) : ITarget
{
    /// <summary>The field by which leads are told apart where nothing else is said. Source: Adobe, rest-api/leads.</summary>
    public const string Email = "email";

    /// <summary><c>"id":2147483647,</c> and more, in each record that is sent again by its id.</summary>
    private const int IdBytes = 30;

    /// <summary>Name of the lead partition; null for the default one.</summary>
    public string? Partition { get; init; }

    /// <summary>Which lead is meant where several have the key.</summary>
    public SeveralMatches OnSeveralMatches { get; init; }

    /// <summary>A record that the source has deleted takes the person out of Marketo.</summary>
    public bool DeletesPeople { get; init; }

    public string Description => "leads";

    public string? ApiName => null;

    public string Permission => "Read-Write Person";

    public string WhatIsMissing => "Marketo does not know leads";

    public string RemedyWhereMissing => "Check Marketo__BaseUrl: every subscription has leads.";

    public bool ChoosesAmongSeveral => OnSeveralMatches != SeveralMatches.Reject;

    public MarketoError RecordNotFound => MarketoErrorCatalog.LeadNotFound;

    public MarketoError RecordExists => MarketoErrorCatalog.LeadExists;

    public TargetLimits Limits { get; } = new(CallLimits.RecordsPerCall, CallLimits.BodyBytes, LeadsClient.MaxSync);

    public IReadOnlyList<string> Advice => [.. AllAdvice()];

    /// <summary>How its calls find and write leads.</summary>
    public LeadSync Sync => field ??= new LeadSync(Mode.Action, LookupField, Partition);

    public long SizeOf(int records, long recordBytes) =>
        Sync.Measure(records, recordBytes) + (OnSeveralMatches == SeveralMatches.Reject ? 0 : records * IdBytes);

    public ITargetWriter Open(MarketoClient marketo) => UnchangedFilter.Before(new LeadWriter(this, marketo.Leads));

    private IEnumerable<string> AllAdvice()
    {
        if (Mode.ComparesFirst)
        {
            yield return "leads are read before they are written, so that unchanged ones are not sent: one call more for every 300; "
                + "\"skipUnchanged\": false saves it where nearly all are new";
        }

        if (DeletesPeople)
        {
            yield return "a record that the source has deleted takes the PERSON out of Marketo for good, with all history";
        }

        if (Mode.Action == SyncAction.CreateDuplicate)
        {
            yield return "every record becomes a new person, also where one with its key exists, and once more when a call has to be "
                + "repeated";
        }
    }
}
