using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using MarketoLambda.Sync.JobFiles;

namespace MarketoLambda.Sources.JobFiles;

/// <summary>A job file in a bucket.</summary>
internal sealed class BucketJobFile(string bucket, string key, Func<IAmazonS3> open) : IJobFile
{
    private readonly Lazy<IAmazonS3> _s3 = new(open);

    public string Address => $"s3://{bucket}/{key}";

    public Task<string> ReadAsync(CancellationToken cancellationToken) => AskAsync(
        async () =>
        {
            using var found = await _s3.Value.GetObjectAsync(new GetObjectRequest { BucketName = bucket, Key = key }, cancellationToken);
            using StreamReader reader = new(found.ResponseStream);
            return await reader.ReadToEndAsync(cancellationToken);
        },
        "s3:GetObject",
        "kms:Decrypt");

    public Task WriteAsync(string text, CancellationToken cancellationToken) => AskAsync(
        () => _s3.Value.PutObjectAsync(
            new PutObjectRequest { BucketName = bucket, Key = key, ContentBody = text, ContentType = "application/json" },
            cancellationToken),
        "s3:PutObject",
        "kms:GenerateDataKey");

    private async Task<T> AskAsync<T>(Func<Task<T>> call, string right, string keyRight)
    {
        try
        {
            return await call();
        }
        catch (AmazonServiceException refused)
        {
            // Without S3's own words: they name accounts and users.
            throw new IOException(refused switch
            {
                { ErrorCode: "NoSuchBucket" } => $"There is no bucket {bucket}: create it, or correct {JobFilePlaces.Setting}.",
                { StatusCode: HttpStatusCode.NotFound } => JobFilePlaces.Missing(Address),
                { StatusCode: HttpStatusCode.Forbidden } =>
                    $"{Address} is forbidden ({refused.ErrorCode}): allow {right} on it, and {keyRight} if the bucket has a KMS key. "
                    + "S3 says the same of a file that is missing.",
                _ => $"S3 refuses {Address} (HTTP {(int)refused.StatusCode} {refused.ErrorCode}): check bucket and region.",
            });
        }
        catch (Exception failure) when (failure is AmazonClientException or HttpRequestException)
        {
            throw new IOException($"{Address} cannot be reached ({failure.GetType().Name}): check region, credentials and network.");
        }
    }
}
