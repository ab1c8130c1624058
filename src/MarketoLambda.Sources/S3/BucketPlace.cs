namespace MarketoLambda.Sources.S3;

/// <summary>A bucket, and the part of it that is meant.</summary>
/// <param name="Bucket">Its name, or the ARN or alias of an access point.</param>
/// <param name="Prefix">What the keys begin with: empty, or ending with a slash.</param>
internal sealed record BucketPlace(string Bucket, string Prefix)
{
    private const string Scheme = "s3://";

    /// <summary>Reads <c>s3://bucket/prefix/</c>; null where the text is nothing of the kind.</summary>
    public static BucketPlace? Parse(string address)
    {
        if (!address.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return null;
        }

        var path = address[Scheme.Length..].Split('/', 2);
        return IsBucket(path[0]) ? new BucketPlace(path[0], path.Length == 1 ? "" : AsFolder(path[1])) : null;
    }

    /// <summary>Whether a bucket can have this name.</summary>
    /// <remarks>
    /// An ARN has slashes of its own, so it goes with a job's <c>bucket</c> only. Source: Amazon S3, "General purpose bucket naming rules".
    /// </remarks>
    public static bool IsBucket(string name) =>
        name.StartsWith("arn:", StringComparison.Ordinal)
        || (
            name.Length is >= 3 and <= 63
            && name.All(sign => char.IsAsciiLetterLower(sign) || char.IsAsciiDigit(sign) || sign is '-' or '.'));

    /// <summary>A prefix means a folder, with or without its last slash.</summary>
    public static string AsFolder(string prefix) => prefix.Length == 0 || prefix.EndsWith('/') ? prefix : prefix + "/";

    public override string ToString() => $"{Scheme}{Bucket}/{Prefix}";
}
