using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using MarketoLambda.Testing.Aws;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>A bucket of an emulated S3, which the program finds by its environment; skips the test where moto_server is missing.</summary>
internal sealed class Bucket : IDisposable
{
    private readonly string _name;

    private Bucket(AmazonS3Client client, string name) => (Client, _name) = (client, name);

    public AmazonS3Client Client { get; }

    /// <summary>Makes it, unless it is there.</summary>
    public static async Task<Bucket> OpenAsync(LocalHost local, string name)
    {
        Bucket bucket = new(await ConnectAsync(local), name);
        await bucket.Client.PutBucketAsync(name);
        return bucket;
    }

    /// <summary>The emulated S3 without a bucket.</summary>
    public static async Task<AmazonS3Client> ConnectAsync(LocalHost local)
    {
        var aws = await AwsEmulator.SharedAsync();
        Assert.SkipWhen(aws is null, AwsEmulator.Missing);
        local.Environment["AWS_ENDPOINT_URL"] = aws!.Address.ToString();
        local.Environment["AWS_REGION"] = "us-east-1";
        local.Environment["AWS_ACCESS_KEY_ID"] = "id";
        local.Environment["AWS_SECRET_ACCESS_KEY"] = "secret";
        return new AmazonS3Client(
            new BasicAWSCredentials("id", "secret"),
            new AmazonS3Config
            {
                ServiceURL = aws.Address.ToString(),
                ForcePathStyle = true,
                AuthenticationRegion = "us-east-1",
            }
        );
    }

    public Task PutAsync(string key, string text) =>
        Client.PutObjectAsync(new PutObjectRequest { BucketName = _name, Key = key, ContentBody = text });

    public void Dispose() => Client.Dispose();
}
