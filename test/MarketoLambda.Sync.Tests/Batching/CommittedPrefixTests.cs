using CsCheck;
using MarketoLambda.Sync.Batching;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Tests.Batching;

public sealed class CommittedPrefixTests
{
    [Fact]
    public void The_position_is_the_end_of_the_longest_gapless_run_whatever_order_answers_come_in() =>
        Gen.Int[1, 30]
            .SelectMany(count => Gen.Shuffle(Enumerable.Range(0, count).ToArray()))
            .Sample(order =>
            {
                // Given
                CommittedPrefix prefix = new(Position(-1));
                var batches = order
                    .Order()
                    .Select(number => new Batch(Batches.Target, Batches.MaxRecords) { EndPosition = Position(number) })
                    .ToList();
                batches.ForEach(prefix.Begin);
                HashSet<int> finished = [];

                foreach (var number in order)
                {
                    // When
                    prefix.Finish(batches[number], rejected: 0, waiting: 0, superseded: 0);
                    finished.Add(number);

                    // Then: counted from the other side
                    var gapless = Enumerable.Range(0, order.Length).TakeWhile(finished.Contains).Count();
                    Assert.Equal(Position(gapless - 1), prefix.Position);
                    Assert.Equal(order.Length - gapless, prefix.Unpassed);
                }
            });

    [Fact]
    public void A_batch_that_is_never_answered_holds_the_position_for_ever()
    {
        // Given
        CommittedPrefix prefix = new(Checkpoint.Start);
        Batch unanswered = new(Batches.Target, Batches.MaxRecords) { EndPosition = Position(1) };
        Batch answered = new(Batches.Target, Batches.MaxRecords) { EndPosition = Position(2) };
        prefix.Begin(unanswered);
        prefix.Begin(answered);

        // When
        prefix.Finish(answered, rejected: 0, waiting: 0, superseded: 0);

        // Then
        Assert.Equal(Checkpoint.Start, prefix.Position);
    }

    [Fact]
    public void A_batch_without_a_known_end_leaves_the_position_where_it_was()
    {
        // Given
        CommittedPrefix prefix = new(Position(1));
        Batch batch = new(Batches.Target, Batches.MaxRecords) { EndPosition = null };
        prefix.Begin(batch);

        // When
        prefix.Finish(batch, rejected: 0, waiting: 0, superseded: 0);

        // Then
        Assert.Equal(Position(1), prefix.Position);
    }

    private static Checkpoint Position(int number) => new() { Resume = $"{number}" };
}
