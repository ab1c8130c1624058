using Amazon.S3;
using Amazon.SimpleSystemsManagement;
using MarketoLambda.Sources.S3;
using MarketoLambda.Sync.JobFiles;

namespace MarketoLambda.Sources.JobFiles;

/// <summary>The places a job file may be kept in: a file, an object of a bucket, a parameter of SSM Parameter Store.</summary>
public static class JobFilePlaces
{
    /// <summary>The setting that names the place.</summary>
    public const string Setting = "Sync__JobsFile";

    private const string Bucket = "s3://";
    private const string Parameter = "ssm:";

    /// <summary>The place of an address.</summary>
    /// <param name="address"><c>s3://bucket/jobs.json</c>, <c>ssm:/marketo-lambda/jobs</c>, or the path of a file.</param>
    /// <param name="folder">Where relative paths start.</param>
    /// <param name="clients">The network.</param>
    /// <exception cref="FormatException">The address is none; the message names the setting.</exception>
    public static IJobFile At(string address, string folder, JobFileClients clients)
    {
        if (address.StartsWith(Bucket, StringComparison.Ordinal))
        {
            return address[Bucket.Length..].Split('/', 2) is [var bucket, { Length: > 0 } key]
                && BucketPlace.IsBucket(bucket)
                && !key.EndsWith('/')
                ? new BucketJobFile(bucket, key, clients.S3)
                : throw Wrong(address);
        }

        if (address.StartsWith(Parameter, StringComparison.Ordinal))
        {
            return address[Parameter.Length..] is { Length: > 1 } name && name.StartsWith('/')
                ? new ParameterJobFile(name, clients.Ssm)
                : throw Wrong(address);
        }

        return address.Length > 0 ? new LocalJobFile(Path.Combine(folder, address)) : throw Wrong(address);
    }

    /// <summary>What a person is told where nothing is.</summary>
    internal static string Missing(string address) =>
        $"There is no job file {address}: put it there with \"marketo-lambda jobs push FILE --to {address}\".";

    private static FormatException Wrong(string address) =>
        new($"\"{address}\" is no place for a job file: use s3://bucket/jobs.json, ssm:/marketo-lambda/jobs or a file ({Setting}).");
}

/// <summary>How job files in AWS are reached: opened with the first use, because without region or credentials that fails.</summary>
public sealed record JobFileClients(Func<IAmazonS3> S3, Func<IAmazonSimpleSystemsManagement> Ssm)
{
    /// <summary>AWS's own clients; region and credentials are found in their usual places.</summary>
    public static JobFileClients OfAws { get; } =
        new(() => BucketClient.Open(region: null, endpoint: null), () => new AmazonSimpleSystemsManagementClient());
}
