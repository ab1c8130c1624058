using MarketoLambda.Emulator;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Emulator.Programs;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Targets;

namespace MarketoLambda.Testing.Simulation;

/// <summary>Members of a program: each row gives one a status, which never goes back, and says its number in a field.</summary>
/// <remarks>
/// A row that custom objects would have refused (<see cref="RowKind.RefusedByMarketo"/>) names a person who comes later. Keys have one
/// casing, since what Marketo has of a member does not show how a row wrote it.
/// </remarks>
/// <param name="filled">Members of the program by <c>email</c>, with a status of their own each.</param>
/// <param name="program">Id of the program; no other job has it.</param>
public sealed class SimulatedMembers(ITarget filled, int program) : SimulatedTarget
{
    private const string StatusField = "statusName";

    /// <summary>In the order in which nobody goes back.</summary>
    private static readonly string[] Statuses = ["Invited", "Registered", "Attended"];

    private readonly SimulatedPeople _people = new($"program{program}.example");

    public override ITarget Filled => filled;

    public override string KeyField => "email";

    public override string VersionField => $"amount{program}";

    public override IReadOnlyList<FieldMapping> OtherFields => [new(StatusField, "Owner")];

    /// <summary>The status of a member is written without its number: what is written again after a reset cannot be told from it.</summary>
    public override bool CanBeReset => false;

    public override string ObjectName(string job) => "programMember";

    public override void Define(MarketoEmulator marketo, string job)
    {
        _people.Marketo = marketo;
        marketo.AddChannel(job, [.. Statuses.Select((name, index) => new ChannelStatus(name, 10 * (index + 1)))]);
        marketo.AddProgram(program, job, job);
        marketo.DefineProgramMemberField(new FieldDefinition(VersionField, FieldDataTypes.Integer));
    }

    public override ListSource.ListRow Shape(ListSource.ListRow row, int number) =>
        _people.Name(row) with { Owner = Statuses[StepOf(number)] };

    public override bool Concerns(RecordView record) =>
        record["programId"] == program.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public override string KeyIn(RecordView record) => _people.KeyOf(record["leadId"]);

    public override void BringPeople() => _people.BringLate();

    /// <summary>Nobody ever goes back, nobody has a status that no row gave, and a row that is there has its status.</summary>
    public override IEnumerable<string> Judge(SimulatedWorld world, SimulatedJob job)
    {
        Dictionary<string, int> latest = [];
        foreach (var record in world.Marketo.Journal.Select(write => write.Record).Where(job.Truth.IsRecord))
        {
            if (StepOf(record) < latest.GetValueOrDefault(record.Key))
            {
                yield return $"{job.ApiName}: the member {KeyIn(record)} went back to {record[StatusField]}";
            }

            latest[record.Key] = StepOf(record);
        }

        var rows = Enumerable.Range(1, job.Truth.RowCount()).ToLookup(job.Truth.KeyOf);
        foreach (var record in world.Marketo.Records("programMember").Where(job.Truth.IsRecord))
        {
            var given = rows[KeyIn(record)].ToList();
            if (!given.Exists(row => StepOf(row) == StepOf(record)))
            {
                yield return $"{job.ApiName}: the member {KeyIn(record)} is {record[StatusField]}, and no row says so";
            }

            if (given.Exists(row => row == job.Truth.VersionOf(record) && StepOf(row) > StepOf(record)))
            {
                yield return $"{job.ApiName}: the member {KeyIn(record)} holds row {job.Truth.VersionOf(record)} and is only "
                    + $"{record[StatusField]}";
            }
        }
    }

    private static int StepOf(int number) => number % 7 == 0 ? 2 : number % 3 == 0 ? 1 : 0;

    private static int StepOf(RecordView record) => Array.IndexOf(Statuses, record[StatusField]);
}
