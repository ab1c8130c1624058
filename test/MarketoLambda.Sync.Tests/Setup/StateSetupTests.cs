using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Faults;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Setup;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;

namespace MarketoLambda.Sync.Tests.Setup;

/// <summary><c>init</c>: may be repeated, and goes on wherever an earlier one stopped.</summary>
public sealed class StateSetupTests
{
    private readonly SyncScenario _scenario = new();

    [Fact]
    public void The_object_and_the_record_are_created_once()
    {
        // When
        var first = Ensure();
        var record = EnsureRecord();
        var writes = Writes();
        var second = Ensure();
        var sameRecord = EnsureRecord();

        // Then
        Assert.Equal((StateSetupOutcome.Created, StateFields.All.Count, true), (first.Outcome, first.Fields.Count, record));
        Assert.Equal((StateSetupOutcome.AlreadyThere, false), (second.Outcome, sameRecord));
        Assert.Equal(writes, Writes());
        Assert.Single(_scenario.Marketo.Records(StateFields.ObjectApiName));
    }

    [Fact]
    public void A_draft_without_fields_that_an_earlier_init_left_is_completed()
    {
        // Given
        _scenario.Marketo.Faults.On(CallKind.SchemaAddField, Fault.Code("603"));
        Assert.Equal(StateSetupOutcome.ByHand, Ensure().Outcome);

        // When
        var result = Ensure();

        // Then
        Assert.Equal(StateSetupOutcome.Created, result.Outcome);
        AssertUsable();
    }

    [Fact]
    public void A_draft_that_only_lacks_approval_is_approved()
    {
        // Given
        _scenario.Marketo.Faults.On(CallKind.SchemaApprove, Fault.Code("603"));
        Assert.Equal(StateSetupOutcome.ByHand, Ensure().Outcome);

        // When
        var result = Ensure();

        // Then
        Assert.Equal((StateSetupOutcome.Created, StateFields.All.Count), (result.Outcome, result.Fields.Count));
        AssertUsable();
    }

    [Fact]
    public void Fields_that_wait_in_the_draft_of_an_approved_object_are_not_added_again()
    {
        // Given: an object made by hand, and an init that failed before the approval
        _scenario.Marketo.DefineObject(
            StateFields.ObjectApiName,
            "State",
            FieldDefinition.Key("aPIName"),
            new FieldDefinition("highWaterMarkDT", "datetime"));
        _scenario.Marketo.Faults.On(CallKind.SchemaApprove, Fault.Code("603"));
        Assert.Equal(StateSetupOutcome.ByHand, Ensure().Outcome);

        // When
        var result = Ensure();

        // Then
        Assert.Equal(StateSetupOutcome.Completed, result.Outcome);
        AssertUsable();
    }

    [Theory]
    [InlineData("aPIName")]
    [InlineData("apiname")]
    public void What_an_object_made_by_hand_lacks_is_added(string apiName)
    {
        // Given
        _scenario.Marketo.DefineObject(
            StateFields.ObjectApiName,
            "State",
            FieldDefinition.Key(apiName),
            new FieldDefinition("lastingestedfilename", "string"));

        // When
        var result = Ensure();

        // Then
        Assert.Equal((StateSetupOutcome.Completed, StateFields.All.Count - 2), (result.Outcome, result.Fields.Count));
        AssertUsable();
    }

    [Theory]
    [InlineData("schema.sync")]
    [InlineData("schema.addField")]
    [InlineData("schema.approve")]
    [InlineData("sync")]
    public void A_step_whose_reply_is_lost_although_it_was_done_does_not_stop_the_set_up(string step)
    {
        // Given
        _scenario.Marketo.Faults.On(CallKind.Named(step), Fault.BrokenConnection().AfterEffect());

        // When
        var result = Ensure();
        EnsureRecord();

        // Then
        Assert.Equal(StateSetupOutcome.Created, result.Outcome);
        Assert.Single(_scenario.Marketo.Records(StateFields.ObjectApiName));
        AssertUsable();
    }

    [Fact]
    public void Where_the_schema_interface_is_missing_a_person_is_told_every_field()
    {
        // Given
        _scenario.Marketo.Options.SchemaApiAvailable = false;

        // When
        var result = Ensure();

        // Then
        Assert.Equal((StateSetupOutcome.ByHand, StateFields.All.Count), (result.Outcome, result.Fields.Count));
        Assert.Contains("616", result.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_that_takes_a_while_to_appear_after_its_approval_is_waited_for()
    {
        // Given
        _scenario.Marketo.Options.Quirks.ApprovalDelay = TimeSpan.FromSeconds(20);

        // When
        Ensure();

        // Then
        Assert.True(EnsureRecord());
    }

    private StateSetupResult Ensure()
    {
        StateSetupResult? result = null;
        _scenario.Use(async services =>
        {
            result = await Setup(services).EnsureObjectAsync(StateFields.Definition, CancellationToken.None);
            await Setup(services).EnsureObjectAsync(RunFields.Definition, CancellationToken.None);
        });
        return result!;
    }

    private bool EnsureRecord()
    {
        var isCreated = false;
        _scenario.Use(async services => isCreated = await Setup(services).EnsureRecordsAsync(SyncScenario.Product, CancellationToken.None));
        return isCreated;
    }

    private void AssertUsable()
    {
        EnsureRecord();
        _scenario.Source.Add(3);
        Assert.Equal(RunOutcome.Succeeded, _scenario.Run().Outcome);
        Assert.Equal(3, _scenario.State().LastRun!.Records);
    }

    private long Writes() =>
        _scenario.Marketo.Calls.Newest.Count(call =>
            call.Kind == CallKind.Sync
            || CallKind.SchemaSync == call.Kind
            || CallKind.SchemaAddField == call.Kind
            || CallKind.SchemaApprove == call.Kind);

    private static StateSetup Setup(IServiceProvider services) => (StateSetup)services.GetService(typeof(StateSetup))!;
}
