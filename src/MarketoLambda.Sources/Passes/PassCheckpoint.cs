using MarketoLambda.Sync.State;

namespace MarketoLambda.Sources.Passes;

/// <summary>Turns what is finished into checkpoints that fit the state record.</summary>
/// <remarks>
/// Within a pass the mark stays and the resume position moves, row by row. Where that has no room, the mark follows the rows instead,
/// in whole seconds: then many rows with one cursor are a stretch that only a run that gets through them all leaves behind.
/// </remarks>
/// <param name="start">Where the reader began.</param>
/// <param name="fullPass">Upper bound of the last pass over all rows, as far as it is known.</param>
/// <param name="remembersFullPass">It is needed again.</param>
/// <param name="capacity">Most characters of <see cref="Checkpoint.Resume"/>.</param>
internal sealed class PassCheckpoint(Checkpoint start, DateTimeOffset? fullPass, bool remembersFullPass, int capacity)
{
    private DateTimeOffset? _markOfRows;

    /// <summary>Upper bound of the last pass over all rows.</summary>
    public DateTimeOffset? FullPass { get; private set; } = remembersFullPass ? fullPass : null;

    /// <summary>The end of the last pass, or the start; nothing behind it was handed out.</summary>
    public Checkpoint Settled { get; private set; } = start;

    /// <summary>Where to resume once that row of the pass, and all before it, are finished.</summary>
    /// <param name="bounds">The pass.</param>
    /// <param name="row">The row.</param>
    /// <param name="memo">What the table wants to find again; left out where there is no room for it.</param>
    public Checkpoint At(PassBounds bounds, CursorRow row, string? memo)
    {
        if (_markOfRows is null && (Fitting(bounds, row.Place with { Memo = memo }) ?? Fitting(bounds, row.Place)) is { } resume)
        {
            return Settled with { Resume = resume };
        }

        _markOfRows = Later(Settled.Mark, row.Stamp.AddTicks(-(row.Stamp.Ticks % TimeSpan.TicksPerSecond)));
        return Settled with { Mark = _markOfRows, Resume = Between() };
    }

    /// <summary>Where to resume while nothing more is finished than when the reader began, but the table has something new to find again.</summary>
    public Checkpoint At(PassBounds bounds, CursorPlace begunAt, string memo) =>
        Fitting(bounds, begunAt with { Memo = memo }) is { } resume ? Settled with { Resume = resume } : Settled;

    /// <summary>Whether a position at that row can be kept.</summary>
    public bool HasRoomFor(PassBounds bounds, CursorRow row) => Fitting(bounds, row.Place) is not null;

    /// <summary>All rows of the pass are finished.</summary>
    public void Finish(PassBounds bounds)
    {
        FullPass = remembersFullPass && bounds.Lower is null ? bounds.Upper : FullPass;
        _markOfRows = null;
        Settled = Settled with { Mark = Later(Settled.Mark, bounds.Upper), Resume = Between() };
    }

    private string? Between() => new PassPosition(null, FullPass).ToJson();

    private string? Fitting(PassBounds bounds, CursorPlace place) =>
        new PassPosition(new UnfinishedPass(bounds, place), FullPass).ToJson() is { } json && json.Length <= capacity ? json : null;

    private static DateTimeOffset Later(DateTimeOffset? mark, DateTimeOffset other) => mark > other ? mark.Value : other;
}
