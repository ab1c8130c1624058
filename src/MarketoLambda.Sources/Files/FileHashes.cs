using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;

namespace MarketoLambda.Sources.Files;

/// <summary>The hashes of which a <see cref="FinishedFile"/> consists.</summary>
internal static class FileHashes
{
    private const ulong ShortMask = (1UL << 48) - 1;

    public static ulong OfName(string name) => OfText(name);

    /// <param name="place">The folder: the same listing elsewhere is no proof.</param>
    /// <param name="file">As it is listed.</param>
    public static ulong OfListing(string place, FileEntry file) =>
        Short(
            OfText(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{place}\n{file.Bytes}\n{file.Tag ?? file.ModifiedAt.UtcTicks.ToString(CultureInfo.InvariantCulture)}")));

    public static uint OfEdges(string fingerprint) => (uint)(OfText(fingerprint) >> 32);

    /// <summary>Of all bytes of a file whose place has a name for its content.</summary>
    public static ulong OfTag(string fingerprint) => Short(OfText(fingerprint));

    public static ulong OfContent(XxHash128 hash) => Short((ulong)hash.GetCurrentHashAsUInt128());

    private static ulong OfText(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    // Never 0, which stands for what is not known.
    private static ulong Short(ulong hash) => Math.Max(1, hash & ShortMask);
}
