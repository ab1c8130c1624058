using System.Globalization;
using MarketoLambda.Sources.Passes;
using MarketoLambda.Sources.Tests.Passes;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;
using MarketoLambda.Testing.Simulation;

namespace MarketoLambda.Sources.Tests.Simulation;

/// <summary>
/// A simulated job that reads a table in passes. A later version of a key takes the place of the earlier one, as an update does.
/// </summary>
/// <remarks>
/// Several rows share a stamp. The table's clock is ahead of ours by more than the lag, so that a run sees what was written right before
/// it. A replica shows every other group of rows at once and the next one later than lag and lookback together allow.
/// </remarks>
internal sealed class TableJob
{
    private const int RowsPerStamp = 5;

    private static readonly TimeSpan ClockAhead = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan ReplicaLag = TimeSpan.FromSeconds(50);

    private readonly List<Version> _versions = [];
    private readonly MemoryTable _table;
    private readonly VirtualTime _time;
    private readonly bool _isReplica;
    private int _shown;

    private TableJob(VirtualTime time, bool isReplica, bool tellsWhatItShows)
    {
        _time = time;
        _isReplica = isReplica;
        _table = new MemoryTable { Clock = Now, RowsPerPage = 7, BeforePage = _ => Show() };
        if (isReplica)
        {
            _table.Options = new() { Lookback = TimeSpan.Zero };
            _table.Shown = () =>
                !tellsWhatItShows ? null
                : _shown == _versions.Count ? Now()
                : _versions.Take(_shown).LastOrDefault()?.Stamp ?? DateTimeOffset.UnixEpoch;
        }
    }

    public static SimulatedJob Create(string apiName, VirtualTime time) => Create(apiName, time, isReplica: false, tellsWhatItShows: false);

    /// <summary>The table is a replica's.</summary>
    public static SimulatedJob CreateReplica(string apiName, VirtualTime time) =>
        Create(apiName, time, isReplica: true, tellsWhatItShows: true);

    /// <summary>The table is a replica's that nobody takes for one.</summary>
    public static SimulatedJob CreateHiddenReplica(string apiName, VirtualTime time) =>
        Create(apiName, time, isReplica: true, tellsWhatItShows: false);

    private static SimulatedJob Create(string apiName, VirtualTime time, bool isReplica, bool tellsWhatItShows)
    {
        TableJob job = new(time, isReplica, tellsWhatItShows);
        SourceTruth truth = new(
            apiName,
            SimulatedJob.VersionField,
            () => job._versions.Count,
            row => job._versions[row - 1].Row.Key,
            state => job.RowsFinished(state[StateFields.HighWaterMark.Name], state[StateFields.ResumePosition.Name]))
        {
            GoneSince = row => job._versions[row - 1].GoneSince,
            RepeatsRows = true,
            Lags = isReplica,
        };
        return new SimulatedJob(job._table, truth, job.Append);
    }

    private void Append(IReadOnlyList<ListSource.ListRow> rows)
    {
        foreach (var (index, row) in rows.Index())
        {
            var stamp = _time.GetUtcNow() + TimeSpan.FromMilliseconds(100 * (index / RowsPerStamp));
            _versions.Add(
                new Version(row, stamp, _isReplica && index >= rows.Count / 2 ? _time.GetUtcNow() + ReplicaLag : _time.GetUtcNow()));
        }

        Show();
    }

    private DateTimeOffset Now()
    {
        Show();
        return _time.GetUtcNow() + ClockAhead;
    }

    private void Show()
    {
        for (; _shown < _versions.Count && _versions[_shown].ShownAt <= _time.GetUtcNow(); _shown++)
        {
            var row = _versions[_shown].Row;
            foreach (
                var (earlier, version) in _versions
                    .Take(_shown)
                    .Index()
                    .Where(pair => pair.Item.Row.Key == row.Key && pair.Item.GoneSince is null)
                    .ToList())
            {
                _table.Remove(Id(earlier + 1));
                version.GoneSince = _time.GetUtcNow();
            }

            _table.Put(Id(_shown + 1), _versions[_shown].Stamp, row.Key, row.Value, row.Owner);
        }
    }

    /// <summary>
    /// Versions are numbered in the order of (stamp, id), so what a position leaves behind are the first ones. What was read above the mark
    /// of a replica will be read again.
    /// </summary>
    private int RowsFinished(string? mark, string? resume)
    {
        DateTimeOffset? highWaterMark = mark is null ? null : DateTimeOffset.Parse(mark, CultureInfo.InvariantCulture);
        var pass = PassPosition.Parse(new Checkpoint { Resume = resume }).Unfinished;
        var last = pass?.Last;
        return _versions
            .Index()
            .Count(pair =>
                pair.Item.Stamp < highWaterMark
                || (
                    last is not null
                    && !(pair.Item.Stamp >= pass?.Bounds.Mark)
                    && (
                        pair.Item.Stamp < last.Cursor
                        || (pair.Item.Stamp == last.Cursor && string.CompareOrdinal(Id(pair.Index + 1), last.Id) <= 0))));
    }

    private static string Id(int number) => number.ToString("000000", CultureInfo.InvariantCulture);

    private sealed record Version(ListSource.ListRow Row, DateTimeOffset Stamp, DateTimeOffset ShownAt)
    {
        public DateTimeOffset? GoneSince { get; set; }
    }
}
