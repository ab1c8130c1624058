using System.Text.Json;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.Emulator.Objects;

/// <summary>What became of one record of a sync or delete call: done with a GUID, or skipped with a reason.</summary>
internal readonly record struct RecordResult(string Status, Guid Guid, Refusal? Reason)
{
    public static RecordResult Created(Guid guid) => new("created", guid, null);

    public static RecordResult Updated(Guid guid) => new("updated", guid, null);

    public static RecordResult Deleted(Guid guid) => new("deleted", guid, null);

    public static RecordResult Skipped(Refusal reason) => new("skipped", default, reason);

    public static void WriteAll(Utf8JsonWriter json, IdField id, ReadOnlySpan<RecordResult> results)
    {
        for (var seq = 0; seq < results.Length; seq++)
        {
            results[seq].WriteTo(json, id, seq);
        }
    }

    /// <summary>As answers about leads have it: which is which shows by its place alone.</summary>
    public static void WriteAllWithoutSeq(Utf8JsonWriter json, IdField id, ReadOnlySpan<RecordResult> results)
    {
        foreach (var result in results)
        {
            result.WriteTo(json, id, seq: null);
        }
    }

    private void WriteTo(Utf8JsonWriter json, IdField id, int? seq)
    {
        json.WriteStartObject();
        if (seq is { } position)
        {
            json.WriteNumber("seq"u8, position);
        }

        if (Reason is null)
        {
            id.Write(json, Guid);
        }

        json.WriteString("status"u8, Status);
        if (Reason is not null)
        {
            json.WriteStartArray("reasons"u8);
            Reason.WriteTo(json);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
