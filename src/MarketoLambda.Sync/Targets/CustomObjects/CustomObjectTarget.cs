using MarketoLambda.Marketo;
using MarketoLambda.Marketo.CustomObjects;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Targets.Unchanged;

namespace MarketoLambda.Sync.Targets.CustomObjects;

/// <summary>The records of one custom object.</summary>
/// <param name="Name">Its API name, in any casing.</param>
internal sealed record CustomObjectTarget(string Name) : ITarget
{
    /// <summary>What may be done to records.</summary>
    public WriteMode Mode { get; init; } = WriteMode.Default;

    public string Description => $"custom object {Name}";

    public string ApiName => Name;

    public string Permission => "Read-Write Custom Object";

    public string WhatIsMissing => $"Marketo has no approved custom object {Name}";

    public string RemedyWhereMissing =>
        "Create and approve it in Admin > Marketo Custom Objects, have \"marketo-lambda init --create-objects\" make it, with types "
            + "guessed from the source's rows, or correct its name in the job file.";

    public TargetLimits Limits { get; } = new(CallLimits.RecordsPerCall, CallLimits.BodyBytes, CustomObjectsClient.MaxSync);

    public long SizeOf(int records, long recordBytes) =>
        SyncRequestSize.Measure(Mode.Action, DedupeBy.DedupeFields, records, recordBytes);

    public ITargetWriter Open(MarketoClient marketo) => UnchangedFilter.Before(new CustomObjectWriter(this, marketo.CustomObjects));
}
