using System.Text.Json;
using MarketoLambda.Sync.Mapping;

namespace MarketoLambda.Sync.Rejects;

/// <summary>Rejects as text that people and programs read: one JSON object a line.</summary>
public static class RejectLines
{
    /// <summary>The lines, in UTF-8, each with its line end.</summary>
    /// <param name="rejects">One line each.</param>
    /// <param name="seenAt">When they were rejected.</param>
    public static byte[] Write(IReadOnlyList<RejectedRecord> rejects, DateTimeOffset seenAt)
    {
        using MemoryStream lines = new();
        using Utf8JsonWriter json = new(lines);
        foreach (var reject in rejects)
        {
            json.WriteStartObject();
            json.WriteString("seenAt", seenAt.UtcDateTime);
            json.WriteString("source", reject.Location.Container);
            json.WriteNumber("row", reject.Location.Row);
            json.WriteString("key", reject.Key);
            json.WriteString("code", reject.Code);
            json.WriteString("reason", reject.Reason);
            json.WriteEndObject();
            json.Flush();
            json.Reset();
            lines.WriteByte((byte)'\n');
        }

        return lines.ToArray();
    }
}
