using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using MarketoLambda.Sources.S3;
using MarketoLambda.Sync.JobFiles;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Benchmarks;

/// <summary>The same file in an emulated bucket.</summary>
internal static class BenchmarkBucket
{
    public const string AccessKeyId = "id";
    public const string SecretAccessKey = "secret";

    private const string Bucket = "benchmark";

    /// <summary>Puts a file of that many rows there, and nothing else.</summary>
    public static async Task FillAsync(Uri address, int rows)
    {
        using AmazonS3Client s3 = new(
            new BasicAWSCredentials(AccessKeyId, SecretAccessKey),
            new AmazonS3Config
            {
                ServiceURL = address.ToString(),
                ForcePathStyle = true,
                AuthenticationRegion = "us-east-1",
            }
        );
        await s3.PutBucketAsync(Bucket);
        var folder = BenchmarkFile.Write(rows);
        await s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = Bucket,
                Key = "products.csv",
                FilePath = Path.Combine(folder, "products.csv"),
            }
        );
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The source that reads that bucket, as a job file names it.</summary>
    public static ISource In(string address) =>
        JobFile
            .Parse(
                $$"""{ "jobs": { "{{BenchmarkFile.ApiName}}": { "source": { "type": "s3", "bucket": "{{Bucket}}", "endpoint": "{{address}}" }, "key": "serialNumber", "fields": { "serialNumber": "serialNumber" } } } }""",
                "jobs.json",
                [new S3SourceType(TimeProvider.System)]
            )[0]
            .Source;

    /// <summary>Reads it to its end, into nothing.</summary>
    public static async Task<int> ReadAsync(string address)
    {
        var measured = Measurement.Start();
        await using var reader = await In(address)
            .OpenAsync(new ReadRequest(Checkpoint.Start, BenchmarkFile.Columns, 2000), CancellationToken.None);
        var rows = 0;
        while (await reader.ReadAsync(CancellationToken.None) is not null)
        {
            rows++;
        }

        Console.Out.WriteLine(measured.Stop(rows, TimeSpan.Zero));
        return 0;
    }
}
