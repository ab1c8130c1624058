using System.Diagnostics.CodeAnalysis;

namespace MarketoLambda.Sources.S3;

/// <summary>What a person means who writes <c>s3://bucket/folder/name</c>: a folder of a bucket, or files in it.</summary>
/// <param name="Place">The folder.</param>
/// <param name="Name">Name of a file there, or pattern of several with <c>*</c> and <c>?</c>; null where the folder alone is meant.</param>
internal sealed record BucketAddress(BucketPlace Place, string? Name)
{
    /// <summary>The name is a pattern.</summary>
    public bool IsPattern => Name?.AsSpan().ContainsAny('*', '?') == true;

    /// <summary>Reads it. Behind the last slash stands a file where there is a dot or a pattern; otherwise a folder.</summary>
    /// <remarks>Asking whether a folder is a file would need the permission to list the folder above it.</remarks>
    public static bool TryParse(string address, [NotNullWhen(true)] out BucketAddress? parsed)
    {
        var slash = address.LastIndexOf('/');
        var name = slash < 0 ? "" : address[(slash + 1)..];
        var hasName = name.AsSpan().ContainsAny('.', '*', '?') && address[..slash].Count(sign => sign == '/') >= 2;
        parsed = BucketPlace.Parse(hasName ? address[..(slash + 1)] : address) is { } place
            ? new BucketAddress(place, hasName ? name : null)
            : null;
        return parsed is not null;
    }
}
