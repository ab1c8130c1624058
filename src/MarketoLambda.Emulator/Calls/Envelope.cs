using System.Globalization;
using System.Text.Json;
using MarketoLambda.Emulator.Http;

namespace MarketoLambda.Emulator.Calls;

/// <summary>Marketo's response envelope for one call.</summary>
/// <remarks>
/// Real answers leave out <c>errors</c> and <c>warnings</c> on success and <c>result</c> on failure, whatever the specification says.
/// </remarks>
internal readonly struct Envelope(long callNumber, DateTimeOffset arrivedAt)
{
    /// <summary><c>hex#hex</c>; the second part is the time of arrival in epoch milliseconds.</summary>
    public string RequestId =>
        string.Create(CultureInfo.InvariantCulture, $"{(callNumber * 0x9E37) & 0xFFFF:x}#{arrivedAt.ToUnixTimeMilliseconds():x}");

    public EmulatorResponse Result(Action<Utf8JsonWriter> writeElements, string? nextPageToken = null, bool saysMoreResult = true)
    {
        var requestId = RequestId;
        return new EmulatorResponse
        {
            Body = Json.Write(json =>
            {
                json.WriteStartObject();
                json.WriteString("requestId"u8, requestId);
                json.WriteStartArray("result"u8);
                writeElements(json);
                json.WriteEndArray();
                json.WriteBoolean("success"u8, true);
                if (nextPageToken is not null)
                {
                    json.WriteString("nextPageToken"u8, nextPageToken);
                    if (saysMoreResult)
                    {
                        json.WriteBoolean("moreResult"u8, true);
                    }
                }

                json.WriteEndObject();
            }),
        };
    }

    /// <summary>As calls about assets answer: with empty <c>errors</c> and <c>warnings</c>.</summary>
    public EmulatorResponse Assets(Action<Utf8JsonWriter> writeElements)
    {
        var requestId = RequestId;
        return new EmulatorResponse
        {
            Body = Json.Write(json =>
            {
                json.WriteStartObject();
                json.WriteBoolean("success"u8, true);
                json.WriteStartArray("warnings"u8);
                json.WriteEndArray();
                json.WriteStartArray("errors"u8);
                json.WriteEndArray();
                json.WriteString("requestId"u8, requestId);
                json.WriteStartArray("result"u8);
                writeElements(json);
                json.WriteEndArray();
                json.WriteEndObject();
            }),
        };
    }

    public EmulatorResponse Empty() => Result(_ => { });

    public EmulatorResponse Refused(Refusal refusal)
    {
        var requestId = RequestId;
        return new EmulatorResponse
        {
            Code = refusal.Code,
            Body = Json.Write(json =>
            {
                json.WriteStartObject();
                json.WriteString("requestId"u8, requestId);
                json.WriteBoolean("success"u8, false);
                json.WriteStartArray("errors"u8);
                refusal.WriteTo(json);
                json.WriteEndArray();
                json.WriteEndObject();
            }),
        };
    }
}
