using System.Globalization;
using MarketoLambda.Emulator;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Targets;

namespace MarketoLambda.Testing.Simulation;

/// <summary>Members of a static list: each row puts somebody in or takes somebody out.</summary>
/// <remarks>
/// Marketo shows who is in the list and not by which row, so what is judged is the end: everybody is in it or not as their newest row says,
/// unless that is an open reject.
/// </remarks>
/// <param name="filled">Members of the list by <c>email</c>.</param>
/// <param name="list">Id of the list; no other job has it.</param>
public sealed class SimulatedList(ITarget filled, int list) : SimulatedTarget
{
    private const string Yes = "yes";

    private readonly SimulatedPeople _people = new($"list{list}.example");

    public override ITarget Filled => filled;

    public override string KeyField => "email";

    public override string VersionField => "isMember";

    public override IReadOnlyList<FieldMapping> OtherFields => [];

    public override bool ShowsVersions => false;

    public override void Define(MarketoEmulator marketo, string job)
    {
        _people.Marketo = marketo;
        marketo.AddList(list, job);
    }

    /// <summary>Instead of its number a row says whether its person is a member; no mapping has to be corrected for one.</summary>
    public override ListSource.ListRow Shape(ListSource.ListRow row, int number) =>
        _people.Name(row) with { Value = row.Value == SimulatedJob.NoNumber ? row.Value : Wish(number) };

    public override void BringPeople() => _people.BringLate();

    public override IEnumerable<string> Judge(SimulatedWorld world, SimulatedJob job)
    {
        if (job.Truth.RowsFinished(world.State(job)) is var position && position != job.Truth.RowCount())
        {
            yield return $"{job.ApiName}: the position is {position} in the end, of {job.Truth.RowCount()} rows";
        }

        var open = OpenReasons.Read(world, job);
        var members = world.Marketo.ListMembers(list).Select(id => _people.KeyOf(id.ToString(CultureInfo.InvariantCulture))).ToHashSet();
        var newest = Enumerable.Range(1, job.Truth.RowCount()).ToLookup(job.Truth.KeyOf).Select(key => key.Last());
        foreach (var row in newest.Where(row => job.Truth.KeyOf(row).Length > 0 && !open.ContainsKey(row)))
        {
            if (members.Contains(job.Truth.KeyOf(row)) != (Wish(row) == Yes))
            {
                yield return $"{job.ApiName}: {job.Truth.KeyOf(row)} is {(Wish(row) == Yes ? "not " : "")}in the list, and row {row} says "
                    + "otherwise";
            }
        }

        foreach (var (row, _) in open.Where(reject => world.HasMissingPerson && reject.Value == "1004"))
        {
            yield return $"{job.ApiName}: row {row} ({job.Truth.KeyOf(row)}) still waits for its person, who is there";
        }
    }

    private static string Wish(int number) => number % 3 == 0 ? "no" : Yes;
}
