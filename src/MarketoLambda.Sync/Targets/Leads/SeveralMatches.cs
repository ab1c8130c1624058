namespace MarketoLambda.Sync.Targets.Leads;

/// <summary>Which lead a record is written to where several have its key (1007).</summary>
internal enum SeveralMatches
{
    /// <summary>None: the record is rejected, with the ids of all.</summary>
    Reject,

    /// <summary>The one that was updated last.</summary>
    MostRecentlyUpdated,

    /// <summary>The one that was created first.</summary>
    Oldest,
}
