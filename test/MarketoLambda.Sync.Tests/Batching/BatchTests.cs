using System.Text;
using CsCheck;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Batching;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Tests.Batching;

public sealed class BatchTests
{
    [Fact]
    public void A_later_version_of_a_key_takes_the_place_of_the_earlier_one()
    {
        // Given
        Batch batch = new(Batches.Target, Batches.MaxRecords);
        batch.TryAdd(Record("a", "1"));
        batch.TryAdd(Record("b", "1"));

        // When
        var isTaken = batch.TryAdd(Record("a", "2"));

        // Then
        Assert.True(isTaken);
        Assert.Equal(["2", "1"], batch.Records.Select(record => Encoding.UTF8.GetString(record.Json.Json.Span)));
        Assert.Equal(1, batch.Superseded);
        Assert.Equal(3, batch.Items);
    }

    [Theory]
    [InlineData("A")]
    [InlineData(" a")]
    [InlineData("a ")]
    public void Keys_that_marketo_may_take_for_one_never_share_a_batch(string nearlyTheSame)
    {
        // Given
        Batch batch = new(Batches.Target, Batches.MaxRecords);
        batch.TryAdd(Record("a", "1"));

        // When
        var isTaken = batch.TryAdd(Record(nearlyTheSame, "2"));

        // Then
        Assert.False(isTaken);
        Assert.Equal("a", Assert.Single(batch.Records).Key.Text);
    }

    [Fact]
    public void A_batch_holds_300_records()
    {
        // Given
        Batch batch = new(Batches.Target, Batches.MaxRecords);
        for (var i = 0; i < 300; i++)
        {
            Assert.False(batch.IsFull);
            Assert.True(batch.TryAdd(Record($"{i}", "1")));
        }

        // Then
        Assert.True(batch.IsFull);
        Assert.False(batch.TryAdd(Record("300", "1")));
    }

    [Fact]
    public void A_batch_of_rejects_is_cut_before_it_grows_with_the_file()
    {
        // Given
        Batch batch = new(Batches.Target, Batches.MaxRecords);

        // When
        for (var row = 1; row <= 1000; row++)
        {
            Assert.False(batch.IsFull);
            batch.Add(new RejectedRecord(new SourceLocation("file", row), Key: null, "code", "reason"));
        }

        // Then
        Assert.True(batch.IsFull);
    }

    [Fact]
    public void A_batch_never_outgrows_a_call_and_a_full_one_was_cut_while_an_ordinary_record_still_fitted() =>
        Gen.Select(Gen.Int[0, 400], Gen.Int[1, 12_000]).Array[1, 400].Sample(records =>
        {
            Batch batch = new(Batches.Target, Batches.MaxRecords);
            foreach (var (key, size) in records)
            {
                var largest = batch.Records.Select(record => record.Json.Json.Length).DefaultIfEmpty(0).Max();
                var wasFull = batch.IsFull;
                var isTaken = batch.TryAdd(Record($"{key}", new string('x', size)));
                if (!wasFull && size <= largest)
                {
                    Assert.True(isTaken);
                }

                var bytes = batch.Records.Sum(record => (long)record.Json.Json.Length);
                Assert.InRange(
                    SyncRequestSize.Measure(SyncAction.CreateOrUpdate, DedupeBy.DedupeFields, batch.Records.Count, bytes),
                    1,
                    1_000_000);
                Assert.Equal(batch.Records.Count, batch.SentKeys.Distinct().Count());
            }
        });

    private static MappedRecord Record(string key, string json) =>
        new(RecordKey.From(key), new EncodedRecord(Encoding.UTF8.GetBytes(json)), new SourceLocation("file", 1));
}
