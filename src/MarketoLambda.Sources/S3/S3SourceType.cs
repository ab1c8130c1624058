using MarketoLambda.Sync.JobFiles;
using MarketoLambda.Sync.Settings;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.S3;

/// <summary>Files in a bucket, as a job file describes them: <c>"type": "s3"</c>.</summary>
public sealed class S3SourceType(TimeProvider time) : ISourceType
{
    // An object appears complete or not at all, so there is nothing to wait for.
    private const int DefaultSettleSeconds = 0;

    private static readonly Setting Bucket = Setting
        .Text("bucket", "The bucket's name alone, or the ARN of an access point.", null, "acme-exports")
        .Required();
    private static readonly Setting Prefix = Setting.Text(
        "prefix",
        "A folder of the bucket; folders inside it are not read. Without it the top of the bucket.",
        null,
        "marketo/products/");
    private static readonly Setting Region = Setting.Text(
        "region",
        "Region of the bucket. Without it that of the function, or of AWS_REGION.",
        null,
        "eu-central-1");
    private static readonly Setting Endpoint = Setting.Text(
        "endpoint",
        "Address of a store that is not AWS's but understands S3.",
        null,
        "https://minio.example.com"
    );

    public string Name => "s3";

    public string Description => "CSV files, Excel workbooks or JSON lines in an S3 bucket, in the order of their names.";

    public IReadOnlyList<Setting> Settings { get; } = [Bucket, Prefix, Region, Endpoint, .. BucketFormat.All(DefaultSettleSeconds)];

    public ISource Read(JobSection section)
    {
        var bucket = section.RequiredText(Bucket.Name);
        if (bucket.Length > 0 && !BucketPlace.IsBucket(bucket))
        {
            section.AddError(
                Bucket.Name,
                "must be a bucket's name alone, without s3:// and path (name the folder in \"prefix\"), or the ARN of an access point"
            );
        }

        var prefix = section.OptionalText(Prefix.Name, "");
        if (prefix.StartsWith('/'))
        {
            section.AddError(Prefix.Name, "must not begin with a slash: keys do not");
        }

        var place = new BucketPlace(bucket, BucketPlace.AsFolder(prefix));
        var region = section.OptionalText(Region.Name);
        var endpoint = ReadEndpoint(section);
        BucketErrors refusals = new(place, BucketDeed.Read, "\"bucket\" in the job file", "\"region\" in the job file, or AWS_REGION,");
        BucketClock clock = new(time);
        BucketCalls calls = new(() => BucketClient.Open(region, endpoint, clock), refusals, time);
        BucketFolder folder = new(place, calls, clock);
        return BucketFormat.Read(section, folder, Prefix.Name, DefaultSettleSeconds, [.. AdviceOn(endpoint)], time);
    }

    private static IEnumerable<string> AdviceOn(Uri? endpoint)
    {
        if (endpoint is { Scheme: "http", IsLoopback: false })
        {
            yield return "\"endpoint\" begins with http://, so files and keys travel in clear text; use https:// where the store offers it";
        }
    }

    private static Uri? ReadEndpoint(JobSection section)
    {
        if (section.OptionalText(Endpoint.Name) is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "https" or "http")
        {
            return endpoint;
        }

        section.AddError(Endpoint.Name, "must be the address of a store that understands S3, such as https://minio.example.com");
        return null;
    }
}
