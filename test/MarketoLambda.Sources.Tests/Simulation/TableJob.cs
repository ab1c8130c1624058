using System.Globalization;
using MarketoLambda.Sources.Passes;
using MarketoLambda.Sources.Tests.Passes;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;
using MarketoLambda.Testing.Simulation;

namespace MarketoLambda.Sources.Tests.Simulation;

/// <summary>A simulated job that reads a table in passes. A later version of a key takes the place of the earlier one, as an update does.</summary>
/// <remarks>Several rows share a stamp. The table's clock is ahead of ours by more than the lag, so that a run sees what was written right before it.</remarks>
internal sealed class TableJob
{
    private const int RowsPerStamp = 5;

    private static readonly TimeSpan ClockAhead = TimeSpan.FromSeconds(90);

    private readonly List<Version> _versions = [];
    private readonly MemoryTable _table;
    private readonly VirtualTime _time;

    private TableJob(VirtualTime time)
    {
        _time = time;
        _table = new MemoryTable { Clock = () => time.GetUtcNow() + ClockAhead, RowsPerPage = 7 };
    }

    public static SimulatedJob Create(string apiName, VirtualTime time)
    {
        TableJob job = new(time);
        SourceTruth truth = new(apiName, SimulatedJob.VersionField, () => job._versions.Count, row => job._versions[row - 1].Row.Key, state => job.RowsFinished(state[StateFields.HighWaterMark.Name], state[StateFields.ResumePosition.Name]))
        {
            GoneSince = row => job._versions[row - 1].GoneSince,
            RepeatsRows = true,
        };
        return new SimulatedJob(job._table, truth, job.Append);
    }

    private void Append(IReadOnlyList<ListSource.ListRow> rows)
    {
        foreach (var (index, row) in rows.Index())
        {
            var number = _versions.Count + 1;
            foreach (var (earlier, version) in _versions.Index().Where(pair => pair.Item.Row.Key == row.Key && pair.Item.GoneSince is null).ToList())
            {
                _table.Remove(Id(earlier + 1));
                version.GoneSince = _time.GetUtcNow();
            }

            Version added = new(row, _time.GetUtcNow() + TimeSpan.FromMilliseconds(100 * (index / RowsPerStamp)));
            _versions.Add(added);
            _table.Put(Id(number), added.Stamp, row.Key, row.Value, row.Owner);
        }
    }

    /// <summary>Versions are numbered in the order of (stamp, id), so what a position leaves behind are the first ones.</summary>
    private int RowsFinished(string? mark, string? resume)
    {
        DateTimeOffset? highWaterMark = mark is null ? null : DateTimeOffset.Parse(mark, CultureInfo.InvariantCulture);
        var last = PassPosition.Of(new Checkpoint { Resume = resume }).Unfinished?.Last;
        return _versions.Index().Count(pair =>
            pair.Item.Stamp < highWaterMark
            || (last is not null && (pair.Item.Stamp < last.Cursor || (pair.Item.Stamp == last.Cursor && string.CompareOrdinal(Id(pair.Index + 1), last.Id) <= 0))));
    }

    private static string Id(int number) => number.ToString("000000", CultureInfo.InvariantCulture);

    private sealed record Version(ListSource.ListRow Row, DateTimeOffset Stamp)
    {
        public DateTimeOffset? GoneSince { get; set; }
    }
}
