namespace MarketoLambda.Sources.Files;

/// <summary>The header of a gzip member, RFC 1952.</summary>
internal static class GzipHeader
{
    private const byte FirstByte = 0x1F;
    private const byte SecondByte = 0x8B;
    private const byte Deflate = 8;
    private const int TimeSystemAndLevel = 6;

    [Flags]
    private enum Parts
    {
        Checksum = 2,
        Extra = 4,
        Name = 8,
        Comment = 16,
        Reserved = 0xE0,
    }

    /// <summary>Whether content begins like gzip. A lone first byte counts: it is no text, and it is what a cut may leave.</summary>
    public static bool Begins(ReadOnlySpan<byte> content) => content is [FirstByte] or [FirstByte, SecondByte, ..];

    /// <summary>Takes a header; false where there is none, or where it is cut.</summary>
    public static bool TrySkip(PackedInput input)
    {
        if (input.Take() != FirstByte || input.Take() != SecondByte || input.Take() != Deflate)
        {
            return false;
        }

        var parts = (Parts)input.Take(); // -1, at the end of the file, has all flags, and the reserved ones
        return (parts & Parts.Reserved) == 0
            && TrySkip(input, TimeSystemAndLevel)
            && (!parts.HasFlag(Parts.Extra) || TrySkipExtra(input))
            && (!parts.HasFlag(Parts.Name) || TrySkipText(input))
            && (!parts.HasFlag(Parts.Comment) || TrySkipText(input))
            && (!parts.HasFlag(Parts.Checksum) || TrySkip(input, 2));
    }

    private static bool TrySkip(PackedInput input, int bytes)
    {
        while (bytes > 0 && input.Take() >= 0)
        {
            bytes--;
        }

        return bytes == 0;
    }

    private static bool TrySkipExtra(PackedInput input)
    {
        var (low, high) = (input.Take(), input.Take());
        return high >= 0 && TrySkip(input, low | (high << 8));
    }

    private static bool TrySkipText(PackedInput input)
    {
        int one;
        while ((one = input.Take()) > 0)
        {
        }

        return one == 0;
    }
}
