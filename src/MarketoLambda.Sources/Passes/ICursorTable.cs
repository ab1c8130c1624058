using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Passes;

/// <summary>
/// A table whose rows tell when they were last changed: all that a <see cref="PassReader"/> has to know of a database or a CRM.
/// </summary>
/// <remarks>
/// Used by one caller at a time. Whatever goes wrong is a <see cref="SourceException"/> that names table, column and remedy, and no value.
/// </remarks>
internal interface ICursorTable : IAsyncDisposable
{
    /// <summary>Table or object, for people.</summary>
    string Name { get; }

    /// <summary>Column or field with the time of a row's last change, for people.</summary>
    string CursorName { get; }

    /// <summary>
    /// A short text the table wants to find again in <see cref="CursorPlace.Bookmark"/>, should the pass be cut off here; null for none.
    /// </summary>
    string? Bookmark => null;

    /// <summary>Looks at the source's clock and for what a person should know. Asked once a reader, before it begins a new pass.</summary>
    ValueTask<TableProbe> ProbeAsync(CancellationToken cancellationToken);

    /// <summary>The next rows in the order of (cursor, id), as many as the table finds fit to hold in memory.</summary>
    /// <param name="bounds">Rows outside are not wanted.</param>
    /// <param name="after">The row to go on behind; null to begin with the first. Each call may be the first of a process.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<CursorPage> ReadPageAsync(PassBounds bounds, CursorPlace? after, CancellationToken cancellationToken);
}

/// <summary>What a table is like when a pass begins.</summary>
/// <param name="Now">The source's own clock, never this machine's.</param>
internal sealed record TableProbe(DateTimeOffset Now)
{
    /// <summary>
    /// Everything that was committed until then is shown, as a replica tells it by its primary's clock; null where the source shows all at
    /// once.
    /// </summary>
    /// <remarks>Two looks with the same value see the same rows, unless it is <see cref="Now"/>.</remarks>
    public DateTimeOffset? Shown { get; init; }

    /// <summary>
    /// Rows changed since then may still be invisible, because the transaction that changes them is running; null where there is none, or
    /// the source cannot tell.
    /// </summary>
    public DateTimeOffset? OldestWriter { get; init; }

    /// <summary>Rows without a cursor: no pass can find them.</summary>
    public long RowsWithoutCursor { get; init; }

    /// <summary>Rows with a cursor over an hour ahead of <see cref="Now"/>: no pass reads them until then.</summary>
    public long RowsInFuture { get; init; }

    /// <summary>What else a person should know now.</summary>
    public IReadOnlyList<TableNotice> Notices { get; init; } = [];

    /// <summary>
    /// What could be set up better. Told with passes that read everything only: whoever decided against it need not hear it every time.
    /// </summary>
    public IReadOnlyList<TableNotice> Advice { get; init; } = [];
}

/// <summary>Something a person should know about a table.</summary>
/// <param name="Code">Short fixed name of the kind.</param>
/// <param name="Message">One sentence without a full stop and without any field value.</param>
internal sealed record TableNotice(string Code, string Message);

/// <summary>Which rows a pass reads; fixed when it begins.</summary>
/// <param name="Lower">First cursor, inclusive; null for all from the beginning.</param>
/// <param name="Upper">Last cursor, exclusive: a row changed while the pass goes on jumps out of it, into the next one.</param>
internal readonly record struct PassBounds(DateTimeOffset? Lower, DateTimeOffset Upper)
{
    /// <summary>
    /// What the mark may be once the pass is through, where rows stamped later may not be shown yet; null for <see cref="Upper"/>.
    /// </summary>
    public DateTimeOffset? Mark { get; init; }

    /// <summary>What was shown when the pass began: a server that shows less cannot go on with it. Null where none can.</summary>
    public DateTimeOffset? Shown { get; init; }
}

/// <summary>A row's place in the order of a pass.</summary>
/// <param name="Cursor">In full precision, at most seven decimals; UTC, or without kind where the column has no zone.</param>
/// <param name="Id">What makes rows with one cursor unique, as text; the table orders by it in its own way.</param>
internal sealed record CursorPlace(DateTime Cursor, string Id)
{
    /// <summary>What the table asked to remember, for the place an earlier run left.</summary>
    public string? Bookmark { get; init; }
}

/// <summary>A row to import.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="CursorValue">Its cursor as a point in time; the earlier one where the column's zone leaves two.</param>
/// <param name="Values">Values in the order of the columns asked for, in types that the mapping understands.</param>
internal sealed record CursorRow(CursorPlace Place, DateTimeOffset CursorValue, object?[] Values)
{
    /// <summary>The row is there no more: so is to be its record in Marketo.</summary>
    public bool IsDeletion { get; init; }

    /// <summary>How a person finds it; null for table and id, where the id is a number.</summary>
    public string? Location { get; init; }
}

/// <summary>Some rows.</summary>
/// <param name="Rows">In order. Empty behind the last row, or while more is being prepared.</param>
/// <param name="HasMore">There may be rows behind them.</param>
internal sealed record CursorPage(IReadOnlyList<CursorRow> Rows, bool HasMore);
