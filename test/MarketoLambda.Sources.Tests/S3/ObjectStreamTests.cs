using System.Text;
using MarketoLambda.Sources.Files;
using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Tests.S3;

/// <summary>Reading one object in ranges, while others do something to it.</summary>
public sealed class ObjectStreamTests : IDisposable
{
    private const string Gone = "a.csv was removed while it was read, so it does not count as finished.";
    private const string Changed = "a.csv was changed while it was read, so it does not count as finished.";

    private readonly DropBucket _bucket = new();

    public void Dispose() => _bucket.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(1000)]
    public async Task Any_place_is_read_whatever_was_read_before(int pieceBytes)
    {
        // Given
        var bytes = Enumerable.Range(0, 100).Select(number => (byte)number).ToArray();
        await using var content = await OpenAsync(bytes, pieceBytes);
        Random random = new(pieceBytes);
        for (var step = 0; step < 30; step++)
        {
            // When
            var position = random.Next(-3, 120);
            var count = random.Next(0, 50);
            content.Seek(position < 0 ? position : position - 100, SeekOrigin.End);
            if (content.Position < 0)
            {
                continue;
            }

            var read = new byte[count];
            var from = content.Position;
            var got = content.ReadAtLeast(read, count, throwOnEndOfStream: false);
            // Then
            Assert.Equal(bytes.Skip((int)from).Take(count), read.Take(got));
            Assert.Equal(from + got, content.Position);
        }
    }

    [Theory]
    [InlineData("removed", Gone)]
    [InlineData("changed", Changed)]
    public async Task What_happens_to_an_object_between_two_ranges_is_noticed_and_the_position_stands(string what, string told)
    {
        // Given
        await using var reader = await _bucket.With("a.csv", "id\n" + string.Concat(Enumerable.Repeat("1234567\n", 20_000))).OpenAsync();
        var first = await Reading.OfAsync(reader, most: 10);
        _ =
            what == "removed"
                ? _bucket.Without("a.csv")
                : _bucket.With("a.csv", "id\n" + string.Concat(Enumerable.Repeat("7654321\n", 20_000)));
        // When
        var refusal = await Assert.ThrowsAsync<SourceException>(() => Reading.OfAsync(reader));
        // Then
        Assert.StartsWith(told, refusal.Message, StringComparison.Ordinal);
        Assert.Null(reader.Position.LastFileName);
        Assert.NotEqual(first.End, reader.Position); // the rows that were here already have been read
        Assert.Contains("\"rows\":", reader.Position.Resume, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("removed")]
    [InlineData("changed")]
    public async Task The_next_run_knows_what_became_of_the_half_read_object(string what)
    {
        // Given
        var half = (await _bucket.With("a.csv", "id\n1\n2\n").ReadAsync()).Positions[0];
        _ = what == "removed" ? _bucket.Without("a.csv") : _bucket.With("a.csv", "id\n8\n9\n");
        // When
        var reading = await _bucket.ReadAsync(half);
        // Then
        Assert.Equal(what == "removed" ? [] : ["8", "9"], reading.Ids);
        Assert.Equal(
            what == "removed"
                ? "a.csv: the file is gone, although only a part of it was imported"
                : "a.csv: the file was replaced after a part of it was imported; it is imported again from its beginning",
            Assert.Single(reading.Notices));
    }

    [Fact]
    public async Task An_object_replaced_between_its_finding_and_its_first_range_is_not_read()
    {
        // Given
        _bucket.With("a.csv", "id\n1\n");
        RestlessFolder folder = new(_bucket.Files) { OnFingerprinted = _ => _bucket.With("a.csv", "id\n2\n") };
        await using var reader = await new Sources.Csv.CsvFolderSource(folder, Drop.Options, _bucket.Clock).OpenAsync(
            new ReadRequest(Checkpoint.Start, ["id"], Reading.Roomy),
            Stop);
        // When
        var refusal = await Assert.ThrowsAsync<SourceException>(() => Reading.OfAsync(reader));
        // Then
        Assert.StartsWith(Changed, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_bytes_uploaded_again_while_they_are_read_change_nothing()
    {
        // Given
        var text = "id\n" + string.Concat(Enumerable.Repeat("1234567\n", 20_000));
        await using var reader = await _bucket.With("a.csv", text).OpenAsync();
        await Reading.OfAsync(reader, most: 1);
        _bucket.With("a.csv", text, age: TimeSpan.FromMinutes(1));
        // When
        var rest = await Reading.OfAsync(reader);
        // Then
        Assert.Equal(19_999, rest.Ids.Length);
        Assert.Equal("a.csv", rest.End.LastFileName);
    }

    [Fact]
    public async Task Packed_content_of_many_pieces_is_resumed_in_its_middle()
    {
        // Given: hardly packable, so that it really has several pieces
        Random random = new(1);
        var rows = Enumerable.Range(0, 3000).Select(_ => random.Next().ToString("x8", null) + random.Next().ToString("x8", null)).ToArray();
        _bucket.With("a.csv.gz", Drop.Gzip("id\n" + string.Join('\n', rows)));
        await using var reader = await _bucket.OpenAsync();
        var half = await Reading.OfAsync(reader, most: 1500);
        // When
        var rest = await _bucket.ReadAsync(half.End);
        // Then
        Assert.Equal(rows, half.Ids.Concat(rest.Ids));
    }

    [Fact]
    public async Task Every_byte_order_mark_is_obeyed()
    {
        // Given
        Encoding[] encodings = [Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32];
        for (var i = 0; i < encodings.Length; i++)
        {
            _bucket.With($"{i}.csv", [.. encodings[i].GetPreamble(), .. encodings[i].GetBytes("id\nä€\n")]);
        }

        // When
        var reading = await _bucket.ReadAsync();
        // Then
        Assert.Equal(["ä€", "ä€", "ä€", "ä€"], reading.Ids);
    }

    private async Task<Stream> OpenAsync(byte[] bytes, int pieceBytes)
    {
        _bucket.With("a.csv", bytes);
        var folder = DropBucket.Open(_bucket.Place, pieceBytes);
        return await folder.OpenAsync(await folder.FindAsync("a.csv", Stop) ?? new FileEntry("", 0, default), Stop) ?? Stream.Null;
    }
}
