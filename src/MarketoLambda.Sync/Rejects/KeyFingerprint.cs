using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MarketoLambda.Sync.Rejects;

/// <summary>
/// 64 bits in place of a text of any length, so that memory does not grow with keys and values. Two texts have the same with a chance of
/// one in 10¹⁹.
/// </summary>
internal static class KeyFingerprint
{
    public static ulong Compute(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }
}
