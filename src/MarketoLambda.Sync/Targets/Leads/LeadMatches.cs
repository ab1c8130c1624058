using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Leads;
using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Sync.Targets.Leads;

/// <summary>Finds the leads that have a key.</summary>
internal sealed class LeadMatches(LeadsClient leads, string lookupField)
{
    /// <summary>Ids that a message lists.</summary>
    private const int MaxIds = 10;

    private static readonly string[] Fields = ["createdAt", "updatedAt"];

    /// <summary>No lead has the key.</summary>
    public static MarketoReason NotFound { get; } = new(MarketoErrorCatalog.LeadNotFound.Code, MarketoErrorCatalog.LeadNotFound.Message);

    /// <summary>The leads that have one of the keys, by their folded key.</summary>
    public async Task<ILookup<string, LeadMatch>> FindAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var found = await leads.QueryAsync(
            lookupField,
            [.. keys.Distinct(StringComparer.OrdinalIgnoreCase)],
            [lookupField, .. Fields],
            cancellationToken);
        return found.ToLookup(
            record => Fold(record.Fields.TryGetValue(lookupField, out var value) ? value.ToString() : ""),
            LeadMatch.From,
            StringComparer.Ordinal);
    }

    /// <summary>Equal for all spellings of a key.</summary>
    public static string Fold(string key) => key.Trim().ToUpperInvariant();

    public static string KeyOf(EncodedRecord record, string lookupField)
    {
        using var json = JsonDocument.Parse(record.Json);
        return json
                .RootElement.EnumerateObject()
                .Where(member => member.Name.Equals(lookupField, StringComparison.OrdinalIgnoreCase))
                .Select(member => member.Value.ToString())
                .FirstOrDefault()
            ?? "";
    }

    /// <summary>Marketo refused a record because several leads have its key.</summary>
    public static bool IsSeveral(RecordResult result) =>
        result.Status == RecordStatus.Skipped && result.Reasons.Any(reason => MarketoErrorCatalog.Find(reason.Code).MeansSeveralMatch);

    /// <summary>Why a record is refused whose key these leads have.</summary>
    public MarketoReason Several(IReadOnlyList<LeadMatch> matches)
    {
        var shared = lookupField.Equals(LeadTarget.Email, StringComparison.OrdinalIgnoreCase) ? "e-mail address" : lookupField;
        var ids = matches.Select(match => match.Id).Take(MaxIds);
        return new MarketoReason(
            MarketoErrorCatalog.SeveralMatch.Code,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{matches.Count:N0} people share this {shared}: ids {string.Join(", ", ids)}{(matches.Count > MaxIds ? ", …" : "")}"));
    }

    /// <summary>The one that is meant; null where none is, or only one is to be seen.</summary>
    public static LeadMatch? Choose(IReadOnlyList<LeadMatch> matches, SeveralMatches which) => which switch
    {
        SeveralMatches.MostRecentlyUpdated => matches.MaxBy(match => (match.UpdatedAt, match.Number)),
        SeveralMatches.Oldest => matches.MinBy(match => (match.CreatedAt, match.Number)),
        _ => null,
    };

    /// <summary>The record, to be written to this lead.</summary>
    public static EncodedRecord WithId(EncodedRecord record, LeadMatch match)
    {
        var id = Encoding.UTF8.GetBytes($"{{\"{LeadsClient.IdField}\":{match.Id},");
        ArrayBufferWriter<byte> buffer = new(id.Length + record.Json.Length);
        buffer.Write(id);
        buffer.Write(record.Json.Span[1..]);
        return new EncodedRecord(buffer.WrittenMemory);
    }
}
