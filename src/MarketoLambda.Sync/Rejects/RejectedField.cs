using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Mapping;

namespace MarketoLambda.Sync.Rejects;

/// <summary>The field that a reject is about, as its reason names it, and what the source had for it.</summary>
/// <param name="Name">The field, as the job file writes it.</param>
/// <param name="Value">The source's text; null where it is not kept, or was empty.</param>
public sealed record RejectedField(string Name, string? Value)
{
    /// <summary>Null where the reason is about the record as a whole.</summary>
    public static RejectedField? Find(RejectRow row, SyncJob job) => Find(row.Reason, row.Payload, job);

    /// <inheritdoc cref="Find(RejectRow, SyncJob)"/>
    internal static RejectedField? Find(string reason, string? payload, SyncJob job) =>
        job.Fields.FirstOrDefault(field => Begins(reason, field.Field)) is { } ours ? Read(payload, ours)
        : job.Fields.FirstOrDefault(field => Quotes(reason, field.Field)) is { } theirs ? Read(payload, theirs)
        : null;

    // Our own reasons begin with the field, Marketo's put it between quotes.
    private static bool Begins(string reason, string field) => reason.StartsWith($"{field} ", StringComparison.OrdinalIgnoreCase);

    private static bool Quotes(string reason, string field) =>
        reason.Contains($"'{field}'", StringComparison.OrdinalIgnoreCase)
        || reason.Contains($"\"{field}\"", StringComparison.OrdinalIgnoreCase);

    private static RejectedField Read(string? payload, FieldMapping mapping)
    {
        var values = payload is null ? null : RejectPayload.ReadRow(payload, mapping.From.Columns);
        var text = string.Join(", ", values ?? []);
        return new RejectedField(mapping.Field, text.Length == 0 ? null : text);
    }
}
