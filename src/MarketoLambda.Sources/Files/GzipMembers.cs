using System.Buffers.Binary;
using System.IO.Compression;

namespace MarketoLambda.Sources.Files;

/// <summary>Unpacks gzip and accounts for every byte of it: each member is whole, and nothing but zeros stands behind the last.</summary>
/// <remarks>
/// <see cref="GZipStream"/> ends silently where a member is cut or where something else follows, and does not say how far it read. So
/// each member's header and trailer are read here. Where its packed bytes end is found by its trailer, checksum and length of what was
/// unpacked, in the piece that was unpacked last.
/// </remarks>
/// <param name="packed">Stays open.</param>
internal sealed class GzipMembers(Stream packed) : Stream
{
    private const int TrailerBytes = 8;

    private readonly PackedInput _input = new(packed);
    private DeflateStream? _member;
    private uint _checksum;
    private uint _length;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="GzipDamage">It is damaged, was cut, or goes on with something else; the message says which.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (!buffer.IsEmpty && (_member is not null || BeginMember()))
        {
            var count = Unpack(buffer);
            if (count > 0)
            {
                return count;
            }
        }

        return 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _member?.Dispose();
            _input.Dispose();
        }

        base.Dispose(disposing);
    }

    // Zero once the member is over.
    private int Unpack(Span<byte> buffer)
    {
        try
        {
            var count = _member?.Read(buffer) ?? 0;
            _checksum = Crc32.Append(_checksum, buffer[..count]);
            _length += (uint)count;
            if (count == 0)
            {
                EndMember();
            }

            return count;
        }
        catch (InvalidDataException)
        {
            throw GzipDamage.OfMember();
        }
    }

    private bool BeginMember()
    {
        var isFirst = !_input.HasBegun;
        while (!isFirst && _input.Peek() == 0)
        {
            _input.Take(); // padding, as on tapes
        }

        if (_input.Peek() < 0)
        {
            return false;
        }

        if (!GzipHeader.TrySkip(_input))
        {
            throw isFirst ? GzipDamage.OfMember() : GzipDamage.BehindMember();
        }

        (_checksum, _length) = (0, 0);
        _member = new DeflateStream(_input, CompressionMode.Decompress, leaveOpen: true);
        return true;
    }

    private void EndMember()
    {
        _member?.Dispose();
        _member = null;
        Span<byte> trailer = stackalloc byte[TrailerBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, _checksum);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], _length);
        if (!_input.TryGoBehind(trailer))
        {
            throw GzipDamage.OfMember();
        }
    }
}

/// <summary>What is wrong with a gzip file, as the end of a sentence about it.</summary>
internal sealed class GzipDamage : IOException
{
    private GzipDamage(string message)
        : base(message)
    {
    }

    public static GzipDamage OfMember() => new("is a gzip file that is damaged or was cut; fetch it again");

    public static GzipDamage BehindMember() =>
        new("is a gzip file with something behind its end that is not gzip; fetch it again, or unpack it and look");
}
