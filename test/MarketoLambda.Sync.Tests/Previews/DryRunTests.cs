using System.Globalization;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Previews;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Targets;
using MarketoLambda.Sync.Targets.CustomObjects;
using MarketoLambda.Sync.Targets.Leads;
using MarketoLambda.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MarketoLambda.Sync.Tests.Previews;

/// <summary>A dry run writes nothing, and what it says comes true.</summary>
public sealed class DryRunTests
{
    private const int Worlds = 60;

    private readonly SyncScenario _scenario = new();

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, Worlds)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_run_after_it_ends_with_the_counts_it_said(int seed)
    {
        // Given: any table, any contents of Marketo, any mode
        Random random = new(seed);
        var isLead = random.Next(2) == 0;
        Prepare(isLead ? Leads(random) : new CustomObjectTarget(SyncScenario.Product) { Mode = Mode(random) });
        for (var earlier = 0; earlier < random.Next(200); earlier++)
        {
            Seed(isLead, Key(random), random.Next(3), mayBeDouble: isLead && random.Next(20) == 0);
        }

        _scenario.Source.Add(Enumerable.Range(0, random.Next(1500)).Select(_ => Row(random, mayDelete: !isLead)));
        var before = Contents();

        // When
        var said = Preview();

        // Then
        Assert.Equal(before, Contents());
        var report = _scenario.Run();
        Assert.Equal(
            (said.Created, said.Updated, said.Deleted, said.Unchanged),
            (report.Created, report.Updated, report.Deleted, report.Unchanged));
        Assert.Equal((said.Rejected, said.Superseded), (report.Rejected + report.Waiting, report.Superseded));
        Assert.Equal(
            said.Rejects.Select(group => (group.Code, group.Count)).Order(),
            _scenario
                .Rejects.Stored.GroupBy(reject => (reject.Code, reject.Field))
                .Select(group => (group.Key.Code, (long)group.Count()))
                .Order());
    }

    [Fact]
    public void It_shows_the_first_changes_with_what_was_there_before_and_the_calls_they_cost()
    {
        // Given
        Prepare(new CustomObjectTarget(SyncScenario.Product) { Mode = WriteMode.Default with { SkipsUnchanged = true } });
        Seed(isLead: false, "a", number: 1, mayBeDouble: false);
        Seed(isLead: false, "b", number: 2, mayBeDouble: false);
        _scenario.Source.Add("a", "1").Add("b", "3").Add("c", "4");

        // When
        var said = Preview();

        // Then
        Assert.Equal((1L, 1L, 1L), (said.Created, said.Updated, said.Unchanged));
        Assert.Equal(
            ["b amount 2 3", "c sku  c", "c amount  4"],
            said.Changes.SelectMany(change => change.Fields.Select(field => $"{change.Key} {field.Field} {field.Before} {field.After}")));
        Assert.Equal(2, said.Calls);
    }

    [Fact]
    public void Updates_that_would_change_nothing_are_counted_and_leave_their_room_to_others()
    {
        // Given: more of them than are shown
        Prepare(new CustomObjectTarget(SyncScenario.Product));
        for (var row = 0; row < 30; row++)
        {
            Seed(isLead: false, $"s{row}", number: 1, mayBeDouble: false);
            _scenario.Source.Add($"s{row}", row == 29 ? "2" : "1");
        }

        // When
        var said = Preview();

        // Then
        Assert.Equal((30L, 29L), (said.Updated, said.UpdatedAsTheyAre));
        Assert.Equal("s29", Assert.Single(said.Changes).Key);
    }

    [Fact]
    public void It_says_why_the_run_would_stop()
    {
        // Given
        Prepare(new CustomObjectTarget(SyncScenario.Product));
        _scenario.Source.Add(100, "many");

        // When
        var said = Preview();

        // Then
        Assert.Contains("100 of the first 100 records", said.Stop, StringComparison.Ordinal);
    }

    [Fact]
    public void It_starts_where_a_reset_would_let_the_next_run_start()
    {
        // Given
        Prepare(new CustomObjectTarget(SyncScenario.Product));
        _scenario.Source.Add(10);
        _scenario.Run();

        // When
        var asItIs = Preview();
        var afterReset = Preview(Checkpoint.Start);

        // Then
        Assert.Equal((0L, 0L), (asItIs.Created, asItIs.Updated));
        Assert.Equal((0L, 10L), (afterReset.Created, afterReset.Updated));
    }

    [Fact]
    public void It_makes_no_call_that_writes()
    {
        // Given
        Prepare(new CustomObjectTarget(SyncScenario.Product));
        _scenario.Source.Add(1000);
        var before = _scenario.Marketo.Calls.Newest.Count;

        // When
        Preview();

        // Then
        Assert.DoesNotContain(
            _scenario.Marketo.Calls.Newest.Skip(before),
            call => call.Kind == CallKind.Sync || call.Kind == CallKind.Delete);
    }

    private RunPreview Preview(Checkpoint? from = null)
    {
        RunPreview? preview = null;
        _scenario.Use(async services =>
            preview = await services
                .GetRequiredService<DryRun>()
                .ImportAsync(_scenario.Job, from, CancellationToken.None, CancellationToken.None));
        return preview!;
    }

    private void Prepare(ITarget target)
    {
        var isLead = target is LeadTarget;
        _scenario.Job = new SyncJob(
            SyncScenario.Product,
            _scenario.Source,
            [isLead ? LeadTarget.Email : "sku"],
            [
                isLead ? new(LeadTarget.Email, new ComposedText(FieldTemplate.Parse("{Key}@x.example"))) : new("sku", "Key"),
                new(isLead ? "priority" : "amount", "Value"),
            ])
        {
            Target = target,
            StopAbovePercentRejected = target.Mode is { Action: SyncAction.CreateOrUpdate, RejectsOthers: false } ? 50 : 100,
        };
        _scenario.Initialized();
    }

    private static LeadTarget Leads(Random random) =>
        new(LeadTarget.Email, Mode(random)) { OnSeveralMatches = (SeveralMatches)random.Next(3) };

    private static WriteMode Mode(Random random) =>
        new((SyncAction)random.Next(3), RejectsOthers: random.Next(2) == 0, SkipsUnchanged: random.Next(2) == 0);

    private static string Key(Random random) => $"k{random.Next(400)}";

    private static ListSource.ListRow Row(Random random, bool mayDelete)
    {
        var key = random.Next(40) == 0 ? "" : Key(random);
        return random.Next(50) == 0 ? new ListSource.ListRow(key, "many")
            : mayDelete && random.Next(30) == 0 ? new ListSource.ListRow(key, "", IsDeletion: true)
            : new ListSource.ListRow(key, random.Next(3).ToString(CultureInfo.InvariantCulture));
    }

    private void Seed(bool isLead, string key, int number, bool mayBeDouble)
    {
        var name = isLead ? "lead" : SyncScenario.Product;
        var stored = isLead ? $"{key}@x.example" : key;
        if (mayBeDouble || _scenario.Marketo.Find(name, stored).Count == 0)
        {
            _scenario.Marketo.Seed(
                name,
                isLead ? $$"""{"email":"{{stored}}","priority":{{number}}}""" : $$"""{"sku":"{{stored}}","amount":{{number}}}""");
        }
    }

    private List<string> Contents() =>
        [
            .. _scenario.Marketo.ObjectNames.Append("lead").SelectMany(name =>
                _scenario.Marketo.Records(name).Select(record =>
                    $"{name} {record.Id} {record.UpdatedAt:O} {string.Join(", ", record.Fields.Select(field => $"{field.Key}={field.Value}"))}")),
        ];
}
