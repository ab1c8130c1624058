namespace MarketoLambda.Sync.Sources;

/// <summary>One thing a source hands out.</summary>
/// <param name="Location">Where it stands.</param>
public abstract record SourceItem(SourceLocation Location);

/// <summary>A record to import.</summary>
/// <param name="Location">Where it stands.</param>
/// <param name="Values">
/// Values in the order of <see cref="ReadRequest.Columns"/>: text as it stands, or the source's own type; null for nothing.
/// </param>
public sealed record SourceRecord(SourceLocation Location, object?[] Values) : SourceItem(Location)
{
    /// <summary>Its modification stamp; null where the source has none.</summary>
    public DateTimeOffset? CursorValue { get; init; }

    /// <summary>The record is there no more: the one with its key is to be deleted in Marketo. Of its values only the key counts.</summary>
    public bool IsDeletion { get; init; }

    /// <summary>The reject that this row corrects, as <c>rejects export</c> has named it; null for a row like any other.</summary>
    public string? Corrects { get; init; }
}

/// <summary>A record the source could not make sense of; it is rejected and the run goes on.</summary>
/// <param name="Location">Where it stands.</param>
/// <param name="Code">Short fixed name of the mistake, for example <c>ragged-row</c>.</param>
/// <param name="Reason">One sentence without any field value.</param>
public sealed record UnreadableRecord(SourceLocation Location, string Code, string Reason) : SourceItem(Location);

/// <summary>Something a person should know; nothing is sent for it.</summary>
/// <param name="Location">Where it was noticed.</param>
/// <param name="Code">Short fixed name of the kind, for example <c>late-file</c>: what alarms and log queries go by.</param>
/// <param name="Message">One sentence without any field value.</param>
public sealed record SourceNotice(SourceLocation Location, string Code, string Message) : SourceItem(Location)
{
    /// <summary>
    /// Code of the notice that the files which are there are not those that the job names: before the first run a mistake.
    /// </summary>
    public const string NoFileFits = "no-file-fits";

    /// <summary>Code of the notice that source or mapping are not those of the last run that imported something.</summary>
    public const string JobChanged = "job-changed";
}

/// <summary>
/// Nothing yet: what follows is still being prepared, so it is a good moment to save and to see whether there is time to ask again.
/// </summary>
/// <param name="Location">Where it is prepared.</param>
public sealed record SourceWait(SourceLocation Location) : SourceItem(Location);

/// <summary>
/// Everything in a container was handed out, from a row on to its end: what was rejected there and did not come again is in order now.
/// </summary>
/// <param name="Location">The container.</param>
/// <param name="FirstRow">The first row that was handed out, or passed over, by this reader.</param>
public sealed record SourceEnd(SourceLocation Location, long FirstRow) : SourceItem(Location);

/// <summary>Where a record stands in its source, so that a person finds it again.</summary>
/// <param name="Container">File, table or object.</param>
/// <param name="Row">Row in it, from 1; in a text file the line, as an editor counts. 0 means the container as a whole.</param>
public readonly record struct SourceLocation(string Container, long Row)
{
    /// <summary><see cref="Row"/> is a line of a text file. It tells no two places apart.</summary>
    public bool IsLine { get; init; }

    /// <summary>A line of a text file, from 1.</summary>
    public static SourceLocation OfLine(string file, long line) => new(file, line) { IsLine = true };

    public bool Equals(SourceLocation other) => Row == other.Row && Container == other.Container;

    public override int GetHashCode() => HashCode.Combine(Container, Row);

    public override string ToString() => Row == 0 ? Container : $"{Container} {(IsLine ? "line" : "row")} {Row}";
}
