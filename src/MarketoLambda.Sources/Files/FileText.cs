using System.Text;

namespace MarketoLambda.Sources.Files;

/// <summary>Opens a file's bytes as text: unpacks gzip, obeys a byte order mark, recognises UTF-16, guesses at nothing else.</summary>
internal static class FileText
{
    private const int BufferBytes = 32 * 1024;
    private const int BeginBytes = 4096;
    private const int CertainlyUtf8 = 4; // letters of three bytes

    // UTF-32 first: its little-endian mark begins with that of UTF-16.
    private static readonly (byte[] Mark, Encoding Encoding)[] ByteOrderMarks =
    [
        ([0xFF, 0xFE, 0, 0], new UTF32Encoding(bigEndian: false, byteOrderMark: false)),
        ([0, 0, 0xFE, 0xFF], new UTF32Encoding(bigEndian: true, byteOrderMark: false)),
        ([0xEF, 0xBB, 0xBF], StrictUtf8),
        ([0xFF, 0xFE], new UnicodeEncoding(bigEndian: false, byteOrderMark: false)),
        ([0xFE, 0xFF], new UnicodeEncoding(bigEndian: true, byteOrderMark: false)),
    ];

    /// <summary>UTF-8 that refuses invalid bytes instead of replacing them.</summary>
    public static Encoding StrictUtf8 => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of a seekable stream from its beginning, which stays open.</summary>
    /// <param name="content">The file as stored.</param>
    /// <param name="encoding">What holds where the file itself does not tell.</param>
    /// <remarks>
    /// Where what follows invalid bytes is still certain, they become <see cref="OddText.Undecodable"/>; otherwise reading throws
    /// <see cref="DecoderFallbackException"/>. Damaged gzip is a <see cref="GzipDamage"/>.
    /// </remarks>
    public static OpenText Open(Stream content, Encoding encoding)
    {
        var (bytes, found) = Begin(content, encoding);
        var isBorrowed = ReferenceEquals(bytes, content);
        StreamReader text = new(bytes, WithFallback(found), detectEncodingFromByteOrderMarks: false, BufferBytes, leaveOpen: isBorrowed);
        return new OpenText(text, found, KeepsItsPlace(found));
    }

    /// <summary>The first bytes of the content, unpacked. Whoever reads the content goes on where it was.</summary>
    public static byte[] Beginning(Stream content)
    {
        var position = content.Position;
        try
        {
            content.Position = 0;
            var start = Start(content);
            content.Position = 0;
            if (!GzipHeader.Begins(start))
            {
                return start;
            }

            using GzipMembers unpacked = new(content);
            return Start(unpacked);
        }
        finally
        {
            content.Position = position;
        }
    }

    /// <summary>
    /// Whether there is nothing in it but a byte order mark, blanks and line ends, whole and to the last byte. Then it stands at its end.
    /// </summary>
    public static bool HoldsNothing(Stream content, CancellationToken cancellationToken)
    {
        content.Obey(cancellationToken);
        if (content.Length > BeginBytes)
        {
            return false;
        }

        try
        {
            using var text = Open(content, StrictUtf8);
            return string.IsNullOrWhiteSpace(text.Reader.ReadToEnd());
        }
        catch (IOException)
        {
            return false; // which is told by whoever reads it
        }
    }

    /// <summary>The line, from 1, that holds the first bytes which are no text. Slow: it decodes byte by byte.</summary>
    public static long LineOfInvalidBytes(Stream content, Encoding encoding, CancellationToken cancellationToken)
    {
        var (unpacked, found) = Begin(content, encoding);
        using var unpacking = ReferenceEquals(unpacked, content) ? null : unpacked;
        var bytes = new BufferedStream(unpacked, BufferBytes);
        var decoder = Clone(found, DecoderFallback.ExceptionFallback).GetDecoder();
        var one = new byte[1];
        var characters = new char[4];
        var line = 1L;
        try
        {
            while (bytes.Read(one, 0, 1) == 1)
            {
                var ends = characters.AsSpan(0, decoder.GetChars(one, characters, flush: false)).Count('\n');
                if (ends > 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    line += ends;
                }
            }
        }
        catch (DecoderFallbackException)
        {
            // here
        }

        return line;
    }

    /// <summary>Whether another encoding holds, and every byte would be valid UTF-8 all the same, with letters beyond ASCII.</summary>
    /// <remarks>
    /// Most encodings of one byte a letter know no invalid bytes: nothing else would tell. A text meant so ends it at its first umlaut. In
    /// those of Chinese, Japanese and Korean a few letters may happen to be valid UTF-8, but hardly ever as letters of three bytes.
    /// </remarks>
    public static bool IsUtf8ReadOtherwise(Stream content, Encoding encoding, CancellationToken cancellationToken)
    {
        var decoder = StrictUtf8.GetDecoder();
        var block = new byte[BufferBytes];
        var characters = new char[BufferBytes + 1];
        var beyondAscii = 0L;
        try
        {
            var (bytes, found) = Begin(content, encoding);
            using var unpacking = ReferenceEquals(bytes, content) ? null : bytes;
            if (ChecksItself(found))
            {
                return false;
            }

            var (first, enough) = found.IsSingleByte ? ('\x80', 1) : ('\u0800', CertainlyUtf8);
            int read;
            do
            {
                cancellationToken.ThrowIfCancellationRequested();
                read = bytes.Read(block);
                // Counting would forget half of a letter at the end of a block
                var count = decoder.GetChars(block.AsSpan(0, read), characters, flush: read == 0);
                beyondAscii += CountFrom(first, characters.AsSpan(0, count));
            }
            while (read > 0);
            return beyondAscii >= enough;
        }
        catch (Exception failure) when (failure is DecoderFallbackException or IOException)
        {
            return false; // what cannot be read is told by whoever reads the text
        }
    }

    /// <summary>Whether bytes that mean nothing in one place show damage there, and not another encoding.</summary>
    public static bool ChecksItself(Encoding encoding) => encoding is UTF8Encoding or UnicodeEncoding or UTF32Encoding;

    private static long CountFrom(char first, ReadOnlySpan<char> characters)
    {
        var count = 0L;
        foreach (var character in characters)
        {
            count += character >= first ? 1 : 0;
        }

        return count;
    }

    // The stream given back stands after the byte order mark; it is the content itself, or what unpacks it.
    private static (Stream Bytes, Encoding Encoding) Begin(Stream content, Encoding encoding)
    {
        var start = Beginning(content);
        var (mark, marked) = ByteOrderMarks.FirstOrDefault(known => start.AsSpan().StartsWith(known.Mark), ([], encoding));
        var found = mark.Length > 0 ? marked : UnmarkedUtf16.Find(start) ?? encoding;
        content.Position = 0;
        var isPacked = GzipHeader.Begins(Start(content));
        content.Position = 0;
        Stream bytes = isPacked ? new GzipMembers(content) : content;
        bytes.ReadExactly(new byte[mark.Length]);
        return (bytes, found);
    }

    private static byte[] Start(Stream bytes)
    {
        var first = new byte[BeginBytes];
        return first[..bytes.ReadAtLeast(first, BeginBytes, throwOnEndOfStream: false)];
    }

    // UTF-8 finds its place again, and units of a fixed size never lose it. In the others a stray byte takes the next one with it.
    private static bool KeepsItsPlace(Encoding encoding) =>
        encoding.IsSingleByte || ChecksItself(encoding);

    private static Encoding WithFallback(Encoding encoding) =>
        Clone(
            encoding,
            KeepsItsPlace(encoding) ? new DecoderReplacementFallback(OddText.Undecodable.ToString()) : DecoderFallback.ExceptionFallback);

    private static Encoding Clone(Encoding encoding, DecoderFallback fallback)
    {
        var clone = (Encoding)encoding.Clone();
        clone.DecoderFallback = fallback;
        return clone;
    }
}

/// <summary>A file's text while it is read.</summary>
/// <param name="Reader">The characters.</param>
/// <param name="Encoding">What they are written in, as the file itself tells or the job file says.</param>
/// <param name="KeepsItsPlace">What follows invalid bytes is still certain.</param>
internal sealed record OpenText(TextReader Reader, Encoding Encoding, bool KeepsItsPlace) : IDisposable
{
    /// <summary>Bytes that mean nothing in one place show damage there, not another encoding.</summary>
    public bool ChecksItself => FileText.ChecksItself(Encoding);

    public void Dispose() => Reader.Dispose();
}
