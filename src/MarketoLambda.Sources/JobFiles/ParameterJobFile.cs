using System.Text;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using MarketoLambda.Sync.JobFiles;

namespace MarketoLambda.Sources.JobFiles;

/// <summary>A job file in SSM Parameter Store, for a few small jobs: it takes 8 KB.</summary>
internal sealed class ParameterJobFile(string name, Func<IAmazonSimpleSystemsManagement> open) : IJobFile
{
    /// <summary>Bytes of an advanced parameter.</summary>
    /// <remarks>Source: AWS Systems Manager user guide, "Managing parameter tiers".</remarks>
    private const int MaxBytes = 8 * 1024;

    private readonly Lazy<IAmazonSimpleSystemsManagement> _ssm = new(open);

    public string Address => $"ssm:{name}";

    public async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        var answer = await AskAsync(
            () => _ssm.Value.GetParametersAsync(new GetParametersRequest { Names = [name], WithDecryption = true }, cancellationToken),
            "ssm:GetParameters");
        return answer.Parameters is [var found, ..] ? found.Value : throw new IOException(JobFilePlaces.Missing(Address));
    }

    public async Task WriteAsync(string text, CancellationToken cancellationToken)
    {
        if (Encoding.UTF8.GetByteCount(text) is var bytes and > MaxBytes)
        {
            throw new IOException(
                $"The job file has {bytes:N0} bytes, and a parameter takes {MaxBytes:N0}: keep it in a bucket, s3://bucket/jobs.json.");
        }

        await AskAsync(
            () => _ssm.Value.PutParameterAsync(
                new PutParameterRequest
                {
                    Name = name,
                    Value = text,
                    Type = ParameterType.String,
                    Tier = ParameterTier.IntelligentTiering,
                    Overwrite = true,
                },
                cancellationToken),
            "ssm:PutParameter");
    }

    private async Task<T> AskAsync<T>(Func<Task<T>> call, string right)
    {
        try
        {
            return await call();
        }
        catch (AmazonServiceException refused)
        {
            throw new IOException($"SSM refuses {Address} (HTTP {(int)refused.StatusCode} {refused.ErrorCode}): allow {right} on it.");
        }
        catch (Exception failure) when (failure is AmazonClientException or HttpRequestException)
        {
            throw new IOException($"{Address} cannot be reached ({failure.GetType().Name}): check region, credentials and network.");
        }
    }
}
