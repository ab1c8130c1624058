namespace MarketoLambda.Marketo.Records;

/// <summary>What one call may carry, whatever the type of its records.</summary>
public static class CallLimits
{
    /// <summary>Most records one sync or delete call may carry.</summary>
    /// <remarks>Source: Adobe, rest-api/lead-database, and rest-api/custom-objects, "Create and Update".</remarks>
    public const int RecordsPerCall = 300;

    /// <summary>Largest body of a call; see <see cref="SyncRequestSize"/>.</summary>
    /// <remarks>Adobe says 1 MB, here read as the smaller million. Source: error-codes, 413.</remarks>
    public const int BodyBytes = 1_000_000;
}
