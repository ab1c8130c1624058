using MarketoLambda.Marketo;
using MarketoLambda.Marketo.CustomObjects;
using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Sync.Targets.CustomObjects;

/// <summary>The records of one custom object.</summary>
/// <param name="Name">Its API name, in any casing.</param>
internal sealed record CustomObjectTarget(string Name) : ITarget
{
    public string Description => $"custom object {Name}";

    public string ApiName => Name;

    public string WhatIsMissing => $"Marketo has no approved custom object {Name}";

    public string RemedyWhereMissing =>
        "Create and approve it in Admin > Marketo Custom Objects, or correct the job's name in the job file.";

    public TargetLimits Limits { get; } = new(CallLimits.RecordsPerCall, CallLimits.BodyBytes, CustomObjectsClient.MaxSync);

    public long SizeOf(int records, long recordBytes) =>
        SyncRequestSize.Measure(SyncAction.CreateOrUpdate, DedupeBy.DedupeFields, records, recordBytes);

    public ITargetWriter Open(MarketoClient marketo) => new CustomObjectWriter(this, marketo.CustomObjects);
}
