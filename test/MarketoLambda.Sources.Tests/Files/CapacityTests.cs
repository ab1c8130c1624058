using System.Text;
using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Tests.Files;

public sealed class CapacityTests : IDisposable
{
    private readonly DropFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(400)]
    [InlineData(430)]
    [InlineData(500)]
    [InlineData(1000)]
    public async Task The_position_never_outgrows_its_room_and_resuming_anywhere_loses_and_repeats_nothing(int capacity)
    {
        // Given
        for (var i = 0; i < 30; i++)
        {
            _folder.With($"file-{i:00}.csv", $"id\n{i}a\n{i}b\n{i}c\n");
        }

        // When
        var whole = await _folder.ReadAsync(capacity: capacity);
        // Then
        Assert.All(whole.Positions, position => Assert.InRange(position.Resume?.Length ?? 0, 0, capacity));
        for (var stop = 0; stop < whole.Positions.Count; stop++)
        {
            var rest = await _folder.ReadAsync(whole.Positions[stop], capacity);
            var repeated = stop + 1 + rest.Ids.Length - whole.Ids.Length;
            Assert.Equal(whole.Ids[^rest.Ids.Length..], rest.Ids);
            Assert.InRange(repeated, 0, 3); // where room had to be made, the last file again
        }

        Assert.Empty((await _folder.ReadAsync(whole.End, capacity)).Items);
    }

    [Fact]
    public async Task Room_is_counted_in_bytes_so_that_names_in_any_script_fit()
    {
        // Given
        for (var i = 0; i < 40; i++)
        {
            _folder.With($"注文-Bestellübersicht-{i:00}.csv", $"id\n{i}\n");
        }

        // When
        var reading = await _folder.ReadAsync(capacity: 700);
        // Then
        Assert.All(reading.Positions.Skip(1), position => Assert.InRange(Encoding.UTF8.GetByteCount(position.Resume!), 1, 700));
        Assert.Empty((await _folder.ReadAsync(reading.End, capacity: 700)).Items);
    }

    [Fact]
    public async Task Names_of_any_length_fit_and_only_people_see_them_cut()
    {
        // Given: what a file system allows, in letters of four bytes
        var names = Enumerable.Range(0, 20).Select(number => string.Concat(Enumerable.Repeat("😀", 60)) + $"{number:00}.csv").ToList();
        names.ForEach(name => _folder.With(name, "id\n1\n2\n"));
        // When
        var reading = await _folder.ReadAsync(capacity: 1000);
        // Then
        Assert.Equal(40, reading.Ids.Length);
        Assert.All(reading.Positions, position => Assert.InRange(Encoding.UTF8.GetByteCount(position.Resume ?? ""), 0, 1000));
        Assert.Equal(names[^1], reading.End.LastFileName);
        foreach (var position in reading.Positions)
        {
            Assert.Equal(reading.Ids[^1], (await _folder.ReadAsync(position, capacity: 1000)).Ids.LastOrDefault("2"));
        }

        Assert.Empty((await _folder.ReadAsync(reading.End, capacity: 1000)).Items);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    public async Task Without_room_for_a_position_nothing_is_read_unless_a_cursor_tells_rows_apart(int capacity)
    {
        // Given
        _folder.With("a.csv", "id,at\n1,2026-01-01\n2,2026-01-02\n").With("b.csv", "id,at\n3,2026-01-03\n");
        var options = Drop.Options with { CursorColumn = "at" };
        // When
        var refusal = await Assert.ThrowsAsync<SourceException>(() => _folder.ReadAsync(capacity: capacity));
        var first = await _folder.ReadAsync(capacity: capacity, options: options);
        var second = await _folder.With("0.csv", "id,at\n4,2026-01-04\n").ReadAsync(first.End, capacity, options);
        // Then
        Assert.StartsWith(
            $"The field resumePosition of Marketo's object customObjectSyncMetadata_c holds {capacity} characters, too few",
            refusal.Message,
            StringComparison.Ordinal);
        Assert.Null(first.End.Resume);
        Assert.Equal(["1", "2", "3"], first.Ids);
        Assert.Equal(["4"], second.Ids);
    }

    [Fact]
    public async Task Room_is_made_only_after_the_first_thing_to_do_was_handed_out()
    {
        // Given: files without rows hand out nothing, and only a run that owns its number may write
        for (var i = 0; i < 30; i++)
        {
            _folder.With($"file-{i:00}.csv", "id\n");
        }

        // When
        await using var reader = await _folder.OpenAsync(capacity: 500);
        List<SourceItem> items = [];
        while (await reader.ReadAsync(TestContext.Current.CancellationToken) is { } item)
        {
            items.Add(item);
            Assert.True(item is SourceWait || _folder.History.Writes == 0, "nothing but a wait comes before the first write");
        }

        // Then
        Assert.Single(items.OfType<SourceWait>());
        Assert.Equal(1, _folder.History.Writes);
        Assert.Empty((await _folder.ReadAsync(reader.Position, capacity: 500)).Items);
    }
}
