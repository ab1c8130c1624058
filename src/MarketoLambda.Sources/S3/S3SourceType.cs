using MarketoLambda.Sources.Csv;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Reading;

namespace MarketoLambda.Sources.S3;

/// <summary>CSV files in a bucket, as a job file describes them: <c>"type": "s3"</c>.</summary>
public sealed class S3SourceType(TimeProvider time) : ISourceType
{
    // An object appears complete or not at all, so there is nothing to wait for.
    private const int DefaultSettleSeconds = 0;

    public string Name => "s3";

    public ISource Read(JobSection section)
    {
        var bucket = section.RequiredText("bucket");
        if (bucket.Length > 0 && !BucketPlace.IsBucket(bucket))
        {
            section.Refuse("bucket", "must be a bucket's name alone, without s3:// and path (name the folder in \"prefix\"), or the ARN of an access point");
        }

        var prefix = section.OptionalText("prefix", "");
        if (prefix.StartsWith('/'))
        {
            section.Refuse("prefix", "must not begin with a slash: keys do not");
        }

        var place = new BucketPlace(bucket, BucketPlace.AsFolder(prefix));
        var region = section.OptionalText("region");
        var endpoint = Endpoint(section);
        BucketRefusal refusals = new(place, BucketDeed.Read, "\"bucket\" in the job file", "\"region\" in the job file, or AWS_REGION,");
        BucketCalls calls = new(() => BucketClient.Open(region, endpoint), refusals, time);
        return new CsvFolderSource(new BucketFolder(place, calls), CsvSettings.Read(section, "prefix", DefaultSettleSeconds), time);
    }

    private static Uri? Endpoint(JobSection section)
    {
        if (section.OptionalText("endpoint") is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "https" or "http")
        {
            return endpoint;
        }

        section.Refuse("endpoint", "must be the address of a store that understands S3, such as https://minio.example.com");
        return null;
    }
}
