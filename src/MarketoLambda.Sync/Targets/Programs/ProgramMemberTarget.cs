using MarketoLambda.Marketo;
using MarketoLambda.Marketo.Programs;
using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Sync.Targets.Programs;

/// <summary>Members of one program.</summary>
/// <param name="Program">The program's id.</param>
/// <param name="LookupField">The field of people that names a member; Marketo's own id is <c>leadId</c>.</param>
/// <param name="Status">The status they all get; null where the records say it.</param>
internal sealed record ProgramMemberTarget(int Program, string LookupField, string? Status) : ITarget
{
    /// <summary>The field of a record that holds its status.</summary>
    public const string StatusField = "statusName";

    /// <summary><c>{"leadId":2147483647},</c> and more.</summary>
    private const int IdBytes = 40;

    /// <summary>What is around the members, without the status.</summary>
    private const int FrameBytes = 200;

    public string Description => $"members of program {Program}";

    public string? ApiName => null;

    public string Permission => "Read-Write Person";

    public string WhatIsMissing => $"Marketo has no program {Program}";

    public string RemedyWhereMissing =>
        "Correct \"program\" in the job's target: the number is in the program's address in Marketo, behind ME, PG, NP or EBP.";

    public bool IsPredictable => false;

    public TargetLimits Limits { get; } = new(CallLimits.RecordsPerCall, CallLimits.BodyBytes, ProgramMembersClient.MaxSync);

    public IReadOnlyList<string> Advice =>
        ["nobody moves back: who has the status already, or a later one, counts as unchanged"];

    public long SizeOf(int records, long recordBytes) => FrameBytes + (Status?.Length ?? 0) + recordBytes + (records * IdBytes);

    public ITargetWriter Open(MarketoClient marketo) => new ProgramMemberWriter(this, marketo.ProgramMembers, marketo.Leads);
}
