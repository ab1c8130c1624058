using System.Globalization;
using MarketoLambda.Emulator;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Targets;

namespace MarketoLambda.Testing.Simulation;

/// <summary>Custom activities: each row is one, whoever did it, and none may be there twice.</summary>
/// <remarks>
/// Marketo shows every activity it ever took, so what is judged is the end: each row is there once, or is told as a reject; one that is
/// told as refused is not there. One whose outcome is unknown may be either.
/// </remarks>
/// <param name="filled">Activities of the type by <c>email</c>, which are sent once.</param>
/// <param name="type">Id of the type; no other job has it.</param>
/// <param name="when">What fills the date.</param>
public sealed class SimulatedActivities(ITarget filled, int type, FieldOrigin when) : SimulatedTarget
{
    private const string Unknown = "unknown-outcome";

    private readonly SimulatedPeople _people = new($"activity{type}.example");

    public override ITarget Filled => filled;

    public override string KeyField => "activityKey";

    public override string VersionField => "visit";

    public override IReadOnlyList<FieldMapping> OtherFields =>
        [new("email", "Owner"), new("activityDate", when), new("receipt", "Key")];

    public override bool ShowsVersions => false;

    public override string ObjectName(string job) => "activity";

    /// <summary>API name of the type.</summary>
    public static string TypeName(int type) => string.Create(CultureInfo.InvariantCulture, $"visit{type}_c");

    public override void Define(MarketoEmulator marketo, string job)
    {
        _people.Marketo = marketo;
        marketo.DefineActivityType(type, TypeName(type), "receipt", VersionField);
    }

    /// <summary>The key becomes the person; the number and the person are the key, so that versions are activities of one person.</summary>
    public override ListSource.ListRow Shape(ListSource.ListRow row, int number)
    {
        if (row.Key.Length == 0 || row.Owner?.Contains('@', StringComparison.Ordinal) == true)
        {
            return row;
        }

        var person = _people.Name(row).Key;
        return row with { Key = string.Create(CultureInfo.InvariantCulture, $"{number}/{person}"), Owner = person };
    }

    public override void BringPeople() => _people.BringLate();

    public override IEnumerable<string> Judge(SimulatedWorld world, SimulatedJob job)
    {
        if (job.Truth.RowsFinished(world.State(job)) is var position && position != job.Truth.RowCount())
        {
            yield return $"{job.ApiName}: the position is {position} in the end, of {job.Truth.RowCount()} rows";
        }

        var open = OpenReasons.Read(world, job);
        var there = world.Marketo.Activities
            .Where(activity => activity.ActivityTypeId == type)
            .CountBy(activity => activity.PrimaryAttributeValue)
            .ToDictionary();
        foreach (var row in Enumerable.Range(1, job.Truth.RowCount()).Where(row => job.Truth.KeyOf(row).Length > 0))
        {
            var times = there.GetValueOrDefault(job.Truth.KeyOf(row));
            var code = open.GetValueOrDefault(row);
            if (times > 1)
            {
                yield return $"{job.ApiName}: row {row} is there {times} times";
            }
            else if (times == 0 && code is null)
            {
                yield return $"{job.ApiName}: row {row} is neither there nor told";
            }
            else if (times == 1 && code is not (null or "" or Unknown))
            {
                yield return $"{job.ApiName}: row {row} is there and told as refused ({code})";
            }
        }

        foreach (var (row, _) in open.Where(reject => world.HasMissingPerson && reject.Value == "1004"))
        {
            yield return $"{job.ApiName}: row {row} ({job.Truth.KeyOf(row)}) still waits for its person, who is there";
        }
    }
}
