using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using MarketoLambda.Marketo.Programs;
using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Sync.Targets.Programs;

/// <summary>A record as a member of the program: its status apart from what else is said of it.</summary>
/// <param name="Position">Its place among the records.</param>
/// <param name="LeadId">Whose it is.</param>
/// <param name="Status">The status; null where none is given.</param>
/// <param name="HasFields">Something else is said.</param>
/// <param name="Json">The lead's id and what else is said.</param>
internal sealed record MemberRecord(int Position, string LeadId, string? Status, bool HasFields, EncodedRecord Json)
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static MemberRecord Read(int position, string leadId, EncodedRecord record, ProgramMemberTarget target)
    {
        using var source = JsonDocument.Parse(record.Json);
        ArrayBufferWriter<byte> buffer = new(record.Json.Length);
        using Utf8JsonWriter json = new(buffer, Readable);
        var status = target.Status;
        var hasFields = false;
        json.WriteStartObject();
        json.WriteNumber(ProgramMembersClient.LeadIdField, long.Parse(leadId, CultureInfo.InvariantCulture));
        foreach (var member in source.RootElement.EnumerateObject())
        {
            if (member.NameEquals(ProgramMemberTarget.StatusField))
            {
                status = member.Value.GetString() is { Length: > 0 } said ? said : status;
            }
            else if (!member.Name.Equals(target.LookupField, StringComparison.OrdinalIgnoreCase))
            {
                member.WriteTo(json);
                hasFields = true;
            }
        }

        json.WriteEndObject();
        json.Flush();
        return new MemberRecord(position, leadId, status, hasFields, new EncodedRecord(buffer.WrittenMemory));
    }
}
