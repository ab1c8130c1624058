using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;

namespace MarketoLambda.Emulator.Schema;

/// <summary>Marketo's own id of the records of an object: a GUID, or a number. Stored as a GUID in either case.</summary>
internal sealed record IdField(string Name, bool IsNumber)
{
    public static readonly IdField MarketoGuid = new(ObjectSchema.MarketoGuid, IsNumber: false);

    public static readonly IdField Number = new("id", IsNumber: true);

    /// <summary>The id with that number.</summary>
    public static Guid OfNumber(long number)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], number);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The number of such an id.</summary>
    public static long NumberOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadInt64BigEndian(bytes[8..]);
    }

    /// <summary>Null for text that cannot be an id.</summary>
    public Guid? Parse(string? text) =>
        IsNumber ? long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? OfNumber(number) : null
        : Guid.TryParseExact(text, "D", out var guid) ? guid : null;

    /// <summary>Writes the id as a member.</summary>
    public void Write(Utf8JsonWriter json, Guid id)
    {
        if (IsNumber)
        {
            json.WriteNumber(Name, NumberOf(id));
        }
        else
        {
            json.WriteString(Name, id);
        }
    }
}
