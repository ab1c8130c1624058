using MarketoLambda.Sources.Files;

namespace MarketoLambda.Sources.Csv;

/// <content>The part of the text that is in memory.</content>
internal sealed partial class CsvScanner
{
    /// <summary>The line that comes next, or as much of it as fits; nothing is passed.</summary>
    public ReadOnlySpan<char> PeekLine(CancellationToken cancellationToken)
    {
        if (!HasMore(cancellationToken))
        {
            return [];
        }

        var rest = _buffer.AsSpan(_next, _end - _next);
        var end = rest.IndexOfAny('\r', '\n');
        return end < 0 ? rest : rest[..end];
    }

    /// <summary>Passes over a line, whatever stands in it.</summary>
    public void SkipLine(CancellationToken cancellationToken)
    {
        while (HasMore(cancellationToken))
        {
            var rest = _buffer.AsSpan(_next, _end - _next);
            var end = _lineEnds == LineEnds.LineFeed ? rest.IndexOf('\n') : rest.IndexOfAny('\r', '\n');
            if (end < 0)
            {
                _next = _end;
                Pass();
                continue;
            }

            var isCarriageReturn = rest[end] == '\r';
            _next += end + 1;
            _nextLine++;
            if (isCarriageReturn && HasMore(cancellationToken) && _buffer[_next] == '\n')
            {
                _next++;
            }

            Pass();
            return;
        }
    }

    private bool HasMore(CancellationToken cancellationToken) => _next < _end || Fill(cancellationToken);

    // What was passed counts no more when odd characters are looked for.
    private void Pass()
    {
        (_start, _rowEnd) = (_next, _next);
        if (_oddAt < _next)
        {
            FindOdd(_next);
        }
    }

    private void FindOdd(int from)
    {
        var at = OddText.Find(_buffer, from, _end, ref _beyondAscii);
        _oddAt = at < 0 ? NoMore : at;
    }

    /// <summary>Reads more behind what is kept; false at the end of the text.</summary>
    private bool Fill(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_isAtEnd)
        {
            return false;
        }

        _buffer.AsSpan(_next, _end - _next).CopyTo(_buffer);
        (_oddAt, _end, _start, _rowEnd, _next) = (_oddAt == NoMore ? NoMore : _oddAt - _next, _end - _next, 0, 0, 0);
        if (_end == _buffer.Length)
        {
            if (_end >= MaxRowCharacters)
            {
                throw new CsvFormatException(
                    CsvFormatProblem.TooLong, _oddAt < NoMore && _buffer.AsSpan(_oddAt, _end - _oddAt).Contains('\0'));
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = text.ReadBlock(_buffer, _end, _buffer.Length - _end);
        var from = _end;
        _end += read;
        if (_end < _buffer.Length)
        {
            _isAtEnd = true;
            while (_end > 0 && _buffer[_end - 1] == EndOfFile)
            {
                _end--;
            }
        }

        if (_oddAt == NoMore && from < _end)
        {
            FindOdd(from);
        }

        return _end > 0;
    }
}
