using System.Globalization;
using System.Security.Cryptography;

namespace MarketoLambda.Sources.Files;

/// <summary>Tells two contents of a file apart: its size and a hash of its first and last 4 KB, as <c>1234567-9f3a2b1c</c>.</summary>
/// <remarks>
/// In a bucket the ETag stands for the hash, and covers all of the content. On disk it is the quick half of the comparison: a change of the
/// same length in the middle shows in the time of change, and then all of the content is compared.
/// </remarks>
internal static class FileFingerprint
{
    private const int EdgeBytes = 4096;
    private const int HashBytes = 4;

    /// <summary>The fingerprint of a seekable stream.</summary>
    public static string Compute(Stream content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var bytes = content.Length;
        var edge = new byte[EdgeBytes];
        Append(0);
        Append(Math.Max(0, bytes - EdgeBytes));
        return SizePart(bytes) + Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, HashBytes));

        void Append(long from)
        {
            content.Position = from;
            hash.AppendData(edge, 0, content.ReadAtLeast(edge, EdgeBytes, throwOnEndOfStream: false));
        }
    }

    /// <summary>The fingerprint of a file whose content the place itself has a name for.</summary>
    public static string OfTag(long bytes, string tag) => SizePart(bytes) + tag;

    private static string SizePart(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes}-");
}
