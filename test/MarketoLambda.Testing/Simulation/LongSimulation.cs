using MarketoLambda.Emulator.Faults;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Testing.Simulation;

/// <summary>
/// Weeks of operation drawn from a seed: several jobs, rows that keep coming, hosts that die, time out or are stopped, and a Marketo that
/// fails in every way.
/// </summary>
public sealed class LongSimulation
{
    private readonly Random _random;
    private readonly SimulatedWorld _world;
    private readonly MemoryOfAnInstance[] _instances;

    /// <param name="seed">The same seed tells the same story.</param>
    /// <param name="target">What the job of that name and number fills, with chances of its own; custom objects when left out.</param>
    /// <param name="longestLatency">Seconds that a call takes at most: well below the time after which Marketo gives up a write.</param>
    public LongSimulation(int seed, Func<string, int, Random, SimulatedTarget>? target = null, int longestLatency = 40)
    {
        _random = new Random(seed);
        var (inFlight, records, longest) = (_random.Next(1, 6), _random.Next(3, 25), _random.Next(1, 40));
        longest = Math.Min(longest, longestLatency);
        Random draw = new(seed);
        var number = 0;
        _instances = [.. Enumerable.Range(0, 2).Select(_ => new MemoryOfAnInstance())];
        _world = new SimulatedWorld(
            [.. Enumerable.Range(0, _random.Next(1, 4)).Select(number => $"product{number}_c")],
            options =>
            {
                options.Seed = seed;
                options.LatencyOf = (_, random) => TimeSpan.FromSeconds(longest * random.NextDouble());
                options.TokenLifetime = TimeSpan.FromSeconds(_random.Next(60, 3600));
                options.Quirks.CreateIsAtomic = _random.Next(2) == 0;
            },
            (name, _) => new SimulatedJob(name, target?.Invoke(name, number++, draw)))
        {
            Settings = settings => (settings.CallsInFlight, settings.RecordsPerCall) = (inFlight, records),
            KeepsRejectsInMarketo = _random.Next(2) == 0,
        };
    }

    /// <summary>What Marketo's own trouble is made of; null for every fault that may pass.</summary>
    public IReadOnlyList<Fault>? Faults { private get; init; }

    /// <summary>What never happens by chance.</summary>
    public Func<Mishap, bool> Excludes { init => _world.Mishaps.Excludes = value; }

    /// <summary>What happened, step by step.</summary>
    public IReadOnlyList<StepKind> Steps => _world.Mishaps.Steps;

    /// <summary>Everything that speaks against the engine; empty when all promises were kept.</summary>
    public IReadOnlyList<string> Run()
    {
        for (var round = _random.Next(3, 9); round > 0; round--)
        {
            Trouble();
            foreach (var job in _world.Jobs)
            {
                AddRows(job, _random.Next(4) == 0 ? 0 : _random.Next(1, 70));
                Notice(job);
            }

            RunJobs();
            AddPerson();
            MendAndRetry();
            Reset();
            _world.Pause();
        }

        _world.Mishaps.Mend();
        _world.Marketo.Faults.Clear();
        foreach (var job in _world.Jobs)
        {
            _world.SettleForGood(job);
        }

        return _world.Judge();
    }

    /// <summary>Something is odd with the source from now on, or is odd no longer.</summary>
    private void Notice(SimulatedJob job)
    {
        if (_random.Next(4) == 0)
        {
            job.Source.Notices.Clear();
        }
        else if (_random.Next(4) == 0)
        {
            job.Source.Notices.Add(
                new SourceNotice(
                    new SourceLocation("list", 0),
                    $"odd-source-{_random.Next(3)}",
                    $"The source is odd at {_world.Time.GetUtcNow():u}"));
        }
    }

    private void Trouble()
    {
        _world.Mishaps.Mend();
        _world.Marketo.Faults.Clear();
        _world.Mishaps.AlertsFail = _random.Next(8) == 0;
        switch (_random.Next(6))
        {
            case 0:
                _world.Marketo.Faults.Unreachable = true;
                break;
            case 1:
                _world.Marketo.Faults.Random(_random.Next(), _random.NextDouble() / 2, faults: Faults);
                break;
            case 2:
                _world.Mishaps.At(_world.Mishaps.Steps.Count + _random.Next(1, 30), Mishaps.Kills[_random.Next(Mishaps.Kills.Count)]);
                break;
            case 3 or 4:
                _world.Mishaps.Randomly(_random.Next(), _random.NextDouble() / 3);
                break;
            default:
                _world.Marketo.ExpireTokens();
                break;
        }
    }

    /// <summary>All jobs in hosts of their own: one after the other, all at once, or each in two instances at once.</summary>
    private void RunJobs()
    {
        switch (_random.Next(3))
        {
            case 0:
                foreach (var job in _world.Jobs)
                {
                    _world.Run(job, Limits());
                }

                break;
            case 1:
                RunAtOnce(_world.Jobs);
                break;
            default:
                RunAtOnce([.. _world.Jobs, .. _world.Jobs]);
                break;
        }
    }

    private void RunAtOnce(IReadOnlyList<SimulatedJob> jobs)
    {
        _world.HostsAtOnce = Math.Max(_world.HostsAtOnce, jobs.Count);
        var starts = jobs.Select(
                (job, index) => (job, Limits: Limits(), Instance: _instances[index % 2], Wait: TimeSpan.FromSeconds(_random.Next(0, 90))))
            .ToList();
        _world.Time.Run(() =>
            Task.WhenAll(
                starts.Select(async start =>
                {
                    await Task.Delay(start.Wait, _world.Time);
                    await _world.RunAsync(start.job, start.Limits, start.Instance);
                })));
    }

    /// <summary>The person whose records were refused is entered, and time passes until they are tried again.</summary>
    private void AddPerson()
    {
        if (_random.Next(6) == 0)
        {
            _world.AddMissingPerson();
            _world.Time.Advance(TimeSpan.FromMinutes(_random.Next(40)));
        }
    }

    /// <summary>Somebody corrects the mapping for one kind of mistake, or thinks so, and asks for a retry.</summary>
    private void MendAndRetry()
    {
        if (_world.KeepsRejectsInMarketo && _random.Next(4) == 0)
        {
            var job = _world.Jobs[_random.Next(_world.Jobs.Count)];
            job.Mend(_random.Next(3) switch
            {
                0 => [RowKind.Misspelt],
                1 => [RowKind.Garbled],
                _ => [],
            });
            _world.Retry(job);
        }
    }

    private void Reset()
    {
        if (_random.Next(4) == 0 && _world.Jobs.All(job => job.Target.CanBeReset))
        {
            _world.Reset(_world.Jobs[_random.Next(_world.Jobs.Count)]);
        }
    }

    private RunLimits Limits() => _random.Next(4) switch
    {
        0 => new RunLimits(CutOffAfter: TimeSpan.FromSeconds(_random.Next(61, 500))),
        1 => new RunLimits(StopAfter: TimeSpan.FromSeconds(_random.Next(0, 200))),
        _ => default,
    };

    private void AddRows(SimulatedJob job, int count)
    {
        var keys = _random.Next(1, 40);
        for (; count > 0; count--)
        {
            var kind = _random.Next(25) switch
            {
                0 => RowKind.Unreadable,
                1 => RowKind.WrongType,
                2 or 3 => RowKind.RefusedByMarketo,
                4 => RowKind.Misspelt,
                5 => RowKind.Garbled,
                _ => RowKind.Good,
            };
            var key = _random.Next(10) == 0 ? $"K-{_random.Next(keys)}" : $"k-{_random.Next(keys)}";
            var number = job.Truth.RowCount() + 1;
            var row = SimulatedJob.Row(number, kind == RowKind.Unreadable ? "" : key, kind);
            job.Add([_random.Next(25) == 0 ? SimulatedJob.Noticed(number, row) : row]);
        }
    }
}
