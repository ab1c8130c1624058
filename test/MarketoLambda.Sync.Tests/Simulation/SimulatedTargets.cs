using MarketoLambda.Emulator.Faults;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Targets;
using MarketoLambda.Sync.Targets.Activities;
using MarketoLambda.Sync.Targets.Leads;
using MarketoLambda.Sync.Targets.Lists;
using MarketoLambda.Sync.Targets.Programs;
using MarketoLambda.Testing.Simulation;

namespace MarketoLambda.Sync.Tests.Simulation;

/// <summary>The targets of simulations that are no custom objects, each with the mishaps that would be lies about it.</summary>
internal static class SimulatedTargets
{
    /// <summary>Seconds that a call for members takes at most: Marketo gives up a write to them after 30.</summary>
    public const int MaxLatency = 14;

    private const int FirstId = 1000;

    /// <summary>Leads, in every way to treat addresses that several people have, with and without a look before the write.</summary>
    public static SimulatedTarget Leads(string job, int number, Random random) =>
        Leads(
            job,
            (SeveralMatches)random.Next(3),
            skipsUnchanged: random.Next(2) == 0,
            ignoresCase: number == 0 ? random.Next(2) == 0 : null);

    public static SimulatedTarget Leads(string job, SeveralMatches onSeveral, bool skipsUnchanged, bool? ignoresCase) =>
        new SimulatedLeads(
            new LeadTarget(LeadTarget.Email, new WriteMode(SyncAction.CreateOrUpdate, SkipsUnchanged: skipsUnchanged))
            {
                OnSeveralMatches = onSeveral,
            },
            chosen: onSeveral switch
            {
                SeveralMatches.Oldest => 0,
                SeveralMatches.MostRecentlyUpdated => 1,
                _ => null,
            },
            $"{job.Replace('_', '-')}.example",
            ignoresCase);

    public static SimulatedTarget Members(string job, int number, Random random) =>
        new SimulatedMembers(new ProgramMemberTarget(FirstId + number, LeadTarget.Email, Status: null), FirstId + number);

    public static SimulatedTarget List(string job, int number, Random random) =>
        new SimulatedList(new StaticListTarget(FirstId + number, LeadTarget.Email), FirstId + number);

    public static SimulatedTarget Activities(string job, int number, Random random) => Activities(job, number, sendsOnce: true);

    /// <param name="sendsOnce">False for what the oracle must find.</param>
    public static SimulatedTarget Activities(string job, int number, bool sendsOnce) =>
        new SimulatedActivities(
            new CustomActivityTarget(SimulatedActivities.TypeName(FirstId + number), LeadTarget.Email, job, sendsOnce),
            FirstId + number,
            new FixedValue("2026-03-01T12:00:00Z"));

    /// <summary>Faults that may pass, without the lies of <see cref="IsLieAboutActivities"/>.</summary>
    public static IReadOnlyList<Fault> FaultsOfActivities { get; } =
    [
        .. FaultPlan.Transient.Where(fault => fault.Timing == FaultTiming.BeforeEffect),
        Fault.Code("611").AfterEffect(),
        Fault.Http(502).AfterEffect(),
        Fault.BrokenConnection().AfterEffect(),
        Fault.EmptyBody().AfterEffect(),
        Fault.Garbage().AfterEffect(),
        Fault.TruncatedJson(),
    ];

    /// <summary>
    /// Marketo says that it has refused a call, and has executed it: what must not be sent twice could not be sent a second time then.
    /// </summary>
    public static bool IsLieAboutActivities(Mishap mishap) =>
        IsLie(mishap)
        || (mishap is { Fault.Timing: not FaultTiming.BeforeEffect, Error.Disposition: not Disposition.Ambiguous }
            && !mishap.Name.StartsWith("SkipRecords", StringComparison.Ordinal));

    /// <summary>
    /// Marketo says of a record that it is as it should be already, and it is not: what nobody can find out counts as done.
    /// </summary>
    public static bool IsLie(Mishap mishap) => mishap.Error is { MeansNoChange: true };
}
