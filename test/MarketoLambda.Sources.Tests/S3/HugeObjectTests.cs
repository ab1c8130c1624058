using MarketoLambda.Sources.Csv;
using MarketoLambda.Sources.S3;
using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Tests.S3;

/// <summary>An object of 5 GB that nobody ever stored: its ranges are made up as they are asked for.</summary>
public sealed class HugeObjectTests
{
    private const long RowBytes = 32;
    private const long Rows = 5L * 1024 * 1024 * 1024 / RowBytes;

    private static readonly BucketPlace Place = new("huge", "");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(int.MaxValue - 5L)]
    [InlineData(uint.MaxValue - 5L)]
    [InlineData((RowBytes * Rows) - 100)]
    public async Task Any_place_beyond_31_and_32_bits_is_the_right_one(long position)
    {
        // Given
        var (folder, s3) = Open(Rows);
        await using var content = await folder.OpenAsync((await folder.ListAsync(Stop)).Single(), Stop);
        // When
        content!.Position = position;
        var read = new byte[64];
        content.ReadExactly(read);
        // Then
        var expected = new byte[64];
        Fill(position, expected);
        Assert.Equal(expected, read);
        Assert.InRange(s3.Requests, 2, 4);
    }

    [Fact]
    public async Task Hundreds_of_megabytes_go_through_one_buffer()
    {
        // Given
        var (folder, s3) = Open(Rows);
        await using var content = await folder.OpenAsync((await folder.ListAsync(Stop)).Single(), Stop);
        const long start = int.MaxValue - (100L * 1024 * 1024);
        content!.Position = start;
        // When
        var (block, expected) = (new byte[RowBytes * 1024], new byte[2 * RowBytes]);
        long read = 0;
        for (; read < 300L * 1024 * 1024; read += block.Length)
        {
            content.ReadExactly(block);
            Fill(start + read, expected);
            Assert.Equal(expected, block[..expected.Length]);
        }

        // Then
        Assert.InRange(s3.Requests, 300 / 8, (300 / 8) + 4);
        Assert.Equal(start + read, content.Position);
    }

    [Fact]
    public async Task Rows_are_read_and_resumed_beyond_the_first_piece()
    {
        // Given: three pieces and a bit
        const long rows = 3 * ObjectStream.PieceBytes / RowBytes + 5;
        var (folder, _) = Open(rows);
        CsvFolderSource source = new(folder, Drop.Options with { SettleTime = TimeSpan.Zero }, TimeProvider.System);
        await using var reader = await source.OpenAsync(new ReadRequest(Checkpoint.Start, ["id"], Reading.Roomy), Stop);
        // When
        long count = 0;
        Checkpoint? half = null;
        while (await reader.ReadAsync(Stop) is SourceRecord record)
        {
            count++;
            Assert.Equal(count, long.Parse((string)record.Values[0]!, null));
            half = count == 700_000 ? reader.Position : half;
        }

        await using var again = await source.OpenAsync(new ReadRequest(half!, ["id"], Reading.Roomy), Stop);
        var next = await again.ReadAsync(Stop);
        // Then
        Assert.Equal(rows - 1, count);
        Assert.Equal("0000000000000000000000000700001", ((SourceRecord)next!).Values[0]);
    }

    private static (BucketFolder Folder, ScriptedS3 S3) Open(long rows)
    {
        ScriptedS3 s3 = new(request => ScriptedS3.Object(request, "a.csv", rows * RowBytes, Fill));
        return (DropBucket.Open(Place, s3.Client(), TimeProvider.System, ObjectStream.PieceBytes), s3);
    }

    // Row 0 is the header; each row is its number.
    private static void Fill(long from, byte[] range)
    {
        Span<byte> row = stackalloc byte[(int)RowBytes];
        for (long at = 0; at < range.Length;)
        {
            var (number, offset) = Math.DivRem(from + at, RowBytes);
            if (number == 0)
            {
                row.Fill((byte)' ');
                "id"u8.CopyTo(row);
            }
            else
            {
                number.TryFormat(row, out _, "D31", null);
            }

            row[^1] = (byte)'\n';
            var part = row[(int)offset..(int)Math.Min(RowBytes, offset + range.Length - at)];
            part.CopyTo(range.AsSpan((int)at));
            at += part.Length;
        }
    }
}
