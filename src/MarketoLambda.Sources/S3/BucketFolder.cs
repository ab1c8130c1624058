using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using MarketoLambda.Sources.Files;

namespace MarketoLambda.Sources.S3;

/// <summary>The objects of a bucket that lie directly below a prefix, as files.</summary>
/// <remarks>An object is one content from its first byte to its last: each request names the ETag it is meant for.</remarks>
internal sealed class BucketFolder(BucketPlace place, BucketCalls calls, int pieceBytes = ObjectStream.PieceBytes) : IFileFolder
{
    private const string FolderSign = "/";

    public string Description => place.ToString();

    public async ValueTask<IReadOnlyList<FileEntry>> ListAsync(CancellationToken cancellationToken)
    {
        List<FileEntry> files = [];
        ListObjectsV2Request request = new() { BucketName = place.Bucket, Prefix = place.Prefix, Delimiter = FolderSign, Encoding = EncodingType.Url };
        do
        {
            // Never null: only a missing object is.
            var page = (await calls.AskAsync(key: null, (s3, token) => s3.ListObjectsV2Async(request, token), cancellationToken))!;
            foreach (var found in page.S3Objects ?? [])
            {
                // The client leaves the keys as they came: encoded, because not all of them could stand in XML.
                var key = page.Encoding == EncodingType.Url ? WebUtility.UrlDecode(found.Key) : found.Key;
                if (key.Length > place.Prefix.Length)
                {
                    files.Add(Describe(key[place.Prefix.Length..], found.Size, found.LastModified, found.ETag));
                }
            }

            request.ContinuationToken = page.NextContinuationToken;
        }
        while (request.ContinuationToken is not null);
        return files;
    }

    public async ValueTask<FileEntry?> FindAsync(string name, CancellationToken cancellationToken)
    {
        GetObjectMetadataRequest request = new() { BucketName = place.Bucket, Key = place.Prefix + name };
        var found = await calls.AskAsync(request.Key, (s3, token) => s3.GetObjectMetadataAsync(request, token), cancellationToken);
        return found is null ? null : Describe(name, found.ContentLength, found.LastModified, found.ETag);
    }

    public ValueTask<string?> FingerprintAsync(FileEntry file, CancellationToken cancellationToken) => new(FilePrint.OfTag(file.Bytes, file.Tag ?? ""));

    public async ValueTask<Stream?> OpenAsync(FileEntry file, CancellationToken cancellationToken)
    {
        ObjectStream content = new(calls, place, file, pieceBytes);
        return await content.BeginAsync(cancellationToken) ? content : null;
    }

    private static FileEntry Describe(string name, long? bytes, DateTime? modifiedAt, string tag) =>
        new(name, bytes ?? 0, new DateTimeOffset(modifiedAt?.ToUniversalTime() ?? default, TimeSpan.Zero)) { Tag = tag.Trim('"') };
}
