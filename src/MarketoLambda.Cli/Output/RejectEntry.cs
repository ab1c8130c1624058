using System.Text.Json;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Cli.Output;

/// <summary>A reject, for programs.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Location">Where the record stands in its source.</param>
internal sealed record RejectEntry(string Job, long Number, SourceLocation Location)
{
    public RejectStage Stage { get; init; }

    /// <summary>When the record was last changed in its source; null where that is not known.</summary>
    public DateTimeOffset? SourceStamp { get; init; }

    /// <summary>The record's dedupe values; null when they could not be read.</summary>
    public string? Key { get; init; }

    public string Code { get; init; } = "";

    public string Reason { get; init; } = "";

    /// <summary>What the codes mean and what to do; empty for codes that nobody has explained.</summary>
    public string Meaning => string.Join(' ', RejectCodes.Split(Code).Select(RejectCodes.Explain).OfType<string>());

    /// <summary>The field that the reason is about; null where it is about the record as a whole.</summary>
    public string? Field { get; init; }

    /// <summary>The field's value in the source, as text; null where it is not kept.</summary>
    public string? Value { get; init; }

    public long Attempts { get; init; }

    public DateTimeOffset FirstSeenAt { get; init; }

    public DateTimeOffset LastSeenAt { get; init; }

    /// <summary>Until then it waits for the person or record that it names; null where it does not wait.</summary>
    public DateTimeOffset? WaitsUntil { get; init; }

    public bool IsPayloadTooLong { get; init; }

    public bool IsOver { get; init; }

    public bool CanBeRetried { get; init; }

    /// <summary>What would be sent again; null where nothing is kept.</summary>
    public JsonElement? Payload { get; init; }
}
