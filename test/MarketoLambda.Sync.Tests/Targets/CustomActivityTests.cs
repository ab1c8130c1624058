using System.Globalization;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Faults;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.Setup;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.State.Sent;
using MarketoLambda.Sync.Targets.Activities;
using MarketoLambda.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MarketoLambda.Sync.Tests.Targets;

/// <summary>Custom activities, which Marketo cannot recognize when they come again. Their key in the source is an attribute here.</summary>
public sealed class CustomActivityTests
{
    private const string Type = "visitedStore_c";
    private const string ActivityCalls = "activity";

    private readonly SyncScenario _scenario = new() { KeepsRejectsInMarketo = true };

    public CustomActivityTests()
    {
        _scenario.Marketo.DefineActivityType(100_001, Type, "store", "visit", "basket");
        _scenario.Marketo.Seed("lead", """{"email":"ann@x.example"}""");
        Job(sendsOnce: true);
        _scenario.InitializedWith([.. StateSetup.Objects, SentFields.Definition]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Activities_are_added_with_person_date_primary_attribute_and_attributes(bool sendsOnce)
    {
        // Given
        Job(sendsOnce);
        Add(700);

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, 700L, 700L), (report.Outcome, report.Accepted, report.Created));
        var first = _scenario.Marketo.Activities[0];
        Assert.Equal((1L, 100_001, "Berlin"), (first.LeadId, first.ActivityTypeId, first.PrimaryAttributeValue));
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), first.ActivityDate);
        Assert.Equal("V0", first.Attributes["visit"]);
        Assert.Equal(Visits(700), Stored());
    }

    [Fact]
    public void Where_each_is_sent_once_300_take_three_calls_and_otherwise_one()
    {
        // Given
        Add(300);

        // When
        _scenario.Run();
        var noted = Writes();
        Job(sendsOnce: false);
        Add(300, from: 300);
        _scenario.Run();

        // Then
        Assert.Equal((1, 2), (noted[ActivityCalls], noted[SentFields.ObjectApiName]));
        Assert.Equal((2, 2), (Writes()[ActivityCalls], Writes()[SentFields.ObjectApiName]));
    }

    [Fact]
    public void What_was_sent_is_unchanged_when_it_comes_again()
    {
        // Given
        Add(5);
        _scenario.Run();
        Add(5);

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, 5L, 5L, 0L), (report.Outcome, report.Accepted, report.Unchanged, report.Rejected));
        Assert.Equal(Visits(5), Stored());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void After_a_lost_answer_the_run_stops_and_the_next_tells_the_rows_and_sends_the_others(bool hasEffect)
    {
        // Given: three calls, and nobody hears what became of the second
        Add(700);
        Lose(hasEffect, nth: 2);

        // When
        var first = _scenario.Run();
        var second = _scenario.Run();

        // Then
        Assert.Equal(RunOutcome.Failed, first.Outcome);
        Assert.Contains("Whether Marketo has the 300 activities of the call is not known", first.Error, StringComparison.Ordinal);
        Assert.Equal((RunOutcome.Succeeded, 300L), (second.Outcome, second.Rejected));
        Assert.Equal(Visits(700).Where(visit => hasEffect || !IsInCall(visit, 2)), Stored());
        var rejects = OpenRejects();
        Assert.Equal(300, rejects.Count);
        Assert.All(rejects, reject => Assert.Equal(("unknown-outcome", RejectStage.Held), (reject.Code, reject.Stage)));
        Assert.All(rejects, reject => Assert.True(IsInCall(reject.Key!, 2)));
    }

    [Fact]
    public void Unknown_ones_are_sent_again_by_their_number_and_in_no_other_way()
    {
        // Given
        Add(3);
        Lose(hasEffect: false, nth: 1);
        _scenario.Run();
        _scenario.Run();
        var numbers = OpenRejects().Select(reject => reject.Number).ToList();

        // When
        Work(RejectWork.RetryAll());
        var before = Stored();
        Work(RejectWork.Retry(numbers));

        // Then
        Assert.Equal(3, numbers.Count);
        Assert.Empty(before);
        Assert.Equal(Visits(3), Stored());
        Assert.Empty(OpenRejects());
    }

    [Fact]
    public void An_unknown_one_that_is_there_is_dismissed_and_never_sent_again()
    {
        // Given
        Add(3);
        Lose(hasEffect: true, nth: 1);
        _scenario.Run();
        _scenario.Run();

        // When
        Work(RejectWork.Dismiss(numbers: null, container: null));
        Add(3);
        _scenario.Run();

        // Then
        Assert.Equal(Visits(3), Stored());
    }

    [Fact]
    public void Where_duplicates_are_accepted_a_lost_answer_is_repeated()
    {
        // Given
        Job(sendsOnce: false);
        Add(3);
        Lose(hasEffect: true, nth: 1);

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, 3L), (report.Outcome, report.Accepted));
        Assert.Equal(["V0", "V0", "V1", "V1", "V2", "V2"], Stored());
    }

    [Fact]
    public void Who_does_not_exist_yet_is_waited_for()
    {
        // Given
        _scenario.Source.Add("V0", "bob@x.example");
        var first = _scenario.Run();
        _scenario.Marketo.Seed("lead", """{"email":"bob@x.example"}""");
        _scenario.Time.Advance(TimeSpan.FromMinutes(16));

        // When
        var second = _scenario.Run();

        // Then
        Assert.Equal((0L, 1L), (first.Accepted, first.Waiting));
        Assert.Equal(1L, second.Resolved);
        Assert.Equal(2, Assert.Single(_scenario.Marketo.Activities).LeadId);
    }

    [Fact]
    public void What_marketo_refuses_for_certain_is_tried_again_like_any_reject()
    {
        // Given: a person is gone between the look and the call
        _scenario.Marketo.Seed("lead", """{"email":"bob@x.example"}""");
        _scenario.Source.Add("V0", "ann@x.example").Add("V1", "bob@x.example");
        _scenario.Marketo.Faults.On(
            CallKind.Sync,
            Fault.SkipRecords("1004", message: null, "2"),
            objectName: ActivityCalls);

        // When
        var report = _scenario.Run();
        _scenario.Time.Advance(TimeSpan.FromMinutes(16));
        var again = _scenario.Run();

        // Then
        Assert.Equal((1L, 1L), (report.Accepted, report.Waiting));
        Assert.Equal(1L, again.Resolved);
        Assert.Equal(Visits(2), Stored());
    }

    [Fact]
    public void A_type_that_does_not_exist_and_a_field_that_is_missing_are_told_with_the_remedy()
    {
        // Given
        Add(1);
        var fitting = _scenario.Job;
        _scenario.Job = fitting with { Target = new CustomActivityTarget("other_c", "email", fitting.Name, SendsOnce: true) };
        var unknown = _scenario.Run();
        _scenario.Job = fitting with { Fields = [.. fitting.Fields.Where(field => field.Field != "activityDate")] };

        // When
        var missing = _scenario.Run();

        // Then
        Assert.Contains(
            "no approved custom activity other_c; custom activities there: visitedStore_c. Create and approve it",
            unknown.Error,
            StringComparison.Ordinal);
        Assert.Contains("the field \"activityDate\" is missing, and every record needs it", missing.Error, StringComparison.Ordinal);
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 16)];

    /// <summary>Wherever a run dies: what it was about to send is told, all else is there once.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Wherever_runs_are_cut_off_no_activity_is_there_twice_and_none_is_lost(int seed)
    {
        // Given
        Random random = new(seed);
        const int rows = 3000;
        Add(rows);
        _scenario.WithLatency(TimeSpan.FromSeconds(3));
        for (var mishap = 0; mishap < 3; mishap++)
        {
            Lose(hasEffect: random.Next(2) == 0, nth: random.Next(1, 5));
        }

        // When
        for (var life = 0; life < 3; life++)
        {
            _scenario.RunUntilAborted(TimeSpan.FromSeconds(random.Next(1, 30)));
        }

        var last = _scenario.Run();
        for (var tries = 0; last.Outcome != RunOutcome.Succeeded && tries < 8; tries++)
        {
            last = _scenario.Run();
        }

        // Then
        var unknown = OpenRejects().Select(reject => reject.Key ?? "").ToHashSet();
        var stored = Stored();
        Assert.True(last.Outcome == RunOutcome.Succeeded, $"seed {seed}: {last.Error}");
        Assert.True(stored.Count == stored.Distinct().Count(), $"seed {seed}: an activity is there twice");
        Assert.True(
            Visits(rows).Where(visit => !unknown.Contains(visit)).Except(stored).FirstOrDefault() is null,
            $"seed {seed}: an activity is neither there nor told as unknown");
        Assert.True(unknown.Count < rows, $"seed {seed}: all are unknown");
    }

    private void Lose(bool hasEffect, int nth) =>
        _scenario.Marketo.Faults.On(
            CallKind.Sync,
            hasEffect ? Fault.Http(502).AfterEffect() : Fault.Http(502),
            nth: nth,
            objectName: ActivityCalls);

    private void Job(bool sendsOnce) =>
        _scenario.Job = new SyncJob(
            SyncScenario.Product,
            _scenario.Source,
            ["activityKey"],
            [
                new("activityKey", "Key"),
                new("email", "Value"),
                new("activityDate", new FixedValue("2026-03-01T12:00:00Z")),
                new("store", new FixedValue("Berlin")),
                new("visit", "Key"),
            ])
        {
            Target = new CustomActivityTarget(Type, "email", SyncScenario.Product, sendsOnce),
            StopAbovePercentRejected = 100,
        };

    private void Add(int count, int from = 0) =>
        _scenario.Source.Add(Enumerable.Range(from, count).Select(number => new ListSource.ListRow(Visit(number), "ann@x.example")));

    private static string Visit(int number) => $"V{number}";

    private static IEnumerable<string> Visits(int count) => Enumerable.Range(0, count).Select(Visit).Order(StringComparer.Ordinal);

    private static bool IsInCall(string visit, int call) => (int.Parse(visit[1..], CultureInfo.InvariantCulture) / 300) + 1 == call;

    private List<string> Stored() =>
        [.. _scenario.Marketo.Activities.Select(activity => activity.Attributes["visit"]).Order(StringComparer.Ordinal)];

    private Dictionary<string, int> Writes() =>
        _scenario.Marketo.Calls.Newest
            .Where(call => call.Kind == CallKind.Sync && call.ObjectName is ActivityCalls or SentFields.ObjectApiName)
            .CountBy(call => call.ObjectName ?? "")
            .ToDictionary();

    private List<RejectRow> OpenRejects()
    {
        List<RejectRow> open = [];
        _scenario.Use(async services =>
            open =
            [
                .. (await services.GetRequiredService<RejectTable>()
                    .ReadAsync(SyncScenario.Product, Enumerable.Range(1, 3000).Select(number => (long)number), CancellationToken.None))
                .Where(reject => !reject.IsOver),
            ]);
        return open;
    }

    private void Work(RejectWork work) =>
        _scenario.Use(services => services.GetRequiredService<SyncEngine>()
            .WorkOnRejectsAsync(
                _scenario.Job,
                work,
                new RunDeadline(_scenario.Time, limit: null, CancellationToken.None),
                CancellationToken.None));
}
