using System.Buffers.Binary;
using System.Buffers.Text;

namespace MarketoLambda.Emulator.Objects;

/// <summary>A position in the result of a query, in letters nobody is tempted to read.</summary>
internal static class PageToken
{
    private const uint Mask = 0x5EED_C0DE;

    public static string From(int position)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)position ^ Mask);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>0 without a token; null for one nobody handed out.</summary>
    public static int? Read(string? token)
    {
        if (token is null)
        {
            return 0;
        }

        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        var isWhole =
            Base64Url.IsValid(token, out var length) && length == sizeof(uint) && Base64Url.TryDecodeFromChars(token, bytes, out _);
        return isWhole && (BinaryPrimitives.ReadUInt32BigEndian(bytes) ^ Mask) is <= int.MaxValue and var position ? (int)position : null;
    }
}
