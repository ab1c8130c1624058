using MarketoLambda.Marketo;
using MarketoLambda.Marketo.Activities;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.State.Sent;
using MarketoLambda.Sync.State.Tables;

namespace MarketoLambda.Sync.Targets.Activities;

/// <summary>Custom activities of one type.</summary>
/// <param name="Type">API name of the type.</param>
/// <param name="LookupField">The field of people that names who did it; Marketo's own id is <c>leadId</c>.</param>
/// <param name="Job">The job's name.</param>
/// <param name="SendsOnce">What is sent is noted before, and never sent again; otherwise it may be there twice.</param>
internal sealed record CustomActivityTarget(string Type, string LookupField, string Job, bool SendsOnce) : ITarget
{
    /// <summary>
    /// The field of a record that tells one activity from another in the source. It is the job's key, and not sent: Marketo has none.
    /// </summary>
    public const string KeyField = "activityKey";

    /// <summary>The field of a record that says when it happened.</summary>
    public const string DateField = "activityDate";

    /// <summary>Each attribute becomes <c>{"apiName":"…","value":…}</c>; Marketo allows 20.</summary>
    private const int AttributeBytes = 20 * 24;

    private const int ActivityBytes = 160;

    private const int FrameBytes = 20;

    public string Description => $"custom activities {Type}";

    /// <summary>People make types of activities, and this program does not.</summary>
    public string? ApiName => null;

    public string Permission => "Read-Write Activity";

    public string WhatIsMissing => $"Marketo has no approved custom activity {Type}";

    public string RemedyWhereMissing =>
        "Create and approve it in Admin > Marketo Custom Activities, or correct \"activity\" in the job's target.";

    /// <summary>Whether an activity is there cannot be asked for.</summary>
    public bool IsPredictable => false;

    public StateTable? OwnTable => SendsOnce ? SentFields.Definition : null;

    public TargetLimits Limits { get; } = new(CallLimits.RecordsPerCall, CallLimits.BodyBytes, ActivitiesClient.MaxAdd);

    public IReadOnlyList<string> Advice => SendsOnce
        ?
        [
            $"each activity is noted in {SentFields.ObjectApiName} before it is sent: 300 take three calls, and one record there each",
            "one whose answer was lost is not sent again: it becomes a reject of its own, for somebody to look up",
        ]
        : ["after an interruption or a lost answer activities are sent again, and Marketo then has them twice"];

    public long SizeOf(int records, long recordBytes) => FrameBytes + recordBytes + (records * (ActivityBytes + AttributeBytes));

    public ITargetWriter Open(MarketoClient marketo) =>
        new CustomActivityWriter(this, marketo, SendsOnce ? SentTable.Open(marketo, Job) : null);
}
