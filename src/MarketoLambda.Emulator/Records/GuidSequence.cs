using System.Buffers.Binary;

namespace MarketoLambda.Emulator.Records;

/// <summary>GUIDs that look random and are the same for the same seed (SplitMix64).</summary>
internal sealed class GuidSequence(int seed)
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    private ulong _state = (ulong)(uint)seed * 0xD1342543DE82EF95;

    public Guid Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Mix(_state += GoldenGamma));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], Mix(_state += GoldenGamma));
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes);
    }

    /// <summary>Spreads a number over all 64 bits.</summary>
    public static ulong Mix(ulong number)
    {
        number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9;
        number = (number ^ (number >> 27)) * 0x94D049BB133111EB;
        return number ^ (number >> 31);
    }
}
