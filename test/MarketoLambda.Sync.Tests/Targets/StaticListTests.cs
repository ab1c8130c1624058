using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.Targets.Lists;
using MarketoLambda.Testing;

namespace MarketoLambda.Sync.Tests.Targets;

/// <summary>Members of a static list, named by the e-mail address of their person.</summary>
public sealed class StaticListTests
{
    private const int List = 1021;

    private readonly SyncScenario _scenario = new();

    public StaticListTests()
    {
        _scenario.Marketo.AddList(List, "Newsletter");
        _scenario.Job = new SyncJob("list", _scenario.Source, ["email"], [new("email", "Key"), new("isMember", "Value")])
        {
            Target = new StaticListTarget(List, "email"),
            StopAbovePercentRejected = 100,
        };
        _scenario.Initialized();
    }

    [Fact]
    public void People_are_put_in_and_taken_out_and_who_does_not_exist_is_a_reject()
    {
        // Given
        Person("ann@x.example");
        Person("bob@x.example");
        _scenario.Source.Add("ann@x.example", "yes").Add("bob@x.example", "yes").Add("nobody@x.example", "yes");
        var first = _scenario.Run();
        _scenario.Source.Add("ann@x.example", "no").Add("bob@x.example", "yes");

        // When
        var second = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, 2L), (first.Outcome, first.Accepted));
        Assert.Equal("1004", Assert.Single(_scenario.Rejects.Stored).Code);
        Assert.Equal((RunOutcome.Succeeded, 2L, 1L), (second.Outcome, second.Accepted, second.Deleted));
        Assert.Equal([2], _scenario.Marketo.ListMembers(List));
    }

    [Fact]
    public void Who_is_not_in_the_list_is_taken_out_without_a_complaint()
    {
        // Given
        Person("ann@x.example");
        _scenario.Source.Add("ann@x.example", "no");

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((1L, 0L, 1L), (report.Accepted, report.Rejected, report.Unchanged));
    }

    [Fact]
    public void A_deleted_record_takes_the_person_out_of_the_list_and_not_out_of_marketo()
    {
        // Given
        Person("ann@x.example");
        _scenario.Source.Add("ann@x.example", "yes");
        _scenario.Run();
        _scenario.Source.Add([new ListSource.ListRow("ann@x.example", "", IsDeletion: true)]);

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((1L, 0L, 1L), (report.Accepted, report.Rejected, report.Deleted));
        Assert.Empty(_scenario.Marketo.ListMembers(List));
        Assert.Equal(1, _scenario.Marketo.Count("lead"));
    }

    [Fact]
    public void A_list_that_does_not_exist_is_told_with_the_remedy()
    {
        // Given
        _scenario.Job = _scenario.Job with { Target = new StaticListTarget(7, "email") };
        _scenario.Source.Add("ann@x.example", "yes");

        // When
        var report = _scenario.Run();

        // Then
        Assert.Contains("Marketo has no static list 7. Correct \"list\"", report.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void People_named_by_their_own_id_are_not_looked_up()
    {
        // Given
        Person("ann@x.example");
        _scenario.Job = _scenario.Job with
        {
            KeyFields = ["leadId"],
            Fields = [new("leadId", "Key")],
            Target = new StaticListTarget(List, "leadId"),
        };
        _scenario.Source.Add("1", "");

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal(1L, report.Accepted);
        Assert.Equal([1], _scenario.Marketo.ListMembers(List));
        Assert.DoesNotContain(_scenario.Marketo.Calls.Newest, call => call.ObjectName == "lead");
    }

    private void Person(string email) => _scenario.Marketo.Seed("lead", $$"""{"email":"{{email}}"}""");
}
