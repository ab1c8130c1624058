using Amazon;
using Amazon.S3;

namespace MarketoLambda.Sources.S3;

/// <summary>Opens the client of AWS's own library. Credentials and all that is not said here it finds in its usual places.</summary>
internal static class BucketClient
{
    private const string RegionOfOthers = "us-east-1";

    private static readonly TimeSpan MaxConnecting = TimeSpan.FromSeconds(10);

    /// <param name="region">The bucket's; null for the function's, or the profile's.</param>
    /// <param name="endpoint">Of a store that is not AWS's but understands S3; null for AWS.</param>
    /// <param name="clock">Learns the time of its answers; null where nobody asks.</param>
    public static IAmazonS3 Open(string? region, Uri? endpoint, BucketClock? clock = null)
    {
        AmazonS3Config config = new() { ConnectTimeout = MaxConnecting };
        if (endpoint is not null)
        {
            (config.ServiceURL, config.ForcePathStyle, config.AuthenticationRegion) = (endpoint.ToString(), true, region ?? RegionOfOthers);
        }
        else if (region is not null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }

        AmazonS3Client client = new(config);
        clock?.Watch(client);
        return client;
    }
}
