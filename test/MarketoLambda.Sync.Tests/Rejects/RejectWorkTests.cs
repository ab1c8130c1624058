using MarketoLambda.Emulator.Objects;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MarketoLambda.Sync.Tests.Rejects;

/// <summary>
/// What a person asks for: these rejects again, or no more of them; and rejects without a key, which belong to their place.
/// </summary>
public sealed class RejectWorkTests
{
    private readonly SyncScenario _scenario = new SyncScenario { KeepsRejectsInMarketo = true }.Initialized();

    public RejectWorkTests() => _scenario.Job = _scenario.Job with { StopAbovePercentRejected = 100 };

    [Fact]
    public void A_held_reject_is_tried_again_when_somebody_names_it()
    {
        // Given: the two differ in casing, and the person knows that they are two records
        _scenario.Source.Add("AbC", "x").Add("Abc", "2");
        _scenario.Run();
        _scenario.Job = _scenario.Job with { Fields = [new FieldMapping("sku", "Key")] };

        // When
        var all = Work(RejectWork.RetryAll());
        var named = Work(RejectWork.Retry([1]));

        // Then
        Assert.Equal((0L, 1L), (all.Resolved, all.OpenRejects));
        Assert.Equal((1L, 0L), (named.Resolved, named.OpenRejects));
        Assert.Single(_scenario.Marketo.Find(SyncScenario.Product, "AbC"));
    }

    [Fact]
    public void What_is_dismissed_is_not_tried_again_and_counts_no_more()
    {
        // Given
        _scenario.Source.Add("a", "x").Add("b", "y").AddUnreadable();
        _scenario.Run();

        // When
        var one = Work(RejectWork.Dismiss([2], container: null));
        var elsewhere = Work(RejectWork.Dismiss(numbers: null, "another list"));
        var rest = Work(RejectWork.Dismiss(numbers: null, "list"));

        // Then
        Assert.Equal((1L, 2L), (one.Dismissed, one.OpenRejects));
        Assert.Equal((0L, 2L), (elsewhere.Dismissed, elsewhere.OpenRejects));
        Assert.Equal((2L, 0L), (rest.Dismissed, rest.OpenRejects));
        Assert.All(Rows(), row => Assert.Equal("dismissed", row["stage"]));
        Assert.Contains(
            "rejects dismissed",
            _scenario.Marketo.Find("customObjectSyncMetadata_c", "product_c")[0]["lastRunOutcome"],
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_that_is_in_order_now_closes_the_reject_without_a_key_at_its_place_issue_12_E()
    {
        // Given
        _scenario.Source.AddUnreadable().Add([new("", "1"), new("", "2")]);
        var first = _scenario.Run();
        _scenario.Source.Replace(0, _ => new("a", "1"), 1);
        _scenario.Source.Replace(1, _ => new("b", "x"), 1);
        Reset();

        // When: the first is in order, the second has a key and a wrong value, the third is as it was
        var second = _scenario.Run();

        // Then
        Assert.Equal((3L, 2L), (first.OpenRejects, second.OpenRejects));
        Assert.Equal(
            [("1", "resolved", null), ("2", "open", "b"), ("3", "open", null)],
            Rows().Select(row => (row["sourceRow"]!, row["stage"], row["recordKey"])).Order());
    }

    private SyncReport Work(RejectWork work)
    {
        SyncReport? report = null;
        _scenario.Use(async services => report = await services.GetRequiredService<SyncEngine>().WorkOnRejectsAsync(
            _scenario.Job, work, new RunDeadline(_scenario.Time, limit: null, CancellationToken.None), CancellationToken.None));
        return report!;
    }

    private void Reset() =>
        _scenario.Use(services =>
            services
                .GetRequiredService<JobReset>()
                .ResetAsync(
                    SyncScenario.Product,
                    to: null,
                    startsEpoch: false,
                    new RunDeadline(_scenario.Time, limit: null, CancellationToken.None),
                    CancellationToken.None));

    private List<RecordView> Rows() =>
        [.. _scenario.Marketo.Records(RejectFields.ObjectApiName).OrderBy(row => row.Key, StringComparer.Ordinal)];
}
