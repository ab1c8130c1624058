using System.IO.Hashing;

namespace MarketoLambda.Sources.Files;

/// <summary>Passes a file's bytes on and hashes them on the way, each once, however often they are read.</summary>
internal sealed class HashedStream(Stream file) : Stream
{
    private const int PieceBytes = 128 * 1024;

    private readonly XxHash128 _hash = new();
    private long _hashed;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => file.Length;

    public override long Position
    {
        get => file.Position;
        set => file.Position = value;
    }

    /// <summary>The hash of all bytes. Those that nobody has read are read now; the position stays.</summary>
    public ulong ContentHash()
    {
        var position = Position;
        Position = _hashed;
        var piece = new byte[PieceBytes];
        while (Read(piece) > 0)
        {
            // Reading hashes.
        }

        Position = position;
        return FileHashes.OfContent(_hash);
    }

    public override int Read(Span<byte> buffer)
    {
        var from = file.Position;
        var count = file.Read(buffer);
        var known = _hashed - from;
        if (known >= 0 && known < count)
        {
            _hash.Append(buffer[(int)known..count]);
            _hashed = from + count;
        }

        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }
}
