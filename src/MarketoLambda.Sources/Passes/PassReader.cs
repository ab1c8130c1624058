using System.Globalization;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Values;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sources.Passes;

/// <summary>Reads a table in passes with fixed bounds: finishes the pass that an earlier run left, then makes one more.</summary>
/// <remarks>
/// A new pass begins below the mark and ends below the source's clock, or the start of the oldest transaction that may still change rows.
/// Once it is through, its upper bound is the mark; of a replica only as far as it has shown what its primary committed. A pass that hands
/// out nothing leaves everything as it was.
/// </remarks>
internal sealed class PassReader : ISourceReader
{
    private const string RoomRemedy = "add the field resumePosition to the state object with \"marketo-lambda init\"";

    private readonly ICursorTable _table;
    private readonly PassOptions _options;
    private readonly ReadRequest _request;
    private readonly PassCheckpoint _checkpoint;
    private readonly Queue<SourceNotice> _notices = new();
    private PassRows? _pass;
    private CursorRow? _last;
    private bool _isLastPass;
    private bool _isRoomTold;
    private long _repeated;

    private PassReader(ICursorTable table, PassOptions options, ReadRequest request, PassPosition position)
    {
        _table = table;
        _options = options;
        _request = request;
        _checkpoint = new PassCheckpoint(
            request.From,
            position,
            position.FullPass ?? request.From.Mark,
            MakesFullPasses,
            request.ResumeCapacity);
        if (position.Unfinished is { } unfinished && IsWithinMark(unfinished.Bounds))
        {
            _pass = new PassRows(table, unfinished.Bounds, unfinished.Last);
        }
    }

    public Checkpoint Position => _pass is null ? _checkpoint.Settled
        : _last is not null ? _checkpoint.At(_pass.Bounds, _last, _table.Bookmark)
        : _pass.BegunAt is { } place && _table.Bookmark is { } bookmark ? _checkpoint.At(_pass.Bounds, place, bookmark)
        : _checkpoint.Settled;

    public SourceProgress Progress => new(RecordsSkipped: 0, Fraction: null, _repeated);

    private bool MakesFullPasses => _options.FullPassEvery is not null && _request.Until is null;

    /// <summary>Opens a table where the request says.</summary>
    /// <param name="table">The table; the reader owns it from here on.</param>
    /// <param name="options">How passes overlap.</param>
    /// <param name="request">What the run wants.</param>
    /// <exception cref="SourceException">The position is none of this program's, or cannot be kept.</exception>
    public static PassReader Open(ICursorTable table, PassOptions options, ReadRequest request)
    {
        var reader = new PassReader(table, options, request, PassPosition.Parse(request.From));
        return reader.MakesFullPasses && new PassPosition(null, DateTimeOffset.UnixEpoch).ToJson()?.Length > request.ResumeCapacity
            ? throw new SourceException(
                $"The last full pass over {table.Name} cannot be remembered, so \"fullPassEveryDays\" cannot work; {RoomRemedy}, or remove "
                    + "the setting"
            )
            : reader;
    }

    public async ValueTask<SourceItem?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_notices.TryDequeue(out var notice))
            {
                return notice;
            }

            if (_pass is null && !await TryBeginAsync(cancellationToken))
            {
                return null;
            }

            if (_pass is not null && await ReadRowAsync(_pass, cancellationToken) is { } item)
            {
                return item;
            }
        }
    }

    public ValueTask DisposeAsync() => _table.DisposeAsync();

    private async ValueTask<SourceItem?> ReadRowAsync(PassRows pass, CancellationToken cancellationToken)
    {
        var mark = _checkpoint.Settled.Mark;
        var row = await pass.NextAsync(cancellationToken);
        _repeated += row?.CursorValue < mark ? 1 : 0;
        if (pass.IsOver)
        {
            // Before the last row is handed out: the position after it is final. A pass without any row never was.
            if (row is not null || _last is not null || pass.IsContinued)
            {
                _checkpoint.Finish(pass.Bounds);
            }

            _pass = null;
        }

        _last = pass.IsOver ? null : row ?? _last;
        return row is not null ? Item(pass, row) : pass.IsOver ? null : new SourceWait(new SourceLocation(_table.Name, 0));
    }

    private SourceRecord Item(PassRows pass, CursorRow row)
    {
        if (!_isRoomTold && !_checkpoint.HasRoomFor(pass.Bounds, row))
        {
            _isRoomTold = true;
            Notice(
                "no-room-for-position",
                $"the state record has no room for the position within a pass: a run that is cut off repeats the rows of its last second, "
                    + $"and stands still where one second has more rows than a run can import; {RoomRemedy}"
            );
        }

        var number =
            row.Location is null && long.TryParse(row.Place.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;
        return new SourceRecord(new SourceLocation(row.Location ?? _table.Name, number), row.Values)
        {
            CursorValue = row.CursorValue,
            IsDeletion = row.IsDeletion,
        };
    }

    private async ValueTask<bool> TryBeginAsync(CancellationToken cancellationToken)
    {
        if (_isLastPass)
        {
            return false;
        }

        _isLastPass = true;
        var probe = await _table.ProbeAsync(cancellationToken);
        NoticeProbe(probe);
        if (BoundsAt(probe) is { } bounds)
        {
            _pass = new PassRows(_table, bounds, after: null);
            foreach (var advice in bounds.Lower is null ? probe.Advice : [])
            {
                Notice(advice.Code, advice.Message);
            }
        }

        return true;
    }

    /// <summary>
    /// Null where nothing can be new: what is committed late stays above the lower bound, because the mark does not move.
    /// </summary>
    private PassBounds? BoundsAt(TableProbe probe)
    {
        var upper = UpperAt(probe, probe.Now);
        var shown = probe.Shown < probe.Now ? UpperAt(probe, probe.Shown.Value) : upper;
        PassBounds bounds = new(null, upper) { Mark = shown < upper ? shown : null, Shown = probe.Shown };
        var mark = _checkpoint.Settled.Mark;
        if (bounds.Mark is not null && !_checkpoint.HasRoomForAhead(bounds))
        {
            bounds = bounds with { Upper = shown, Mark = null };
        }

        if (_checkpoint.Ahead is { } ahead && _checkpoint.Shown == probe.Shown && mark >= ahead.Mark)
        {
            return bounds.Upper > ahead.Until ? bounds with { Lower = ahead.Until } : null;
        }

        if (bounds.Upper <= mark || ShowsLess(probe))
        {
            return null;
        }

        var isFull = _checkpoint.FullPass is { } full && shown - full >= _options.FullPassEvery;
        var lookback = _request.Until is null ? _options.Lookback : TimeSpan.Zero;
        return bounds with
        {
            Lower = isFull || mark is not { } from || from.UtcTicks <= lookback.Ticks ? null : from.ToUniversalTime() - lookback,
        };
    }

    // Another server answered before: what this one shows may be older than what was handed out.
    private bool ShowsLess(TableProbe probe) => probe.Shown < _checkpoint.Shown;

    /// <summary>Below this nothing is missing any more, where everything until then is shown.</summary>
    private DateTimeOffset UpperAt(TableProbe probe, DateTimeOffset shown)
    {
        var upper = shown.UtcTicks > _options.Lag.Ticks ? shown - _options.Lag : DateTimeOffset.MinValue;
        upper = probe.OldestWriter < upper ? probe.OldestWriter.Value : upper;
        upper = WholeSeconds.Floor(upper).ToUniversalTime();
        return _request.Until < upper ? _request.Until.Value.ToUniversalTime() : upper;
    }

    // A mark below a pass's beginning was set back by hand: what lies between is wanted again.
    private bool IsWithinMark(PassBounds bounds) =>
        bounds.Lower is null || _request.From.Mark >= bounds.Lower || _request.From.Mark >= bounds.Mark;

    private void NoticeProbe(TableProbe probe)
    {
        if (_checkpoint.Settled.Mark > probe.Now)
        {
            Notice(
                "mark-in-future",
                $"the mark {_checkpoint.Settled.Mark.Value.UtcDateTime:u} lies ahead of the source's clock ({probe.Now.UtcDateTime:u}), "
                    + "and nothing is read before that; if the clock is right, set the mark back with \"marketo-lambda reset --to\""
            );
        }

        if (ShowsLess(probe))
        {
            Notice(
                "replica-behind",
                $"this server shows what was committed until {probe.Shown?.UtcDateTime:u}, and an earlier run read one that showed more "
                    + $"({_checkpoint.Shown?.UtcDateTime:u}); "
                    + "nothing is read until it has caught up, because older values would land on newer ones; name one server in the "
                    + "connection"
            );
        }

        if (_request.Until is null && probe.OldestWriter < _checkpoint.Settled.Mark - _options.Lookback)
        {
            Notice(
                "late-writer",
                $"a transaction that began at {probe.OldestWriter.Value.UtcDateTime:u} is still writing, which is before the next pass "
                    + "begins; once it is over, import what it stamped with "
                + "\"marketo-lambda backfill --from\" that time, and raise \"lookbackMinutes\" so that it covers the longest one");
        }

        if (probe.RowsWithoutCursor > 0)
        {
            Notice(
                "no-cursor",
                $"{Quantity.Format(probe.RowsWithoutCursor, "row")} {Have(probe.RowsWithoutCursor)} nothing in \"{_table.CursorName}\" and "
                    + $"{Are(probe.RowsWithoutCursor)} never read; fill it in, and forbid empty values there"
            );
        }

        if (probe.RowsInFuture > 0)
        {
            Notice(
                "cursor-in-future",
                $"{Quantity.Format(probe.RowsInFuture, "row")} {Have(probe.RowsInFuture)} a time in \"{_table.CursorName}\" that is more "
                    + $"than an hour ahead of the source's clock ({probe.Now.UtcDateTime:u}) and {Are(probe.RowsInFuture)} not read before "
                    + "it has come; correct it, or the clock that wrote it"
            );
        }

        foreach (var notice in probe.Notices)
        {
            Notice(notice.Code, notice.Message);
        }
    }

    private void Notice(string code, string message) =>
        _notices.Enqueue(new SourceNotice(new SourceLocation(_table.Name, 0), code, message));

    private static string Have(long count) => count == 1 ? "has" : "have";

    private static string Are(long count) => count == 1 ? "is" : "are";
}
