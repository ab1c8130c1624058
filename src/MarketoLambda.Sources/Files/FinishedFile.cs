using System.Buffers.Binary;
using System.IO.Hashing;

namespace MarketoLambda.Sources.Files;

/// <summary>A finished file in 24 bytes: its name, how it was listed, and what it held, each as a hash.</summary>
/// <param name="Name">Of its name.</param>
/// <param name="Listing">Of its place, size, and time of change or tag: what a listing shows. 0 where that is not known.</param>
/// <param name="Edges">Of its fingerprint: see <see cref="FileFingerprint"/>.</param>
/// <param name="Content">Of all its bytes. 0 where that is not known.</param>
internal readonly record struct FinishedFile(ulong Name, ulong Listing, uint Edges, ulong Content)
{
    public const int Bytes = 24;

    /// <summary>Length of one in text.</summary>
    public const int Characters = Bytes / 3 * 4;

    private const int ShortHash = 6;

    /// <summary>One after the other, as text.</summary>
    public static string ToText(IEnumerable<FinishedFile> files)
    {
        List<byte> bytes = [];
        Span<byte> one = stackalloc byte[Bytes];
        foreach (var file in files)
        {
            file.Write(one);
            bytes.AddRange(one);
        }

        return Convert.ToBase64String([.. bytes]);
    }

    /// <exception cref="FormatException">The text is none of ours.</exception>
    public static IReadOnlyList<FinishedFile> Parse(string text)
    {
        var bytes = Convert.FromBase64String(text);
        return bytes.Length % Bytes == 0
            ? [.. Enumerable.Range(0, bytes.Length / Bytes).Select(index => Read(bytes.AsSpan(index * Bytes, Bytes)))]
            : throw new FormatException("half a file");
    }

    /// <summary>Its share in the sum of all that are listed.</summary>
    public UInt128 ListingTerm
    {
        get
        {
            Span<byte> bytes = stackalloc byte[sizeof(ulong) * 2];
            BinaryPrimitives.WriteUInt64BigEndian(bytes, Name);
            BinaryPrimitives.WriteUInt64BigEndian(bytes[sizeof(ulong)..], Listing);
            return XxHash128.HashToUInt128(bytes);
        }
    }

    /// <summary>Its share in the sum that tells whether a history is as it was written.</summary>
    /// <param name="index">Where it stands.</param>
    public UInt128 HistoryTerm(long index)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        Write(bytes);
        return XxHash128.HashToUInt128(bytes, index);
    }

    private void Write(Span<byte> bytes)
    {
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Name);
        BinaryPrimitives.WriteUInt64BigEndian(number, Listing);
        number[^ShortHash..].CopyTo(bytes[8..]);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[14..], Edges);
        BinaryPrimitives.WriteUInt64BigEndian(number, Content);
        number[^ShortHash..].CopyTo(bytes[18..]);
    }

    private static FinishedFile Read(ReadOnlySpan<byte> bytes)
    {
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        bytes[8..14].CopyTo(number[^ShortHash..]);
        var listing = BinaryPrimitives.ReadUInt64BigEndian(number);
        bytes[18..24].CopyTo(number[^ShortHash..]);
        return new FinishedFile(
            BinaryPrimitives.ReadUInt64BigEndian(bytes),
            listing,
            BinaryPrimitives.ReadUInt32BigEndian(bytes[14..]),
            BinaryPrimitives.ReadUInt64BigEndian(number));
    }
}
