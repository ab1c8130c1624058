using System.Text.Json;
using System.Text.Json.Serialization;

namespace MarketoLambda.Marketo.Records;

/// <summary>One record of a sync or delete call, already written as a UTF-8 JSON object.</summary>
/// <remarks>
/// The mapper writes each record once; the request copies these bytes as they are. So a batch knows its exact size
/// before it is sent, and no field value is ever parsed again.
/// </remarks>
/// <param name="Json">A complete JSON object; not validated again.</param>
[JsonConverter(typeof(EncodedRecordConverter))]
public readonly record struct EncodedRecord(ReadOnlyMemory<byte> Json);

/// <summary>Copies the bytes of an <see cref="EncodedRecord"/> into the request body.</summary>
internal sealed class EncodedRecordConverter : JsonConverter<EncodedRecord>
{
    public override EncodedRecord Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Encoded records are only sent, never received.");

    public override void Write(Utf8JsonWriter writer, EncodedRecord value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Json.Span, skipInputValidation: true);
}
