using System.Net;
using System.Text.Json;
using MarketoLambda.Sources.S3;
using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Tests.S3;

public sealed class BucketRejectsTests : IDisposable
{
    private readonly DropBucket _bucket = new();

    public void Dispose() => _bucket.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rejects_stored_together_are_one_object_below_the_job_and_later_ones_come_after_it()
    {
        // Given
        BucketRejects rejects = new(_bucket.Place, () => DropBucket.Client, _bucket.Clock);
        // When
        await rejects.StoreAsync("car_c", [Some(1), Some(2)], Stop);
        await rejects.StoreAsync("car_c", [Some(3)], Stop);
        _bucket.Clock.Advance(TimeSpan.FromSeconds(1));
        await rejects.StoreAsync("car_c", [Some(4)], Stop);
        // Then
        var objects = (
            await DropBucket.Client.ListObjectsV2Async(
                new() { BucketName = _bucket.Place.Bucket, Prefix = $"{_bucket.Place.Prefix}car_c/" },
                Stop)
        ).S3Objects;
        Assert.All(objects, stored => Assert.Matches(@"/car_c/2026-03-01T12-00-0[01]\.000Z-[0-9a-f]{32}\.jsonl$", stored.Key));
        var rows = await Task.WhenAll(objects.Select(stored => RowsAsync(stored.Key)));
        Assert.Equal(["1,2", "3"], rows[..2].Select(some => string.Join(',', some)).Order());
        Assert.Equal([4], rows[2]);
        Assert.Equal($"{_bucket.Place}car_c/", rejects.Describe("car_c"));
    }

    [Theory]
    [InlineData(
        403,
        "AccessDenied",
        "denied",
        "s3://the-bucket/rejects/ may not be written to (AccessDenied); allow s3:PutObject on s3://the-bucket/rejects/*, and "
            + "kms:GenerateDataKey on the key if the bucket is encrypted with one"
    )]
    [InlineData(
        403,
        "AccessDenied",
        "not authorized to perform: kms:GenerateDataKey",
        "s3://the-bucket/rejects/ is encrypted with a KMS key that may not be used here (AccessDenied); allow kms:GenerateDataKey on the "
            + "key, and make sure that it is enabled"
    )]
    [InlineData(404, "NoSuchBucket", "", "There is no bucket the-bucket; create it, or correct Sync__RejectsBucket")]
    public async Task What_cannot_be_stored_is_an_error_and_not_a_loss(int status, string code, string message, string told)
    {
        // Given
        using ScriptedS3 s3 = new(_ => ScriptedS3.Error((HttpStatusCode)status, code, message));
        BucketRejects rejects = new(new BucketPlace("the-bucket", "rejects/"), () => s3.Client(), TimeProvider.System);
        // When
        var refusal = await Assert.ThrowsAsync<IOException>(() => rejects.StoreAsync("car_c", [Some(1)], Stop));
        // Then
        Assert.Equal($"rejected records cannot be stored. {told}", refusal.Message);
    }

    [Theory]
    [InlineData("s3://my-bucket", "s3://my-bucket/car_c/")]
    [InlineData("s3://my-bucket/", "s3://my-bucket/car_c/")]
    [InlineData("s3://my-bucket/a/b", "s3://my-bucket/a/b/car_c/")]
    public void A_place_is_an_address(string address, string where) =>
        Assert.Equal(where, BucketRejects.At(address, TimeProvider.System).Describe("car_c"));

    [Theory]
    [InlineData("my-bucket")]
    [InlineData("https://my-bucket.s3.amazonaws.com/")]
    [InlineData("s3://")]
    [InlineData("s3://My Bucket/")]
    public void Anything_else_is_refused_with_an_example(string address)
    {
        // When
        var refusal = Assert.Throws<FormatException>(() => BucketRejects.At(address, TimeProvider.System));
        // Then
        Assert.StartsWith("Sync__RejectsBucket must be the address of a bucket", refusal.Message, StringComparison.Ordinal);
    }

    private static RejectedRecord Some(int row) => new(new SourceLocation("cars.csv", row), "a", "code", "reason");

    private async Task<int[]> RowsAsync(string key)
    {
        using var answer = await DropBucket.Client.GetObjectAsync(_bucket.Place.Bucket, key, Stop);
        using StreamReader text = new(answer.ResponseStream);
        return
        [
            .. (await text.ReadToEndAsync(Stop))
                .TrimEnd('\n')
                .Split('\n')
                .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("row").GetInt32()),
        ];
    }
}
