using System.Globalization;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Previews;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.Targets;
using MarketoLambda.Sync.Targets.CustomObjects;
using MarketoLambda.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MarketoLambda.Sync.Tests.Previews;

/// <summary>The preview of a retry writes nothing, and what it says comes true.</summary>
public sealed class RetryPreviewTests
{
    private const int Worlds = 60;

    private readonly SyncScenario _scenario = new SyncScenario { KeepsRejectsInMarketo = true }.Initialized();

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, Worlds)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_retry_after_it_ends_with_the_counts_it_said(int seed)
    {
        // Given: rejects of the mapping and of Marketo, some with newer versions, and a mapping that is partly corrected
        Random random = new(seed);
        var hasLinks = random.Next(2) == 0;
        _scenario.Job = Job(random, hasLinks, corrected: null);
        _scenario.Source.Add(Enumerable.Range(0, random.Next(700)).Select(_ => Row(random)));
        _scenario.Run();
        _scenario.Job = _scenario.Job with { Fields = Job(random, hasLinks, corrected: "x").Fields };
        Func<RejectWork> work = Work(random);
        var before = Contents();

        // When
        var said = Preview(work());

        // Then
        Assert.Equal(before, Contents());
        var tries = Tries();
        var report = Retry(work());
        var refused = Tries().Count(reject => reject.Value > tries.GetValueOrDefault(reject.Key));
        var accepted = said.Created + said.Updated + said.Unchanged;
        Assert.InRange(report.Resolved, accepted, accepted + said.Unknown);
        Assert.InRange(refused, said.Rejected, said.Rejected + said.Unknown);
        Assert.True(hasLinks || said.Unknown == 0);
    }

    [Fact]
    public void What_Marketo_refused_is_told_apart_and_what_the_mapping_refused_is_told_by_field()
    {
        // Given
        _scenario.Job = Job(new Random(1), hasLinks: true, corrected: null);
        _scenario.Source.Add([new("a", "x"), new("b", "y"), new("c", "1", Owner: "999")]);
        _scenario.Run();
        _scenario.Job = Job(new Random(1), hasLinks: true, corrected: "x");

        // When
        var said = Preview(RejectWork.RetryAll());

        // Then
        Assert.Equal((1L, 1L, 1L), (said.Created, said.Rejected, said.Unknown));
        Assert.Equal(("amount", 1L), (Assert.Single(said.Rejects).Field, said.Rejects[0].Count));
        Assert.Equal("a", Assert.Single(said.Changes).Key);
        Assert.Contains("may be refused for the same reason again", said.Notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_that_exists_is_known_to_be_refused_again_and_one_that_is_gone_to_be_created()
    {
        // Given: records that exist are rejects here
        CustomObjectTarget target = new(SyncScenario.Product)
        {
            Mode = WriteMode.Default with { Action = SyncAction.CreateOnly, RejectsOthers = true },
        };
        _scenario.Job = _scenario.Job with { Target = target, StopAbovePercentRejected = 100 };
        _scenario.Marketo.Seed(SyncScenario.Product, """{"sku":"a","amount":1}""");
        _scenario.Source.Add("a", "2");
        _scenario.Run();

        // When
        var said = Preview(RejectWork.RetryAll());

        // Then
        Assert.Equal((0L, 1L, 0L), (said.Created, said.Rejected, said.Unknown));
    }

    private SyncJob Job(Random random, bool hasLinks, string? corrected)
    {
        FieldMapping amount = new("amount", "Value")
        {
            Map = corrected is null
                ? null
                : new ValueMap([new(corrected, 7m), new(ValueMap.Other, ValueMap.Kept)]),
        };
        return _scenario.Job with
        {
            StopAbovePercentRejected = 100,
            Fields = hasLinks
                ? [new FieldMapping("sku", "Key"), amount, new FieldMapping("owner", "Owner")]
                : [new FieldMapping("sku", "Key"), amount],
            Target = new CustomObjectTarget(SyncScenario.Product)
            {
                Mode = WriteMode.Default with { SkipsUnchanged = random.Next(2) == 0 },
            },
        };
    }

    private static Func<RejectWork> Work(Random random)
    {
        var numbers = Enumerable.Range(1, 40).Where(_ => random.Next(2) == 0).Select(number => (long)number).ToList();
        return random.Next(3) switch
        {
            0 => RejectWork.RetryAll,
            1 => () => RejectWork.RetryAll(numbers),
            _ => () => RejectWork.Retry(numbers),
        };
    }

    private static ListSource.ListRow Row(Random random)
    {
        var key = $"{(random.Next(6) == 0 ? "K" : "k")}{random.Next(200)}";
        return random.Next(30) == 0 ? new ListSource.ListRow("", "1", IsReadable: random.Next(2) == 0)
            : random.Next(20) == 0 ? new ListSource.ListRow($"owned-{random.Next()}", "1", Owner: "999") // one version each
            : new ListSource.ListRow(
                key,
                random.Next(6) switch
                {
                    0 => "x",
                    1 => "y",
                    var number => number.ToString(CultureInfo.InvariantCulture),
                });
    }

    private RunPreview Preview(RejectWork work)
    {
        RunPreview? preview = null;
        _scenario.Use(async services =>
            preview = await services
                .GetRequiredService<RetryPreview>()
                .PreviewAsync(_scenario.Job, work, CancellationToken.None, CancellationToken.None));
        return preview!;
    }

    private SyncReport Retry(RejectWork work)
    {
        SyncReport? report = null;
        _scenario.Use(async services => report = await services.GetRequiredService<SyncEngine>().WorkOnRejectsAsync(
            _scenario.Job, work, new RunDeadline(_scenario.Time, limit: null, CancellationToken.None), CancellationToken.None));
        return report!;
    }

    /// <summary>The rejects that are not over, and how often each was tried.</summary>
    private Dictionary<string, long> Tries() =>
        _scenario.Marketo.Records(RejectFields.ObjectApiName)
            .Where(row => row["stage"] is "open" or "waiting" or "held")
            .ToDictionary(row => row.Key, row => long.Parse(row["attempts"]!, CultureInfo.InvariantCulture));

    private List<string> Contents() =>
        [
            .. _scenario.Marketo.ObjectNames.SelectMany(name =>
                _scenario.Marketo.Records(name).Select(record =>
                    $"{name} {record.Id} {record.UpdatedAt:O} {string.Join(',', record.Fields)}")),
        ];
}
