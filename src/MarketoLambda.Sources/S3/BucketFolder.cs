using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using MarketoLambda.Sources.Files;

namespace MarketoLambda.Sources.S3;

/// <summary>The objects of a bucket that lie directly below a prefix, as files.</summary>
/// <remarks>An object is one content from its first byte to its last: each request names the ETag it is meant for.</remarks>
internal sealed class BucketFolder(
    BucketPlace place,
    BucketCalls calls,
    BucketClock? clock = null,
    int pieceBytes = ObjectStream.PieceBytes) : IFileFolder
{
    private const string FolderSign = "/";

    public string Description => place.ToString();

    public TimeSpan ClockAhead => clock?.Ahead ?? TimeSpan.Zero;

    public async ValueTask<IReadOnlyList<FileEntry>> ListAsync(CancellationToken cancellationToken)
    {
        List<FileEntry> files = [];
        var request = Listing(place.Prefix);
        do
        {
            files.AddRange(Files(await PageAsync(request, cancellationToken)));
        }
        while (request.ContinuationToken is not null);
        return files;
    }

    /// <summary>Names of the folders inside it, without slashes: those of the first thousand entries.</summary>
    /// <exception cref="Sync.Sources.SourceException">It cannot be listed.</exception>
    public async Task<IReadOnlyList<string>> ListFoldersAsync(CancellationToken cancellationToken)
    {
        var page = await PageAsync(Listing(place.Prefix), cancellationToken);
        return [.. (page.CommonPrefixes ?? []).Select(prefix => Key(prefix, page)[place.Prefix.Length..].TrimEnd('/'))];
    }

    /// <remarks>
    /// Asked by a listing that holds one key: to who may list by prefix only, as roles should, S3 calls a missing object a forbidden one.
    /// </remarks>
    public async ValueTask<FileEntry?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var request = Listing(place.Prefix + name);
        request.MaxKeys = 1;
        return Files(await PageAsync(request, cancellationToken)).FirstOrDefault(file => file.Name == name);
    }

    public ValueTask<string?> FingerprintAsync(FileEntry file, CancellationToken cancellationToken) =>
        new(FileFingerprint.OfTag(file.Bytes, file.Tag ?? ""));

    public async ValueTask<Stream?> OpenAsync(FileEntry file, CancellationToken cancellationToken)
    {
        ObjectStream content = new(calls, place, file, pieceBytes);
        return await content.BeginAsync(cancellationToken) ? content : null;
    }

    private ListObjectsV2Request Listing(string prefix) =>
        new()
        {
            BucketName = place.Bucket,
            Prefix = prefix,
            Delimiter = FolderSign,
            Encoding = EncodingType.Url,
        };

    private async Task<ListObjectsV2Response> PageAsync(ListObjectsV2Request request, CancellationToken cancellationToken)
    {
        // Never null: only a missing object is.
        var page = (await calls.AskAsync(key: null, (s3, token) => s3.ListObjectsV2Async(request, token), cancellationToken))!;
        request.ContinuationToken = page.NextContinuationToken;
        return page;
    }

    private IEnumerable<FileEntry> Files(ListObjectsV2Response page) =>
        (page.S3Objects ?? []).Select(found => Describe(found, page)).Where(file => file.Name.Length > 0);

    private FileEntry Describe(S3Object found, ListObjectsV2Response page)
    {
        var modifiedAt = new DateTimeOffset(found.LastModified?.ToUniversalTime() ?? default, TimeSpan.Zero);
        return new FileEntry(Key(found.Key, page)[place.Prefix.Length..], found.Size ?? 0, modifiedAt) { Tag = found.ETag.Trim('"') };
    }

    // The client leaves keys as they came: encoded, because not all of them could stand in XML.
    private static string Key(string key, ListObjectsV2Response page) =>
        page.Encoding == EncodingType.Url ? WebUtility.UrlDecode(key) : key;
}
