using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Faults;
using MarketoLambda.Emulator.Programs;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.Targets.Programs;
using MarketoLambda.Testing;

namespace MarketoLambda.Sync.Tests.Targets;

/// <summary>Members of a program, named by the e-mail address of their person.</summary>
public sealed class ProgramMemberTests
{
    private const int Program = 1044;

    private readonly SyncScenario _scenario = new();

    public ProgramMemberTests()
    {
        _scenario.Marketo.AddChannel("Event", new ChannelStatus("Invited", 10), new ChannelStatus("Attended", 20, IsSuccess: true));
        _scenario.Marketo.AddProgram(Program, "Webinar", "Event");
        _scenario.Marketo.DefineProgramMemberField(new FieldDefinition("seat", FieldDataTypes.String));
    }

    [Fact]
    public void People_become_members_with_status_and_fields_and_who_does_not_exist_waits()
    {
        // Given
        Job(new ProgramMemberTarget(Program, "email", Status: "Invited"));
        Person("ann@x.example");
        Person("bob@x.example");
        _scenario.Source.Add("ann@x.example", "A1").Add("bob@x.example", "B2").Add("nobody@x.example", "C3");

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, 2L, 2L), (report.Outcome, report.Accepted, report.Created));
        Assert.Equal(["Invited A1", "Invited B2"], Members());
        var reject = Assert.Single(_scenario.Rejects.Stored);
        Assert.Equal(("nobody@x.example", "1004"), (reject.Key, reject.Code));
    }

    [Fact]
    public void Nobody_moves_back_and_who_has_the_status_counts_as_unchanged()
    {
        // Given
        Job(new ProgramMemberTarget(Program, "email", Status: "Attended"), hasFields: false);
        Person("ann@x.example");
        _scenario.Source.Add("ann@x.example", "A1");
        _scenario.Run();
        Job(new ProgramMemberTarget(Program, "email", Status: "Invited"), hasFields: false);
        _scenario.Source.Add("ann@x.example", "A2");

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((1L, 0L, 1L), (report.Accepted, report.Rejected, report.Unchanged));
        Assert.Equal(["Attended "], Members());
    }

    [Fact]
    public void A_key_of_several_people_is_rejected_with_their_ids()
    {
        // Given
        Job(new ProgramMemberTarget(Program, "email", Status: "Invited"));
        Person("ann@x.example");
        Person("ann@x.example");
        _scenario.Source.Add("ann@x.example", "A1");

        // When
        _scenario.Run();

        // Then
        var reject = Assert.Single(_scenario.Rejects.Stored);
        Assert.Equal("1007", reject.Code);
        Assert.Contains("ids 1, 2", reject.Reason, StringComparison.Ordinal);
        Assert.Empty(Members());
    }

    [Fact]
    public void A_status_that_the_channel_does_not_have_stops_the_job_with_those_it_has()
    {
        // Given
        Job(new ProgramMemberTarget(Program, "email", Status: "Invitd"));
        Person("ann@x.example");
        _scenario.Source.Add("ann@x.example", "A1");

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal(RunOutcome.Failed, report.Outcome);
        Assert.Contains("has no status \"Invitd\"; its channel has", report.Error, StringComparison.Ordinal);
        Assert.Contains("Attended", report.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void After_an_unclear_answer_of_either_call_nothing_is_lost(bool isStatus)
    {
        // Given: 700 people, and a call of each kind whose answer does not come
        Job(new ProgramMemberTarget(Program, "email", Status: "Invited"));
        for (var number = 0; number < 700; number++)
        {
            Person($"p{number}@x.example");
        }

        _scenario.Source.Add(Enumerable.Range(0, 700).Select(number => new ListSource.ListRow($"p{number}@x.example", $"S{number}")));
        _scenario.Marketo.Faults.On(isStatus ? CallKind.SyncStatus : CallKind.Sync, Fault.Http(502).AfterEffect(), nth: 2, objectName: "programMember");

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, 700L, 0L), (report.Outcome, report.Accepted, report.Rejected));
        Assert.Equal(
            Enumerable.Range(0, 700).Select(number => $"Invited S{number}").Order(StringComparer.Ordinal),
            Members().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_deleted_record_takes_the_person_out_of_the_program_and_not_out_of_marketo()
    {
        // Given
        Job(new ProgramMemberTarget(Program, "email", Status: "Invited"));
        Person("ann@x.example");
        _scenario.Source.Add("ann@x.example", "A1");
        _scenario.Run();
        _scenario.Source.Add([
            new ListSource.ListRow("ann@x.example", "", IsDeletion: true),
            new ListSource.ListRow("nobody@x.example", "", IsDeletion: true),
        ]);

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, 0L), (report.Outcome, report.Rejected));
        Assert.Empty(Members());
        Assert.Equal(1, _scenario.Marketo.Count("lead"));
    }

    private void Job(ProgramMemberTarget target, bool hasFields = true)
    {
        List<FieldMapping> fields = [new("email", "Key")];
        if (hasFields)
        {
            fields.Add(new("seat", "Value"));
        }

        var isNew = _scenario.Job.Name != "members";
        _scenario.Job = new SyncJob("members", _scenario.Source, ["email"], fields) { Target = target, StopAbovePercentRejected = 100 };
        if (isNew)
        {
            _scenario.Initialized();
        }
    }

    private void Person(string email) => _scenario.Marketo.Seed("lead", $$"""{"email":"{{email}}"}""");

    private IEnumerable<string> Members() =>
        _scenario.Marketo.Records("programMember").Select(member => $"{member["statusName"]} {member["seat"]}");
}
