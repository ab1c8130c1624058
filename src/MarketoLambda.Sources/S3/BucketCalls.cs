using Amazon.Runtime;
using Amazon.S3;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.S3;

/// <summary>Asks S3, never without end, and turns its errors into sentences.</summary>
/// <remarks>
/// The client repeats what fails before an answer begins. It has no limit of time, and an answer that breaks off in its middle is nobody's
/// but ours to repeat, so both are done here.
/// </remarks>
/// <param name="client">Opened with the first call: without region or credentials that fails.</param>
/// <param name="refusals">What people are told.</param>
/// <param name="time">Measures the limit.</param>
internal sealed class BucketCalls(Func<IAmazonS3> client, BucketErrors refusals, TimeProvider time)
{
    /// <summary>How often a call is made whose answer broke off or did not come in time.</summary>
    public const int Attempts = 3;

    /// <summary>MaxWait that one call may take, with what the client repeats.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(60);

    private readonly Lazy<IAmazonS3> _client = new(client);

    /// <summary>Makes a call that may be made twice.</summary>
    /// <param name="key">What it is about, for people; null for the bucket.</param>
    /// <param name="call">Is repeated, so it must begin anew each time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null where there is no such object.</returns>
    /// <exception cref="SourceException">There is no answer, or another one than hoped for.</exception>
    public async Task<T?> AskAsync<T>(string? key, Func<IAmazonS3, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
        where T : class
    {
        for (var attempt = 1; ; attempt++)
        {
            using var limit = new CancellationTokenSource(MaxWait, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            try
            {
                return await call(_client.Value, either.Token);
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellationToken);
            }
            catch (AmazonS3Exception failure) when (key is not null && BucketErrors.IsGone(failure))
            {
                return null;
            }
            catch (Exception failure) when (failure is IOException or OperationCanceledException)
            {
                if (attempt == Attempts)
                {
                    throw refusals.Explain(key, failure);
                }
            }
            catch (Exception failure) when (failure is AmazonServiceException or AmazonClientException or HttpRequestException)
            {
                throw refusals.Explain(key, failure);
            }
        }
    }
}
