using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Values;

namespace MarketoLambda.Sources.Passes;

/// <summary>Turns what is finished into checkpoints that fit the state record.</summary>
/// <remarks>
/// Within a pass the mark stays and the resume position moves, row by row. Where that has no room, the mark follows the rows instead,
/// in whole seconds: then many rows with one cursor are a stretch that only a run that gets through them all leaves behind.
/// </remarks>
/// <param name="start">Where the reader began.</param>
/// <param name="position">What its resume position says.</param>
/// <param name="fullPass">Upper bound of the last pass over all rows, as far as it is known.</param>
/// <param name="remembersFullPass">It is needed again.</param>
/// <param name="capacity">Most characters of <see cref="Checkpoint.Resume"/>.</param>
internal sealed class PassCheckpoint(
    Checkpoint start,
    PassPosition position,
    DateTimeOffset? fullPass,
    bool remembersFullPass,
    int capacity)
{
    private DateTimeOffset? _markOfRows;

    /// <summary>Upper bound of the last pass over all rows.</summary>
    public DateTimeOffset? FullPass { get; private set; } = remembersFullPass ? fullPass : null;

    /// <summary>What the source showed to the last pass; null where it cannot lag.</summary>
    public DateTimeOffset? Shown { get; private set; } = position.Shown;

    /// <summary>What the last pass read above the mark; null where nothing was.</summary>
    public ReadAhead? Ahead { get; private set; } = position.Ahead;

    /// <summary>The end of the last pass, or the start; nothing behind it was handed out.</summary>
    public Checkpoint Settled { get; private set; } = start;

    /// <summary>Where to resume once that row of the pass, and all before it, are finished.</summary>
    /// <param name="bounds">The pass.</param>
    /// <param name="row">The row.</param>
    /// <param name="bookmark">What the table wants to find again; left out where there is no room for it.</param>
    public Checkpoint At(PassBounds bounds, CursorRow row, string? bookmark)
    {
        if (_markOfRows is null && (Fitting(bounds, row.Place with { Bookmark = bookmark }) ?? Fitting(bounds, row.Place)) is { } resume)
        {
            return Settled with { Resume = resume };
        }

        var stamp = row.CursorValue < bounds.Mark ? row.CursorValue : bounds.Mark ?? row.CursorValue;
        _markOfRows = Later(Settled.Mark, WholeSeconds.Floor(stamp));
        return Settled with { Mark = _markOfRows, Resume = Between() };
    }

    /// <summary>
    /// Where to resume while nothing more is finished than when the reader began, but the table has something new to find again.
    /// </summary>
    public Checkpoint At(PassBounds bounds, CursorPlace begunAt, string bookmark) =>
        Fitting(bounds, begunAt with { Bookmark = bookmark }) is { } resume ? Settled with { Resume = resume } : Settled;

    /// <summary>Whether a position at that row can be kept.</summary>
    public bool HasRoomFor(PassBounds bounds, CursorRow row) => Fitting(bounds, row.Place) is not null;

    /// <summary>Whether what such a pass reads above the mark can be kept, so that it is not read again without need.</summary>
    public bool HasRoomForAhead(PassBounds bounds) =>
        HasRoomFor(new PassPosition(null, FullPass ?? bounds.Upper) { Shown = bounds.Shown, Ahead = AheadOf(bounds) });

    /// <summary>All rows of the pass are finished.</summary>
    public void Finish(PassBounds bounds)
    {
        var mark = bounds.Mark ?? bounds.Upper;
        FullPass = remembersFullPass && bounds.Lower is null ? mark : FullPass;
        (Shown, Ahead) = (bounds.Shown, AheadOf(bounds));
        _markOfRows = null;
        Settled = Settled with { Mark = Later(Settled.Mark, mark), Resume = Between() };
    }

    private string? Between()
    {
        PassPosition between = new(null, FullPass) { Shown = Shown, Ahead = Ahead };
        return (HasRoomFor(between) ? between : new PassPosition(null, FullPass)).ToJson();
    }

    private bool HasRoomFor(PassPosition position) => !(position.ToJson()?.Length > capacity);

    private static ReadAhead? AheadOf(PassBounds bounds) => bounds.Mark is { } mark ? new ReadAhead(mark, bounds.Upper) : null;

    private string? Fitting(PassBounds bounds, CursorPlace place) =>
        new PassPosition(new UnfinishedPass(bounds, place), FullPass).ToJson() is { } json && json.Length <= capacity ? json : null;

    private static DateTimeOffset Later(DateTimeOffset? mark, DateTimeOffset other) => mark > other ? mark.Value : other;
}
