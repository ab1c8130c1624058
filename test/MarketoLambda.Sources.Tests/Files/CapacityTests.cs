using MarketoLambda.Sources.Tests.Support;

namespace MarketoLambda.Sources.Tests.Files;

public sealed class CapacityTests : IDisposable
{
    private readonly DropFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(60)]
    [InlineData(100)]
    [InlineData(150)]
    [InlineData(200)]
    [InlineData(1000)]
    public async Task The_position_never_outgrows_its_room_and_resuming_anywhere_loses_nothing(int capacity)
    {
        // Given
        for (var i = 0; i < 12; i++)
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
            Assert.InRange(repeated, 0, capacity < 150 ? 2 : 0); // at most the rows of the unfinished file
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
        Assert.All(reading.Positions, position => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(position.Resume!), 1, 700));
        Assert.Empty((await _folder.ReadAsync(reading.End, capacity: 700)).Items);
    }

    [Fact]
    public async Task Without_room_the_last_file_name_is_the_floor()
    {
        // Given
        _folder.With("a.csv", "id\n1\n").With("b.csv", "id\n2\n3\n");
        // When
        var reading = await _folder.ReadAsync(capacity: 0);
        // Then
        Assert.All(reading.Positions, position => Assert.Null(position.Resume));
        Assert.Equal(["a.csv", "a.csv", "b.csv"], reading.Positions.Select(position => position.LastFileName));
        Assert.Equal([1, 1, 2], reading.Positions.Select(position => position.LastFileRecords!.Value));
    }

    [Fact]
    public async Task The_oldest_finished_files_fall_into_the_floor_first()
    {
        // Given
        for (var i = 0; i < 9; i++)
        {
            _folder.With($"{i}.csv", $"id\n{i}\n");
        }

        // When
        var reading = await _folder.ReadAsync(capacity: 140);
        // Then
        Assert.StartsWith(
            "{\"v\":1,\"seen\":\"2026-03-01T12:00:00Z\",\"floor\":\"6.csv\",\"done\":{\"7.csv\":\"", reading.End.Resume, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_floor_never_passes_a_file_that_waits()
    {
        // Given
        for (var i = 1; i < 9; i++)
        {
            _folder.With($"{i}.csv", $"id\n{i}\n");
        }

        var roomy = await _folder.ReadAsync();
        _folder.With("0.csv", "id\nlate\n", age: TimeSpan.Zero).With("9.csv", "id\n9\n");
        // When
        var waiting = await _folder.ReadAsync(roomy.End, capacity: 110);
        _folder.Clock.Advance(TimeSpan.FromHours(1));
        var later = await _folder.ReadAsync(waiting.End, capacity: 110);
        // Then
        Assert.Empty(waiting.Ids);
        Assert.Equal("late", later.Ids[0]);
        Assert.Equal("9", later.Ids[^1]);
    }
}
