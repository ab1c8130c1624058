using Amazon.S3;
using Amazon.S3.Model;
using MarketoLambda.Sources.Files;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.S3;

/// <summary>One content of an object, fetched piece by piece as it is read. Memory holds one piece, however large the object is.</summary>
/// <remarks>
/// The parser and gzip read synchronously, so <see cref="Read(Span{byte})"/> blocks its thread while a piece comes. That cannot deadlock:
/// the fetching runs on the thread pool without a synchronization context, takes no lock, and ends by <see cref="BucketCalls"/>' own limit
/// of time or with <see cref="Cancellation"/>. It holds up nothing but the reading: a job reads with one thread, and its calls to Marketo
/// go on in others. An object is never held open between pieces, because S3 drops a connection that a slow import leaves waiting.
/// </remarks>
internal sealed class ObjectStream(BucketCalls calls, BucketPlace place, FileEntry file, int pieceBytes) : Stream, IDistantContent
{
    /// <summary>
    /// Bytes fetched at once: large enough that waiting for an answer to begin costs little, small beside a function's memory.
    /// </summary>
    public const int PieceBytes = 8 * 1024 * 1024;

    private readonly byte[] _piece = new byte[Math.Min(pieceBytes, file.Bytes)];
    private long _pieceStart = -1;
    private long _position;

    public CancellationToken Cancellation { private get; set; }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => file.Bytes;

    public override long Position
    {
        get => _position;
        set => _position = value;
    }

    /// <summary>Fetches the first piece; false where the object is gone.</summary>
    public async Task<bool> BeginAsync(CancellationToken cancellationToken) => Length == 0 || await FetchAsync(0, cancellationToken);

    public override int Read(Span<byte> buffer)
    {
        var left = Length - _position;
        if (left <= 0 || buffer.IsEmpty)
        {
            return 0;
        }

        var start = _position - (_position % pieceBytes);
        if (start != _pieceStart && !Task.Run(() => FetchAsync(start, Cancellation)).GetAwaiter().GetResult())
        {
            throw new SourceException(
                $"{file.Name} was removed while it was read, so it does not count as finished. Put it back, and the next run goes on in "
                    + "its middle; otherwise the next run passes it over"
            );
        }

        var offset = (int)(_position - start);
        var count = (int)Math.Min(Math.Min(buffer.Length, left), pieceBytes - offset);
        _piece.AsSpan(offset, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => _position,
        _ => Length,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async Task<bool> FetchAsync(long start, CancellationToken cancellationToken)
    {
        _pieceStart = -1; // until all of it is here
        var count = (int)Math.Min(pieceBytes, Length - start);
        GetObjectRequest request = new()
        {
            BucketName = place.Bucket,
            Key = place.Prefix + file.Name,
            EtagToMatch = $"\"{file.Tag}\"",
            ByteRange = new ByteRange(start, start + count - 1),
        };
        if (await calls.AskAsync(request.Key, FillAsync, cancellationToken) is null)
        {
            return false;
        }

        _pieceStart = start;
        return true;

        async Task<GetObjectResponse> FillAsync(IAmazonS3 s3, CancellationToken token)
        {
            try
            {
                using var answer = await s3.GetObjectAsync(request, token);
                if (answer.ContentLength != count)
                {
                    throw new IOException($"it answered with {answer.ContentLength} bytes where {count} were asked for");
                }

                await answer.ResponseStream.ReadExactlyAsync(_piece.AsMemory(0, count), token);
                return answer;
            }
            catch (AmazonS3Exception failure) when (failure.StatusCode == System.Net.HttpStatusCode.PreconditionFailed)
            {
                throw FileErrors.Changed(file.Name);
            }
        }
    }
}
