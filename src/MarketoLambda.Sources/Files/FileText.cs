using System.Text;

namespace MarketoLambda.Sources.Files;

/// <summary>Opens a file's bytes as text: unpacks gzip, obeys a byte order mark, and never guesses at bytes that are no text.</summary>
internal static class FileText
{
    private const int BufferBytes = 32 * 1024;
    private const int LongestMarkBytes = 4;

    // UTF-32 first: its little-endian mark begins with that of UTF-16.
    private static readonly (byte[] Mark, Encoding Encoding)[] ByteOrderMarks =
    [
        ([0xFF, 0xFE, 0, 0], new UTF32Encoding(bigEndian: false, byteOrderMark: false, throwOnInvalidCharacters: true)),
        ([0, 0, 0xFE, 0xFF], new UTF32Encoding(bigEndian: true, byteOrderMark: false, throwOnInvalidCharacters: true)),
        ([0xEF, 0xBB, 0xBF], StrictUtf8),
        ([0xFF, 0xFE], new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true)),
        ([0xFE, 0xFF], new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true)),
    ];

    /// <summary>UTF-8 that refuses invalid bytes instead of replacing them.</summary>
    public static Encoding StrictUtf8 => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The same encoding, refusing invalid bytes.</summary>
    public static Encoding Strict(Encoding encoding)
    {
        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        return strict;
    }

    /// <summary>The text of a seekable stream from its beginning, which stays open.</summary>
    /// <param name="content">The file as stored.</param>
    /// <param name="encoding">What holds where there is no byte order mark.</param>
    /// <remarks>Reading throws <see cref="DecoderFallbackException"/> or <see cref="InvalidDataException"/>.</remarks>
    public static TextReader Open(Stream content, Encoding encoding)
    {
        var (bytes, strict) = Begin(content, encoding);
        var isBorrowed = ReferenceEquals(bytes, content);
        return new WholeBlockReader(
            new StreamReader(bytes, strict, detectEncodingFromByteOrderMarks: false, BufferBytes, leaveOpen: isBorrowed));
    }

    /// <summary>The line, from 1, that holds the first bytes which are no text. Slow: it decodes byte by byte.</summary>
    public static long LineOfInvalidBytes(Stream content, Encoding encoding)
    {
        var (unpacked, strict) = Begin(content, encoding);
        using var unpacking = ReferenceEquals(unpacked, content) ? null : unpacked;
        var bytes = new BufferedStream(unpacked, BufferBytes);
        var decoder = strict.GetDecoder();
        var one = new byte[1];
        var characters = new char[4];
        var line = 1L;
        try
        {
            while (bytes.Read(one, 0, 1) == 1)
            {
                line += characters.AsSpan(0, decoder.GetChars(one, characters, flush: false)).Count('\n');
            }
        }
        catch (DecoderFallbackException)
        {
            // here
        }

        return line;
    }

    /// <summary>Whether an encoding of one byte a letter holds, and every byte would be valid UTF-8 all the same, with letters beyond ASCII.</summary>
    /// <remarks>Such encodings know no invalid bytes, so nothing else would tell. A text that is meant so ends the look at its first umlaut.</remarks>
    public static bool IsUtf8ReadAsSingleBytes(Stream content, Encoding encoding)
    {
        var (bytes, strict) = Begin(content, encoding);
        using var unpacking = ReferenceEquals(bytes, content) ? null : bytes;
        if (!strict.IsSingleByte)
        {
            return false;
        }

        var decoder = StrictUtf8.GetDecoder();
        var block = new byte[BufferBytes];
        var isBeyondAscii = false;
        try
        {
            int read;
            do
            {
                read = bytes.Read(block);
                decoder.GetCharCount(block, 0, read, flush: read == 0);
                isBeyondAscii |= !Ascii.IsValid(block.AsSpan(0, read));
            }
            while (read > 0);
        }
        catch (DecoderFallbackException)
        {
            return false;
        }

        return isBeyondAscii;
    }

    // The stream given back stands after the byte order mark; it is the content itself, or what unpacks it.
    private static (Stream Bytes, Encoding Encoding) Begin(Stream content, Encoding encoding)
    {
        content.Position = 0;
        var isPacked = StrictGzip.Begins(First(content));
        byte[] start;
        using (var trial = isPacked ? Unpacked() : null)
        {
            start = First(trial ?? Unpacked());
        }

        var (mark, strict) = ByteOrderMarks.FirstOrDefault(known => start.AsSpan().StartsWith(known.Mark), ([], Strict(encoding)));
        var bytes = Unpacked();
        bytes.ReadExactly(new byte[mark.Length]);
        return (bytes, strict);

        Stream Unpacked()
        {
            content.Position = 0;
            return isPacked ? StrictGzip.Unpack(content) : content;
        }
    }

    private static byte[] First(Stream bytes)
    {
        var first = new byte[LongestMarkBytes];
        return first[..bytes.ReadAtLeast(first, LongestMarkBytes, throwOnEndOfStream: false)];
    }
}
