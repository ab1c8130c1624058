using System.Globalization;
using Amazon.S3;
using Amazon.S3.Model;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.S3;

/// <summary>
/// Keeps rejects in a bucket: <c>&lt;prefix&gt;&lt;API name&gt;/&lt;UTC time&gt;-&lt;chance&gt;.jsonl</c>, an object each time some are
/// stored.
/// </summary>
public sealed class BucketRejects : IRejectSink
{
    /// <summary>The setting that names the place.</summary>
    public const string Setting = "Sync__RejectsBucket";

    private readonly BucketPlace _place;
    private readonly BucketCalls _calls;
    private readonly TimeProvider _time;

    internal BucketRejects(BucketPlace place, Func<IAmazonS3> client, TimeProvider time)
    {
        _place = place;
        _time = time;
        _calls = new BucketCalls(client, new BucketErrors(place, BucketDeed.Write, Setting, "AWS_REGION"), time);
    }

    /// <summary>A place for rejects.</summary>
    /// <param name="address"><c>s3://bucket/prefix/</c>, in the region of the environment.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="FormatException">The address is none; the message names the setting.</exception>
    public static BucketRejects At(string address, TimeProvider time) =>
        BucketPlace.Parse(address) is { } place
            ? new BucketRejects(place, () => BucketClient.Open(region: null, endpoint: null), time)
            : throw new FormatException(
                $"{Setting} must be the address of a bucket and a folder in it, such as s3://my-bucket/marketo-rejects/."
            );

    public string Describe(string apiName) => $"{_place}{apiName}/";

    public async Task StoreAsync(string apiName, IReadOnlyList<RejectedRecord> rejects, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var name = string.Create(CultureInfo.InvariantCulture, $"{now.UtcDateTime:yyyy-MM-dd'T'HH-mm-ss.fff'Z'}-{Guid.NewGuid():N}.jsonl");
        var lines = RejectLines.Write(rejects, now);
        try
        {
            await _calls.AskAsync(
                key: null,
                async (s3, token) =>
                {
                    using MemoryStream body = new(lines);
                    return await s3.PutObjectAsync(
                        new PutObjectRequest
                        {
                            BucketName = _place.Bucket,
                            Key = $"{_place.Prefix}{apiName}/{name}",
                            InputStream = body,
                            ContentType = "application/x-ndjson",
                        },
                        token);
                },
                cancellationToken);
        }
        catch (SourceException refusal)
        {
            throw new IOException($"rejected records cannot be stored. {refusal.Message}", refusal.InnerException);
        }
    }
}
