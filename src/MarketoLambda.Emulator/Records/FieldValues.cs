using System.Buffers;

namespace MarketoLambda.Emulator.Records;

/// <summary>A record's values in one small byte array, so that a million records fit in memory.</summary>
/// <remarks>
/// Entries in rising order of ordinal: ordinal (1 byte), length (7 bits a byte, low end first), canonical JSON text in UTF-8.
/// Length 0 means null, and occurs only in the changes of an update.
/// </remarks>
internal static class FieldValues
{
    public static Enumerator Read(byte[] encoded) => new(encoded);

    public static bool TryGet(byte[] encoded, byte ordinal, out ReadOnlySpan<byte> json)
    {
        var entries = Read(encoded);
        while (entries.MoveNext())
        {
            if (entries.Ordinal == ordinal)
            {
                json = entries.Json;
                return json.Length > 0;
            }
        }

        json = default;
        return false;
    }

    public static void Append(ArrayBufferWriter<byte> target, byte ordinal, ReadOnlySpan<byte> json)
    {
        var span = target.GetSpan(json.Length + 6);
        var length = 0;
        span[length++] = ordinal;
        var rest = (uint)json.Length;
        for (; rest >= 0x80; rest >>= 7)
        {
            span[length++] = (byte)(rest | 0x80);
        }

        span[length++] = (byte)rest;
        json.CopyTo(span[length..]);
        target.Advance(length + json.Length);
    }

    /// <summary>The record after an update: fields that were not sent keep their value, nulls go.</summary>
    public static byte[] Merge(byte[] before, byte[] changes)
    {
        var merged = new ArrayBufferWriter<byte>(before.Length + changes.Length + 1);
        var old = Read(before);
        var change = Read(changes);
        var (hasOld, hasChange) = (old.MoveNext(), change.MoveNext());
        while (hasOld || hasChange)
        {
            var takesChange = hasChange && (!hasOld || change.Ordinal <= old.Ordinal);
            var replacesOld = takesChange && hasOld && change.Ordinal == old.Ordinal;
            AppendUnlessNull(merged, takesChange ? change : old);
            hasOld = takesChange && !replacesOld ? hasOld : old.MoveNext();
            hasChange = takesChange ? change.MoveNext() : hasChange;
        }

        return merged.WrittenSpan.ToArray();
    }

    private static void AppendUnlessNull(ArrayBufferWriter<byte> target, Enumerator entry)
    {
        if (entry.Json.Length > 0)
        {
            Append(target, entry.Ordinal, entry.Json);
        }
    }

    /// <summary>Walks the entries of one record.</summary>
    public ref struct Enumerator(byte[] encoded)
    {
        private int _next;

        public byte Ordinal { get; private set; }

        public ReadOnlySpan<byte> Json { get; private set; }

        public bool MoveNext()
        {
            if (_next >= encoded.Length)
            {
                return false;
            }

            Ordinal = encoded[_next++];
            var length = 0;
            for (var shift = 0; ; shift += 7)
            {
                var part = encoded[_next++];
                length |= (part & 0x7F) << shift;
                if (part < 0x80)
                {
                    break;
                }
            }

            Json = encoded.AsSpan(_next, length);
            _next += length;
            return true;
        }
    }
}
