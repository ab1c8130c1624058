using System.Globalization;
using System.Text;
using Amazon.S3.Model;
using MarketoLambda.Sources.Csv;
using MarketoLambda.Sources.S3;
using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Tests.S3;

/// <summary>What only a bucket has, through AWS's own client against an emulator that is not ours.</summary>
public sealed class BucketFolderTests : IDisposable
{
    private readonly DropBucket _bucket = new();

    public void Dispose() => _bucket.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task More_keys_than_fit_a_page_are_all_listed_and_read_in_ordinal_order()
    {
        // Given: a page has a thousand, and UTF-8 sorts the last two the other way round
        await Parallel.ForEachAsync(Enumerable.Range(0, 1003), Stop, async (number, token) =>
            await PutAsync(string.Create(CultureInfo.InvariantCulture, $"{number * 7919 % 10007:00000}.csv"), $"id\n{number}\n", token));
        await PutAsync("\uFF5E.csv", "id\n-1\n", Stop);
        await PutAsync("\U0001F4A5.csv", "id\n-2\n", Stop);
        var folder = DropBucket.Open(_bucket.Place);
        // When
        var files = await folder.ListAsync(Stop);
        var known = await new CsvFolderSource(folder, Drop.Options, _bucket.Clock).ForgetAsync(
            new ReadRequest(Checkpoint.Start, ["id"], Reading.Roomy),
            "09990.csv0",
            Stop);
        var reading = await _bucket.ReadAsync(known.Checkpoint);
        // Then
        Assert.Equal(1005, files.Count);
        Assert.Equal(
            files.Select(file => file.Name).Where(name => string.CompareOrdinal(name, "09990.csv") > 0).Order(StringComparer.Ordinal),
            reading.Records.Select(record => record.Location.Container));
        Assert.Equal(["-2", "-1"], reading.Ids[^2..]);
    }

    [Theory]
    [InlineData("with blanks  and +.csv")]
    [InlineData("100%.csv")]
    [InlineData("%41%2B.csv")]
    [InlineData("ä&<b>\"q\"'(1)!*~.csv")]
    [InlineData("[x]{y}#?=;,:@$^`|\\.csv")]
    [InlineData("\u0001.csv")]
    [InlineData("\U0001F4A5.csv")]
    [InlineData("e\u0301.csv")]
    public async Task Any_name_is_listed_found_and_read_as_it_is(string name)
    {
        // Given
        _bucket.With(name, "id\n1\n");
        // When
        var reading = await _bucket.ReadAsync();
        // Then
        Assert.Equal(["1"], reading.Ids);
        Assert.Equal(name, reading.End.LastFileName);
    }

    [Fact]
    public async Task Folder_markers_folders_and_what_only_begins_like_the_prefix_are_left_alone()
    {
        // Given
        _bucket.With("", "").With("sub.csv/", "").With("sub.csv/b.csv", "id\n2\n").With("a.csv", "id\n1\n");
        await DropBucket.Client.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = _bucket.Place.Bucket,
                Key = _bucket.Place.Prefix.TrimEnd('/') + ".csv",
                ContentBody = "id\n3\n",
            },
            Stop);
        // When
        var reading = await _bucket.ReadAsync();
        // Then
        Assert.Equal(["1"], reading.Ids);
        Assert.Empty(reading.Notices);
    }

    [Fact]
    public async Task An_empty_prefix_means_the_top_of_the_bucket()
    {
        // Given
        BucketPlace top = new("top-of-a-bucket", "");
        await DropBucket.Client.PutBucketAsync(top.Bucket, Stop);
        await DropBucket.Client.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = top.Bucket,
                Key = "a.csv",
                ContentBody = "id\n1\n",
            },
            Stop);
        await DropBucket.Client.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = top.Bucket,
                Key = "drop/b.csv",
                ContentBody = "id\n2\n",
            },
            Stop);
        // When
        var files = await DropBucket.Open(top).ListAsync(Stop);
        // Then
        Assert.Equal("a.csv", Assert.Single(files).Name);
    }

    [Fact]
    public async Task Content_is_known_by_its_bytes_whatever_the_headers_say()
    {
        // Given
        await PutAsync("a.csv", "id\n1\n", Stop, encoding: "gzip");
        await DropBucket.Client.PutObjectAsync(Packed("b.csv", "gzip"), Stop);
        await DropBucket.Client.PutObjectAsync(Packed("c.csv.gz", null), Stop);
        // When
        await using var reader = await new Sources.Csv.CsvFolderSource(
            DropBucket.Open(_bucket.Place),
            Drop.Options with
            {
                SettleTime = TimeSpan.Zero,
            },
            TimeProvider.System
        ).OpenAsync(new ReadRequest(Checkpoint.Start, ["id"], Reading.Roomy), Stop);
        var reading = await Reading.OfAsync(reader);
        // Then
        Assert.Equal(["1", "2", "2"], reading.Ids);

        PutObjectRequest Packed(string name, string? encoding)
        {
            PutObjectRequest request = new()
            {
                BucketName = _bucket.Place.Bucket,
                Key = _bucket.Place.Prefix + name,
                InputStream = new MemoryStream(Drop.Gzip("id\n2\n")),
            };
            request.Headers.ContentEncoding = encoding;
            return request;
        }
    }

    [Fact]
    public async Task A_change_of_the_same_length_is_seen_wherever_it_is()
    {
        // Given
        var text = "id\n" + string.Concat(Enumerable.Repeat("1234567\n", 2000));
        var first = await _bucket.With("a.csv", text).ReadAsync();
        // When
        var second = await _bucket.With("a.csv", text[..8000] + "x" + text[8001..]).ReadAsync(first.End);
        // Then
        Assert.Equal(2000, second.Ids.Length);
    }

    [Fact]
    public async Task An_object_that_came_in_parts_is_read_and_known_like_any_other()
    {
        // Given: S3's ETag is then no hash of the content
        var key = _bucket.Place.Prefix + "a.csv";
        var upload = await DropBucket.Client.InitiateMultipartUploadAsync(_bucket.Place.Bucket, key, Stop);
        var (one, two) = (await PartAsync(1, "id\n" + string.Concat(Enumerable.Repeat("1234567\n", 700_000))), await PartAsync(2, "8\n"));
        await DropBucket.Client.CompleteMultipartUploadAsync(
            new CompleteMultipartUploadRequest
            {
                BucketName = _bucket.Place.Bucket,
                Key = key,
                UploadId = upload.UploadId,
                PartETags = [new(one), new(two)],
            },
            Stop);
        // When
        var folder = DropBucket.Open(_bucket.Place, ObjectStream.PieceBytes);
        Sources.Csv.CsvFolderSource source = new(folder, Drop.Options with { SettleTime = TimeSpan.Zero }, TimeProvider.System);
        await using var reader = await source.OpenAsync(new ReadRequest(Checkpoint.Start, ["id"], Reading.Roomy), Stop);
        var reading = await Reading.OfAsync(reader);
        await using var again = await source.OpenAsync(new ReadRequest(reading.End, ["id"], Reading.Roomy), Stop);
        // Then
        Assert.Equal((700_001, "8"), (reading.Ids.Length, reading.Ids[^1]));
        Assert.Contains("-2", Assert.Single(await folder.ListAsync(Stop)).Tag, StringComparison.Ordinal);
        Assert.Empty((await Reading.OfAsync(again)).Items);

        async Task<UploadPartResponse> PartAsync(int number, string text) =>
            await DropBucket.Client.UploadPartAsync(
                new UploadPartRequest
                {
                    BucketName = _bucket.Place.Bucket,
                    Key = key,
                    UploadId = upload.UploadId,
                    PartNumber = number,
                    InputStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
                },
                Stop);
    }

    [Fact]
    public async Task A_bucket_that_does_not_exist_is_named_with_a_remedy()
    {
        // Given
        var folder = DropBucket.Open(new BucketPlace("nobody-made-this", "drop/"));
        // When
        var refusal = await Assert.ThrowsAsync<SourceException>(() => folder.ListAsync(Stop).AsTask());
        // Then
        Assert.Equal("There is no bucket nobody-made-this; create it, or correct \"bucket\" in the job file", refusal.Message);
    }

    [Fact]
    public async Task An_archived_object_stops_the_line_and_is_named()
    {
        // Given
        _bucket.With("a.csv", "id\n1\n").With("b.csv", "id\n2\n").With("c.csv", "id\n3\n");
        await DropBucket.Client.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = _bucket.Place.Bucket,
                Key = _bucket.Place.Prefix + "b.csv",
                ContentBody = "id\n2\n",
                StorageClass = Amazon.S3.S3StorageClass.Glacier,
            },
            Stop);
        await using var reader = await _bucket.OpenAsync();
        var first = await Reading.OfAsync(reader, most: 1);
        // When
        var refusal = await Assert.ThrowsAsync<SourceException>(() => Reading.OfAsync(reader));
        // Then
        Assert.Equal(
            $"{_bucket.Place.Prefix}b.csv lies in an archive of S3, and the files after it wait; restore it there, or move it to another "
                + "prefix",
            refusal.Message);
        Assert.Equal(("a.csv", first.End), (reader.Position.LastFileName, reader.Position));
    }

    private async Task PutAsync(string name, string text, CancellationToken cancellationToken, string? encoding = null)
    {
        PutObjectRequest request = new() { BucketName = _bucket.Place.Bucket, Key = _bucket.Place.Prefix + name, ContentBody = text };
        request.Headers.ContentEncoding = encoding;
        await DropBucket.Client.PutObjectAsync(request, cancellationToken);
        _bucket.IsThere(name);
    }
}
