using MarketoLambda.Marketo;
using MarketoLambda.Marketo.Lists;
using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Sync.Targets.Lists;

/// <summary>Members of one static list.</summary>
/// <param name="List">The list's id.</param>
/// <param name="LookupField">The field of people that names a member; Marketo's own id is <c>leadId</c>.</param>
internal sealed record StaticListTarget(int List, string LookupField) : ITarget
{
    /// <summary>The field of a record that says whether the person is in the list; left out, the person is.</summary>
    public const string MemberField = "isMember";

    /// <summary><c>{"id":2147483647},</c> and more.</summary>
    private const int IdBytes = 40;

    private const int FrameBytes = 100;

    public string Description => $"members of static list {List}";

    public string? ApiName => null;

    public string Permission => "Read-Write Person";

    public string WhatIsMissing => $"Marketo has no static list {List}";

    public string RemedyWhereMissing => "Correct \"list\" in the job's target: the number is in the list's address in Marketo, behind ST.";

    public bool IsPredictable => false;

    public TargetLimits Limits { get; } = new(CallLimits.RecordsPerCall, CallLimits.BodyBytes, StaticListsClient.MaxSync);

    public IReadOnlyList<string> Advice => [];

    public long SizeOf(int records, long recordBytes) => FrameBytes + (records * IdBytes);

    public ITargetWriter Open(MarketoClient marketo) => new StaticListWriter(this, marketo.StaticLists, marketo.Leads);
}
