using CsCheck;
using MarketoLambda.Sources.Passes;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Tests.Passes;

public sealed class PassPropertyTests
{
    private static readonly Gen<Step> AnyStep =
        from kind in Gen.Frequency(
            (6, Gen.Const(StepKind.Write)),
            (2, Gen.Const(StepKind.Wait)),
            (4, Gen.Const(StepKind.Run)),
            (1, Gen.Const(StepKind.Remove)),
            (1, Gen.Const(StepKind.Spoil)),
            (2, Gen.Const(StepKind.Lag)))
        from key in Gen.Int[0, 11]
        from count in Gen.Int[0, 6]
        from choice in Gen.Int[0, 5]
        select new Step(kind, key, count, choice);

    [Theory]
    [InlineData(1000, false, false)]
    [InlineData(0, false, false)]
    [InlineData(1000, true, false)]
    [InlineData(1000, false, true)]
    [InlineData(0, false, true)]
    [InlineData(1000, true, true)]
    public async Task However_rows_change_commit_late_tie_replicas_lag_and_runs_stop_no_version_is_left_behind(
        int capacity,
        bool makesFullPasses,
        bool isReplica
    ) =>
        await AnyStep
            .Array[1, 40]
            .SampleAsync(
                async steps =>
                {
                    World world = new(capacity, makesFullPasses, isReplica);
                    foreach (var step in steps)
                    {
                        await world.TakeAsync(step);
                    }

                    await world.EndAsync();
                },
            iter: 1500, threads: 1);

    private enum StepKind
    {
        Write,
        Wait,
        Run,
        Remove,
        Spoil,
        Lag,
    }

    private sealed record Step(StepKind Kind, int Key, int Count, int Choice);

    /// <summary>A table that people work on, the runs that read it, and what has to be true of their positions.</summary>
    private sealed class World
    {
        // The longest one is the latest commit that is still promised to be found.
        private static readonly TimeSpan[] CommitDelays =
        [
            TimeSpan.Zero,
            TimeSpan.Zero,
            TimeSpan.FromSeconds(30),
            TimeSpan.FromMinutes(5),
            TimeSpan.FromMinutes(9),
            TimeSpan.FromMinutes(11),
        ];

        private readonly MemoryTable _table;
        private readonly int _capacity;
        private readonly bool _isReplica;
        private readonly List<(DateTimeOffset At, string Id, DateTimeOffset Stamp, string Version)> _uncommitted = [];
        private readonly HashSet<string> _delivered = [];
        private readonly List<(string Id, DateTimeOffset Stamp, string Version)> _unshown = [];
        private DateTimeOffset _now = MemoryTable.Noon;
        private DateTimeOffset _committed = MemoryTable.Noon.AddHours(-1);
        private DateTimeOffset _shown = MemoryTable.Noon.AddHours(-1);
        private bool _lags;
        private Checkpoint _position = Checkpoint.Start;
        private int _version;

        public World(int capacity, bool makesFullPasses, bool isReplica)
        {
            _capacity = capacity;
            _isReplica = isReplica;
            _table = new MemoryTable
            {
                Clock = () => _now,
                Shown = () => isReplica ? _shown : null,
                Options = makesFullPasses ? new() { FullPassEvery = TimeSpan.FromDays(1) } : new(),
            };
        }

        public async Task TakeAsync(Step step)
        {
            switch (step.Kind)
            {
                case StepKind.Write:
                    Write(step.Key, step.Count, CommitDelays[step.Choice]);
                    break;
                case StepKind.Wait:
                    Wait(TimeSpan.FromMinutes(step.Count * step.Key));
                    break;
                case StepKind.Run:
                    await RunAsync(most: step.Choice == 0 ? int.MaxValue : step.Count, kept: step.Key, isBusy: step.Choice % 2 == 0);
                    break;
                case StepKind.Lag:
                    _lags = _isReplica && !_lags;
                    Show();
                    break;
                case StepKind.Remove:
                    _table.Remove($"key-{step.Key:00}");
                    break;
                default:
                    _table.Put($"spoilt-{step.Key}", step.Choice < 3 ? null : _now.AddYears(10), "spoilt");
                    break;
            }
        }

        public async Task EndAsync()
        {
            _lags = false;
            Wait(TimeSpan.FromHours(1));
            _committed = _now; // something else is written, so that the replica is seen to be up to date
            Show();
            Wait(TimeSpan.FromMinutes(2));
            for (var runs = 0; runs < 3; runs++)
            {
                await RunAsync(int.MaxValue, kept: int.MaxValue, isBusy: false);
                Wait(TimeSpan.FromHours(1));
            }

            Assert.Empty(Missing());
            var before = _position;
            Assert.Empty((await _table.ReadAsync(before, capacity: _capacity)).Items.Ids());
            Assert.Same(before, (await _table.ReadAsync(before, capacity: _capacity)).End);
            Assert.DoesNotContain("spoilt", _delivered);
        }

        // Stamped when the transaction starts, in tens of seconds, so that there are ties.
        private void Write(int firstKey, int count, TimeSpan commitDelay)
        {
            var stamp = _now.AddTicks(-(_now.Ticks % TimeSpan.FromSeconds(10).Ticks));
            for (var key = firstKey; key < firstKey + count; key++)
            {
                _uncommitted.Add((stamp + commitDelay, $"key-{key % 12:00}", stamp, $"version-{++_version}"));
            }

            Wait(TimeSpan.FromSeconds(4));
        }

        private void Wait(TimeSpan duration)
        {
            _now += duration;
            foreach (var (at, id, stamp, version) in _uncommitted.Where(row => row.At <= _now).OrderBy(row => row.At).ToList())
            {
                _unshown.Add((id, stamp, version));
                _committed = at > _committed ? at : _committed.AddTicks(1); // one after the other, as a log has them
            }

            _uncommitted.RemoveAll(row => row.At <= _now);
            Show();
        }

        private void Show()
        {
            if (_lags)
            {
                return;
            }

            foreach (var (id, stamp, version) in _unshown)
            {
                _table.Put(id, stamp, version);
            }

            _unshown.Clear();
            _shown = _committed;
        }

        /// <summary>A run that stops after so many items, of which so many are finished when it dies.</summary>
        private async Task RunAsync(int most, int kept, bool isBusy)
        {
            _table.BeforePage = page => Write(page, isBusy ? 1 : 0, TimeSpan.Zero);
            var (items, positions, end, _) = await _table.ReadAsync(_position, most, _capacity);
            _table.BeforePage = _ => { };
            var finished = Math.Min(items.Count, kept);
            var position = finished == items.Count ? end : finished == 0 ? _position : positions[finished - 1];
            _delivered.UnionWith(items.Take(finished).Ids());

            Assert.False(position.Mark < _position.Mark, "the mark went back");
            Assert.False(
                position.Mark > (_isReplica ? _shown : _now) - _table.Options.Lag,
                "the mark is ahead of what the source has shown");
            _position = position;
            Assert.All(Missing(), row => Assert.True(IsReachable(row), $"{row.Id} of {row.Stamp:T} is lost at {position}, {_now:T}"));
        }

        private List<MemoryTable.Row> Missing() =>
        [
            .. _table.Rows.Where(row => row.Stamp < _now.AddHours(24) && !_delivered.Contains((string)row.Values[0]!)),
            .. _unshown.Select(row => new MemoryTable.Row(row.Id, row.Stamp, [row.Version])),
        ];

        /// <summary>
        /// The rest of the pass, or a pass to come, reads it. Written from the specification, not with the reader's own code.
        /// </summary>
        private bool IsReachable(MemoryTable.Row row)
        {
            var isShown = _table.Rows.Contains(row);
            if (PassPosition.Parse(_position) is { Unfinished: null, Ahead: { } read, Shown: var shown } && shown == _shown && isShown)
            {
                return row.Stamp >= read.Until; // nothing below was hidden then, and the next pass goes on there
            }

            if (PassPosition.Parse(_position).Unfinished is not { } pass)
            {
                return _position.Mark is not { } mark || row.Stamp >= mark - _table.Options.Lookback;
            }

            var isAhead =
                row.Stamp > pass.Last.Cursor || (row.Stamp == pass.Last.Cursor && string.CompareOrdinal(row.Id, pass.Last.Id) > 0);
            return (isAhead && isShown && row.Stamp < pass.Bounds.Upper && !(row.Stamp < pass.Bounds.Lower))
                || row.Stamp >= (pass.Bounds.Mark ?? pass.Bounds.Upper) - _table.Options.Lookback;
        }
    }
}
