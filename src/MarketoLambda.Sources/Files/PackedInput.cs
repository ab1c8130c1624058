namespace MarketoLambda.Sources.Files;

/// <summary>Packed bytes for an unpacker that takes more than it needs: the piece it took last can be gone back into.</summary>
/// <param name="packed">Stays open.</param>
internal sealed class PackedInput(Stream packed) : Stream
{
    private const int BufferBytes = 32 * 1024;
    private const int MaxOfAPiece = BufferBytes / 2;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _lastPiece;
    private int _next;
    private int _end;

    /// <summary>Something was taken.</summary>
    public bool HasBegun { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The next byte, which stays; -1 at the end.</summary>
    public int Peek() => _next < _end || Fill(keepFrom: _next) ? _buffer[_next] : -1;

    /// <summary>The next byte; -1 at the end.</summary>
    public int Take()
    {
        var next = Peek();
        if (next >= 0)
        {
            _next++;
            HasBegun = true;
        }

        _lastPiece = _next;
        return next;
    }

    public override int Read(Span<byte> buffer)
    {
        if (_next == _end && !Fill(keepFrom: _next))
        {
            return 0;
        }

        var count = Math.Min(Math.Min(buffer.Length, MaxOfAPiece), _end - _next);
        _buffer.AsSpan(_next, count).CopyTo(buffer);
        _lastPiece = _next;
        _next += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Goes behind the first place in the piece taken last where these bytes begin; false where there is none.</summary>
    public bool TryGoBehind(ReadOnlySpan<byte> bytes)
    {
        while (_end - _next < bytes.Length && Fill(keepFrom: _lastPiece))
        {
        }

        var end = Math.Min(_end, _next + bytes.Length);
        var at = _buffer.AsSpan(_lastPiece, end - _lastPiece).IndexOf(bytes);
        if (at >= 0)
        {
            _next = _lastPiece = _lastPiece + at + bytes.Length;
        }

        return at >= 0;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    // What is kept moves to the front; it is at most a piece, so there is always room.
    private bool Fill(int keepFrom)
    {
        _buffer.AsSpan(keepFrom, _end - keepFrom).CopyTo(_buffer);
        (_lastPiece, _next, _end) = (Math.Max(0, _lastPiece - keepFrom), _next - keepFrom, _end - keepFrom);
        var read = packed.Read(_buffer.AsSpan(_end));
        _end += read;
        return read > 0;
    }
}
