using MarketoLambda.Marketo;
using MarketoLambda.Marketo.Companies;
using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Sync.Targets.Companies;

/// <summary>Companies.</summary>
public sealed record CompanyTarget : ITarget
{
    public string Description => "companies";

    public string? ApiName => null;

    public string WhatIsMissing => "Marketo does not know companies";

    public string RemedyWhereMissing => "Check Marketo__BaseUrl, or ask Adobe whether the subscription has companies.";

    public TargetLimits Limits { get; } = new(CallLimits.RecordsPerCall, CallLimits.BodyBytes, CompaniesClient.MaxSync);

    public IReadOnlyList<string> Advice =>
        [
            "where Salesforce or Dynamics is synchronized natively, Marketo refuses to write companies (1018); only a run can find that "
                + "out, and does before its first row",
        ];

    public long SizeOf(int records, long recordBytes) =>
        SyncRequestSize.Measure(SyncAction.CreateOrUpdate, DedupeBy.DedupeFields, records, recordBytes);

    public ITargetWriter Open(MarketoClient marketo) => new CompanyWriter(this, marketo.Companies);
}
