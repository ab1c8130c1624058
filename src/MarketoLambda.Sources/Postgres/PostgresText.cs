using System.Text;
using Npgsql;

namespace MarketoLambda.Sources.Postgres;

/// <summary>
/// Reads a value as text. Bytes that are none (a database in the encoding SQL_ASCII takes any) become half characters, which cost that
/// record.
/// </summary>
internal static class PostgresText
{
    private const char FirstOfNoText = '\uDC00';

    public static string Read(NpgsqlDataReader row, int column)
    {
        try
        {
            return row.GetString(column);
        }
        catch (DecoderFallbackException)
        {
            return Read(row.GetFieldValue<byte[]>(column));
        }
    }

    /// <summary>UTF-8, and each byte that is part of no character as a lone half of one.</summary>
    public static string Read(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new();
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var length) == System.Buffers.OperationStatus.Done)
            {
                text.Append(rune);
            }
            else
            {
                text.Append((char)(FirstOfNoText + bytes[0]));
                length = 1;
            }

            bytes = bytes[length..];
        }

        return text.ToString();
    }
}
