using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Testing;

namespace MarketoLambda.Sync.Tests.Runs;

/// <summary>A backfill tells records apart by the key that is sent, and not by the column it is made of.</summary>
public sealed class BackfillReaderTests
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_newer_version_of_a_mapped_key_is_sent_behind_the_stretch()
    {
        // Given
        FieldMapping key = new("sku", "Key") { Trims = true, Map = new ValueMap([new("one", "1"), new("uno", "1"), new("*", "other")]) };

        // Then
        Assert.Equal([" one ", "uno"], await SentAsync([key], ["sku"], (" one ", "", 0), ("uno", "", 1), ("two", "", 1)));
    }

    [Fact]
    public async Task A_newer_version_of_a_composed_key_is_sent_behind_the_stretch()
    {
        // Given
        FieldMapping key = new("sku", new ComposedText(FieldTemplate.Parse("{Key} {Value}"))) { Trims = true };

        // Then
        Assert.Equal(["a", "a "], await SentAsync([key], ["sku"], ("a", "b", 0), ("a ", " b", 1), ("a", "c", 1)));
    }

    [Fact]
    public async Task A_newer_version_is_sent_however_its_number_is_written()
    {
        // Given
        FieldMapping key = new("sku", "Key") { Trims = true };

        // Then
        Assert.Equal(["12", "12.0"], await SentAsync("integer", [key], ["sku"], ("12", "", 0), ("12.0", "", 1), ("13", "", 1)));
    }

    /// <summary>Keys of what a backfill of the first day sends, of rows with a key, a value and a day.</summary>
    private static Task<List<string>> SentAsync(FieldMapping[] fields, string[] keys, params (string Key, string Value, int Day)[] rows) =>
        SentAsync("string", fields, keys, rows);

    private static async Task<List<string>> SentAsync(
        string type,
        FieldMapping[] fields,
        string[] keys,
        params (string Key, string Value, int Day)[] rows)
    {
        SyncJob job = new("object_c", new ListSource(), keys, fields);
        RecordTypeDescription description = new(
            "object_c",
            "Object",
            keys,
            [.. fields.Select(field => new RecordField(field.Field, field.Field, type, Length: null, IsUpdateable: true))]);
        await using BackfillReader reader = new(
            new Stamped(job, rows),
            new RecordMapper(job, description),
            new Backfill(Monday, Monday.AddDays(1)));
        List<string> sent = [];
        while (await reader.ReadAsync(CancellationToken.None) is SourceRecord record)
        {
            sent.Add((string)record.Values[0]!);
        }

        return sent;
    }

    private sealed class Stamped(SyncJob job, IReadOnlyList<(string Key, string Value, int Day)> rows) : ISourceReader
    {
        private int _next;

        public Checkpoint Position => Checkpoint.Start;

        public SourceProgress Progress => default;

        public ValueTask<SourceItem?> ReadAsync(CancellationToken cancellationToken)
        {
            if (_next == rows.Count)
            {
                return new((SourceItem?)null);
            }

            var row = rows[_next++];
            return new(
                new SourceRecord(
                    new SourceLocation("list", _next),
                    [.. job.Columns.Select(column => column == "Key" ? row.Key : row.Value)])
                {
                    CursorValue = Monday.AddDays(row.Day),
                }
            );
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
