namespace MarketoLambda.Sources.JsonLines;

/// <summary>Lines of a text, one at a time; they end with LF or CRLF.</summary>
/// <param name="text">Stays open.</param>
internal sealed class TextLines(TextReader text)
{
    /// <summary>Most characters of a line that is kept.</summary>
    public const int MaxCharacters = 1_000_000;

    private const int PieceCharacters = 32 * 1024;

    private char[] _buffer = new char[PieceCharacters];
    private int _start;
    private int _end;

    /// <summary>The line read last, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The line read last, without its end; of one that is too long, its first part.</summary>
    public ReadOnlySpan<char> Line => _buffer.AsSpan(LineStart, LineLength);

    /// <summary>The line read last has more than <see cref="MaxCharacters"/>.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Whether the line read last ended with a line end, and not with the text.</summary>
    public bool EndsWithLine { get; private set; }

    private int LineStart { get; set; }

    private int LineLength { get; set; }

    /// <summary>Goes to the next line; false at the end of the text.</summary>
    public bool Read()
    {
        (IsTooLong, EndsWithLine) = (false, false);
        var probed = 0;
        while (true)
        {
            var end = _buffer.AsSpan(_start + probed, _end - _start - probed).IndexOf('\n');
            if (end >= 0)
            {
                EndsWithLine = true;
                Take(probed + end, behind: 1);
                return true;
            }

            probed = _end - _start;
            if (probed > MaxCharacters)
            {
                IsTooLong = true;
                Take(0, behind: probed);
                SkipToEnd();
                return true;
            }

            if (!Fill())
            {
                Take(probed, behind: 0);
                return probed > 0;
            }
        }
    }

    private void Take(int length, int behind)
    {
        Number++;
        (LineStart, LineLength) = (_start, length > 0 && _buffer[_start + length - 1] == '\r' ? length - 1 : length);
        _start += length + behind;
    }

    private void SkipToEnd()
    {
        int end;
        while ((end = _buffer.AsSpan(_start, _end - _start).IndexOf('\n')) < 0)
        {
            _start = _end;
            if (!Fill())
            {
                return;
            }
        }

        EndsWithLine = true;
        _start += end + 1;
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var count = text.Read(_buffer, _end, _buffer.Length - _end);
        _end += count;
        return count > 0;
    }
}
