using MarketoLambda.Marketo;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Marketo.StandardObjects;
using MarketoLambda.Sync.Targets.Unchanged;

namespace MarketoLambda.Sync.Targets.StandardObjects;

/// <summary>Records of an object that every subscription has.</summary>
/// <param name="Type">Which.</param>
/// <param name="Names">What people call its records, in the plural: <c>companies</c>.</param>
/// <param name="Mode">What may be done to them.</param>
internal sealed record StandardObjectTarget(StandardObject Type, string Names, WriteMode Mode) : ITarget
{
    /// <summary>A native CRM sync owns them, where there is one.</summary>
    public bool MayBeOwnedByCrm { get; init; }

    public string Description => Names;

    public string? ApiName => null;

    public string Permission => Type.Permission;

    public string WhatIsMissing => $"Marketo does not know {Names}";

    public string RemedyWhereMissing => MayBeOwnedByCrm
        ? $"Check Marketo__BaseUrl. Where Salesforce or Dynamics is synchronized natively, or without the feature, there are no {Names}."
        : $"Check Marketo__BaseUrl, or ask Adobe whether the subscription has {Names}.";

    public TargetLimits Limits { get; } = new(CallLimits.RecordsPerCall, CallLimits.BodyBytes, Type.MaxSync);

    public IReadOnlyList<string> Advice => MayBeOwnedByCrm
        ?
        [
            $"where Salesforce or Dynamics is synchronized natively, Marketo refuses to write {Names} (1018); only a run can find that "
                + "out, and does before its first row",
        ]
        : [];

    public long SizeOf(int records, long recordBytes) =>
        SyncRequestSize.Measure(Mode.Action, DedupeBy.DedupeFields, records, recordBytes);

    public ITargetWriter Open(MarketoClient marketo) => UnchangedFilter.Before(new StandardObjectWriter(this, marketo.StandardObjects));
}
