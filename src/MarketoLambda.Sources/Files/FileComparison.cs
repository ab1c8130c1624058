using System.IO.Hashing;

namespace MarketoLambda.Sources.Files;

/// <summary>
/// Compares files with what is known of finished ones: by their listing, their edges and, where those leave a doubt, all their bytes.
/// </summary>
internal sealed class FileComparison(IFileFolder folder)
{
    private const int PieceBytes = 128 * 1024;

    /// <summary>What a listing alone shows of a file: its content is left open.</summary>
    public FinishedFile Listed(FileEntry file) =>
        new(FileHashes.OfName(file.Name), FileHashes.OfListing(folder.Description, file), Edges: 0, Content: 0);

    /// <summary>Everything about a file; null where it is gone.</summary>
    public async ValueTask<FinishedFile?> IdentifyAsync(FileEntry file, CancellationToken cancellationToken) =>
        await folder.FingerprintAsync(file, cancellationToken) is { } fingerprint
        && await ContentAsync(file, fingerprint, cancellationToken) is { } content
            ? Listed(file) with
            {
                Edges = FileHashes.OfEdges(fingerprint),
                Content = content,
            }
            : null;

    /// <summary>Whether a file is the finished one, as it is listed now; null where it has another content, or is gone.</summary>
    /// <param name="file">The file.</param>
    /// <param name="known">What is known of one of its name.</param>
    /// <param name="trustsListing">The same listing is proof enough; else the edges are looked at, too.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<FinishedFile?> FindAsync(
        FileEntry file,
        FinishedFile known,
        bool trustsListing,
        CancellationToken cancellationToken)
    {
        var listed = Listed(file);
        var isListedSame = known.Listing == listed.Listing;
        if (isListedSame && (trustsListing || file.Tag is not null))
        {
            return known;
        }

        if (await folder.FingerprintAsync(file, cancellationToken) is not { } fingerprint || FileHashes.OfEdges(fingerprint) != known.Edges)
        {
            return null;
        }

        return isListedSame ? known
            : await ContentAsync(file, fingerprint, cancellationToken) is { } content && (known.Content == 0 || known.Content == content)
                ? known with
                {
                    Listing = listed.Listing,
                    Content = content,
                }
            : null;
    }

    private async ValueTask<ulong?> ContentAsync(FileEntry file, string fingerprint, CancellationToken cancellationToken)
    {
        if (file.Tag is not null)
        {
            return FileHashes.OfTag(fingerprint);
        }

        await using var content = await folder.OpenAsync(file, cancellationToken);
        if (content is null)
        {
            return null;
        }

        XxHash128 hash = new();
        var piece = new byte[PieceBytes];
        for (int count; (count = content.Read(piece)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.Append(piece.AsSpan(0, count));
        }

        return FileHashes.OfContent(hash);
    }
}
