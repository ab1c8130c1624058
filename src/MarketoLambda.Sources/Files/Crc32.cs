using System.Buffers.Binary;

namespace MarketoLambda.Sources.Files;

/// <summary>The checksum of gzip, ISO 3309, eight bytes at a time.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private const int Slices = 8;
    private const int TableSize = 256;

    private static readonly uint[] Tables = MakeTables();

    /// <summary>The checksum after some more bytes; it begins with 0.</summary>
    public static uint Append(uint checksum, ReadOnlySpan<byte> bytes)
    {
        var tables = Tables.AsSpan();
        var crc = ~checksum;
        while (bytes.Length >= Slices)
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = tables[(7 * TableSize) + (int)(low & 0xFF)]
                ^ tables[(6 * TableSize) + (int)((low >> 8) & 0xFF)]
                ^ tables[(5 * TableSize) + (int)((low >> 16) & 0xFF)]
                ^ tables[(4 * TableSize) + (int)(low >> 24)]
                ^ tables[(3 * TableSize) + (int)(high & 0xFF)]
                ^ tables[(2 * TableSize) + (int)((high >> 8) & 0xFF)]
                ^ tables[TableSize + (int)((high >> 16) & 0xFF)]
                ^ tables[(int)(high >> 24)];
            bytes = bytes[Slices..];
        }

        foreach (var one in bytes)
        {
            crc = tables[(int)((crc ^ one) & 0xFF)] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint[] MakeTables()
    {
        var tables = new uint[Slices * TableSize];
        for (var value = 0u; value < TableSize; value++)
        {
            var crc = value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : Polynomial ^ (crc >> 1);
            }

            tables[value] = crc;
        }

        for (var index = TableSize; index < tables.Length; index++)
        {
            var before = tables[index - TableSize];
            tables[index] = tables[(int)(before & 0xFF)] ^ (before >> 8);
        }

        return tables;
    }
}
