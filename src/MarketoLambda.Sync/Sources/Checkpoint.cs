namespace MarketoLambda.Sync.Sources;

/// <summary>How far an import got. Everything below it is finished: acknowledged by Marketo, or durably rejected.</summary>
public sealed record Checkpoint
{
    /// <summary>Nothing was ever imported.</summary>
    public static Checkpoint Start { get; } = new();

    /// <summary>Every source record with a cursor below this is finished. Restarts are inclusive.</summary>
    /// <remarks>Whole seconds, rounded down: Marketo stores no fractions.</remarks>
    public DateTimeOffset? Mark { get; init; }

    /// <summary>The source's own exact position: readable, versioned JSON; null when nothing is unfinished or to be remembered.</summary>
    public string? Resume { get; init; }

    /// <summary>Newest file all of whose rows are finished; null where the source has no files.</summary>
    public string? LastFileName { get; init; }

    /// <summary>Rows of that file.</summary>
    public long? LastFileRecords { get; init; }
}
