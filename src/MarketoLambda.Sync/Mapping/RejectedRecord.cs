using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Mapping;

/// <summary>A source record that will not reach Marketo as it is, and why.</summary>
/// <param name="Location">Where it stands in the source.</param>
/// <param name="Key">Its dedupe values; null when they could not be read.</param>
/// <param name="Code">Marketo's code (<c>1001</c>), or a name of our own (<c>wrong-type</c>).</param>
/// <param name="Reason">One sentence. Marketo's own may quote a field value: for the reject store only, never for a log.</param>
public sealed record RejectedRecord(SourceLocation Location, string? Key, string Code, string Reason)
{
    /// <summary>Code of what was sent and may be in Marketo, or not.</summary>
    internal const string UnknownOutcome = "unknown-outcome";

    /// <summary>The field that the reason is about; null where it is about the record as a whole.</summary>
    public string? Field { get; init; }

    /// <summary>The key as records are told apart by while they are on their way; null where it could not be read.</summary>
    internal string? FoldedKey { get; init; }

    /// <summary>When the record was last changed in its source; null where that is not known.</summary>
    public DateTimeOffset? CursorValue { get; init; }

    /// <summary>It may be in Marketo: it is not tried again unless a person says so.</summary>
    public bool MayBeThere => Code == UnknownOutcome;

    /// <summary>What to try again with; null where the source could not make sense of it.</summary>
    public RejectPayload? Payload { get; init; }
}
