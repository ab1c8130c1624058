namespace MarketoLambda.Sources.Csv;

/// <content>What a cell says once its quotes and escapes are undone.</content>
internal sealed partial class CsvScanner
{
    private ReadOnlySpan<char> Unescaped(ReadOnlySpan<char> raw, bool isQuoted)
    {
        if (_scratch.Length < raw.Length)
        {
            _scratch = new char[Math.Max(raw.Length, BufferCharacters)];
        }

        var length = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            int next = i + 1 < raw.Length ? raw[i + 1] : -1;
            if (raw[i] == _escape && next >= 0 && (next == _escape || next == _quote || next == _delimiter || next is '\r' or '\n'))
            {
                i++;
            }
            else if (isQuoted && raw[i] == _quote && next == _quote)
            {
                i++;
            }

            _scratch[length++] = raw[i];
        }

        return _scratch.AsSpan(0, length);
    }

    /// <param name="Start">In the buffer, behind the opening quote.</param>
    /// <param name="Length">To the closing quote.</param>
    /// <param name="IsQuoted">Whether there are quotes.</param>
    /// <param name="IsEscaped">Doubled quotes or escapes are inside.</param>
    private readonly record struct Cell(int Start, int Length, bool IsQuoted, bool IsEscaped);
}
