using MarketoLambda.Emulator;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Emulator.Settings;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Settings;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.State.Tables;
using Microsoft.Extensions.DependencyInjection;

namespace MarketoLambda.Testing.Simulation;

/// <summary>Marketo, sources, processes that come and die, and a clock: one simulation, in one thread, the same way every time.</summary>
public sealed class SimulatedWorld
{
    /// <summary>
    /// From a run's end, however it came about, to the next run of the job. What a dead run may still do then, its claim has to keep away
    /// from the next.
    /// </summary>
    public static readonly TimeSpan BetweenRuns = TimeSpan.FromSeconds(60);

    /// <summary>What a run gets that is given no limit: a Lambda function's longest time.</summary>
    public static readonly TimeSpan UsualLimit = TimeSpan.FromMinutes(15);

    private const int MaxTriesWhileBusy = 5;

    /// <summary>More than half of the longest latency of a call.</summary>
    private static readonly TimeSpan LongestWay = TimeSpan.FromSeconds(22);

    private readonly List<StoredReject> _rejects = [];
    private readonly List<string> _findings = [];
    private readonly List<SimulatedReset> _resets = [];
    private bool _hasGoneOnElsewhere;
    private MemoryOfAnInstance _memory = new();

    /// <param name="apiNames">Names of the jobs, and of the objects they fill where their targets say nothing else.</param>
    /// <param name="marketo">Settings of Marketo.</param>
    /// <param name="job">Makes the job of that name, with the world's clock; one that reads a list when left out.</param>
    public SimulatedWorld(
        IReadOnlyList<string> apiNames,
        Action<EmulatorOptions>? marketo = null,
        Func<string, VirtualTime, SimulatedJob>? job = null)
    {
        Jobs = [.. apiNames.Select(apiName => job?.Invoke(apiName, Time) ?? new SimulatedJob(apiName))];
        Marketo = SimulatedMarketo.Create(Jobs, marketo, Time);
        HostsAtOnce = Jobs.Count;
    }

    public VirtualTime Time { get; } = new();

    public MarketoEmulator Marketo { get; }

    public IReadOnlyList<SimulatedJob> Jobs { get; }

    /// <summary>What goes wrong, and when.</summary>
    public MishapPlan Mishaps { get; } = new();

    /// <summary>Settings of every process.</summary>
    public Action<MarketoOptions>? Settings { get; init; }

    /// <summary>Stands between every process and its network, to play a client with a bug.</summary>
    public Func<SimulatedWorld, HttpMessageHandler, HttpMessageHandler>? Saboteur { get; init; }

    /// <summary>Stands between every process and its reject store, likewise.</summary>
    public Func<SimulatedWorld, IRejectSink, IRejectSink>? RejectSaboteur { get; init; }

    /// <summary>Rejects are kept in Marketo, and tried again; else in a store of the world's own.</summary>
    public bool KeepsRejectsInMarketo { get; init; }

    /// <summary>Alerts that reached somebody.</summary>
    public IList<SentAlert> Alerts { get; } = [];

    /// <summary>Rejects in the order they were stored.</summary>
    public IReadOnlyList<StoredReject> Rejects => KeepsRejectsInMarketo ? StoredReject.In(Marketo.Journal) : _rejects;

    /// <summary>
    /// How late a write of records takes effect whose client was told otherwise, or is dead: with half of a call's latency it stays below
    /// the time after which Marketo gives up a write to any of the targets.
    /// </summary>
    public TimeSpan LateWrite =>
        Jobs.Select(job => job.Job.Target.Limits.MaxExecution - LongestWay).Append(Simulation.Mishaps.Late).Min();

    /// <summary>The person exists now whose records Marketo has refused so far.</summary>
    public bool HasMissingPerson { get; private set; }

    /// <summary>Somebody corrects mappings and asks for retries, and does so in the end, too.</summary>
    public bool HasRetries { get; private set; }

    /// <summary>Jobs that were sent back to their beginning, in order.</summary>
    internal IReadOnlyList<SimulatedReset> Resets => _resets;

    /// <summary>Runs so far.</summary>
    public int Runs { get; private set; }

    /// <summary>Hosts that may be at work at the same time, each with limits of its own.</summary>
    public int HostsAtOnce { get; set; }

    /// <summary>Runs follow one another in the same instance, which remembers, until one is killed; else each starts cold.</summary>
    public bool KeepsWarm { get; init; }

    /// <summary>The clock on the wall of a host stands still too while it sleeps, so that nothing tells it that it did.</summary>
    public bool WallFreezesToo { get; init; }

    /// <summary>Somebody enters the person whose records Marketo has refused so far.</summary>
    public void AddMissingPerson()
    {
        HasMissingPerson = true;
        foreach (var job in Jobs)
        {
            job.Target.BringPeople();
        }
    }

    /// <summary>One run in a process of its own, told to its end. While a dead run's claim holds, it comes again later.</summary>
    public RunEnd Run(SimulatedJob job, RunLimits limits = default)
    {
        var end = RunOnce(job, limits);
        for (var tries = 1; end.Report?.BusyUntil is { } until && tries <= MaxTriesWhileBusy; tries++)
        {
            var wait = until - Time.GetUtcNow();
            if (wait > UsualLimit + RunLeases.Grace)
            {
                _findings.Add($"{job.ApiName}: busy for {wait}, longer than any run lasts");
            }

            Time.Advance(wait > TimeSpan.Zero ? wait + TimeSpan.FromSeconds(1) : BetweenRuns);
            end = RunOnce(job, limits);
        }

        return end;
    }

    /// <summary>Somebody asks for all rejects to be tried again, once, in a process that may die of it.</summary>
    public RunEnd Retry(SimulatedJob job)
    {
        HasRetries = true;
        return RunOnce(job, new RunLimits(IsRetry: true));
    }

    private RunEnd RunOnce(SimulatedJob job, RunLimits limits)
    {
        RunEnd? end = null;
        Time.Run(async () => end = await RunAsync(job, limits));
        return end!;
    }

    /// <summary>One run in a process of its own, for stories in which several go on at once.</summary>
    /// <param name="job">The job.</param>
    /// <param name="limits">What ends it.</param>
    /// <param name="instance">What the instance remembers; null for the one all runs share, or nothing where they do not.</param>
    public async Task<RunEnd> RunAsync(SimulatedJob job, RunLimits limits, MemoryOfAnInstance? instance = null)
    {
        Runs++;
        HostClock clock = new(Time) { IsWallFrozenToo = WallFreezesToo };
        var elsewhere = Task.CompletedTask;
        ProcessLife life = new() { Clock = clock, FallenAsleep = nap => elsewhere = GoOnElsewhere(job, nap) ?? elsewhere };
        using var cutOff = Time.CreateTimer(
            _ => life.Kill(),
            null,
            limits.CutOffAfter ?? Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        using CancellationTokenSource stop = new(limits.StopAfter ?? Timeout.InfiniteTimeSpan, Time);
        SimulatedAlerts alerts = new(this, life);
        var host = Host(life, alerts, instance ?? (KeepsWarm ? _memory : new MemoryOfAnInstance()));
        RunDeadline deadline = new(clock, limits.CutOffAfter ?? UsualLimit, stop.Token);
        var engine = host.GetRequiredService<SyncEngine>();
        var running = limits.IsRetry
            ? engine.WorkOnRejectsAsync(job.Job, RejectWork.RetryAll(), deadline, CancellationToken.None)
            : engine.RunAsync(job.Job, deadline, progress: null, CancellationToken.None);
        await Task.WhenAny(running, life.End);
        await elsewhere;
        if (life.IsOver)
        {
            _memory = new MemoryOfAnInstance();
            // Its container is left as it is: dead processes do not tidy up.
            return new RunEnd(job.ApiName, Report: null, Failure: null, alerts.Sent);
        }

        await host.DisposeAsync();
        RunEnd end;
        try
        {
            end = new RunEnd(job.ApiName, await running, Failure: null, alerts.Sent);
        }
        catch (Exception failure) when (failure is AggregateException or OperationCanceledException or LeaseLostException)
        {
            end = new RunEnd(job.ApiName, Report: null, failure, alerts.Sent);
        }

        if (end.Failure is LeaseLostException && clock.Slept == TimeSpan.Zero)
        {
            _findings.Add($"{job.ApiName}: a host that never slept lost its claim: {end.Failure.Message}");
        }

        _findings.AddRange(end.Judge(State(job), job.Truth, WasReset(job) || limits.IsRetry || clock.Slept > TimeSpan.Zero));
        if (clock.Slept == TimeSpan.Zero)
        {
            _findings.AddRange(WorldJudge.FindOvertaken(this, job, end));
        }

        if (
            end.Report?.StandingAlertSentAt is { } at
            && !Alerts.Any(sent => sent.At == at && !sent.Alert.IsOver && sent.Alert.Job == job.ApiName))
        {
            _findings.Add($"{job.ApiName}: the run relies on an alert at {at:u} that nobody got");
        }

        return end;
    }

    /// <summary>An admin sends a job back to its beginning, in a process that may die of it.</summary>
    public void Reset(SimulatedJob job) => Time.Run(() => ResetAsync(job));

    /// <summary>The same, for stories in which several things go on at once.</summary>
    public async Task ResetAsync(SimulatedJob job)
    {
        SimulatedReset reset = new(job.ApiName, Marketo.Journal.Count, Time.GetUtcNow());
        _resets.Add(reset);
        ProcessLife life = new();
        var host = Host(life, new SimulatedAlerts(this, life), new MemoryOfAnInstance());
        var resetting = host.GetRequiredService<JobReset>()
            .ResetAsync(
                job.ApiName,
                to: null,
                startsEpoch: false,
                new RunDeadline(Time, TimeSpan.FromMinutes(10), CancellationToken.None),
                CancellationToken.None);
        await Task.WhenAny(resetting, life.End);
        if (life.IsOver)
        {
            return;
        }

        await host.DisposeAsync();
        try
        {
            reset.WritesWhenAcknowledged = await resetting is EditResult<Checkpoint>.Done ? Marketo.Journal.Count : null;
        }
        catch (Exception failure) when (failure is MarketoException or StateException or LeaseLostException)
        {
            // Whether it takes effect is open: the admin was told that it failed.
        }
    }

    /// <summary>
    /// So lately that a warm instance need not know: where it finds nothing new it asks Marketo once an hour. A reset that its admin could
    /// not finish may take effect at any time after.
    /// </summary>
    private bool WasReset(SimulatedJob job) =>
        _resets.Any(reset =>
            reset.ApiName == job.ApiName
            && (reset.WritesWhenAcknowledged is null || Time.GetUtcNow() - reset.BegunAt < 2 * WarmState.Lifetime));

    private ServiceProvider Host(ProcessLife life, SimulatedAlerts alerts, MemoryOfAnInstance memory) =>
        TestHost.Build(
            life.Clock ?? (TimeProvider)Time,
            () => Network(life),
            KeepsRejectsInMarketo ? null : Sink(life),
            alerts,
            Settings,
            memory: memory);

    /// <summary>While a host sleeps its claim ends, newer rows come, and another host imports them: once in a world.</summary>
    private Task? GoOnElsewhere(SimulatedJob job, TimeSpan nap)
    {
        if (_hasGoneOnElsewhere || !job.IsList || nap < UsualLimit + RunLeases.Grace)
        {
            return null;
        }

        _hasGoneOnElsewhere = true;
        HostsAtOnce = Math.Max(HostsAtOnce, Jobs.Count + 1);
        return AnotherHost.ImportNewerAsync(this, job);
    }

    /// <summary>Lets time pass until the next run of a job may begin.</summary>
    public void Pause() => Time.Advance(BetweenRuns);

    /// <summary>What spoke against the engine so far, as each run ended.</summary>
    public IReadOnlyList<string> Findings => _findings;

    /// <summary>Everything that speaks against the engine, once the world is quiet.</summary>
    public IReadOnlyList<string> Judge() => [.. _findings, .. WorldJudge.Judge(this)];

    /// <summary>The job's state record as Marketo has it.</summary>
    public RecordView State(SimulatedJob job) => Marketo.Find(StateFields.ObjectApiName, job.ApiName)[0];

    /// <summary>Something speaks against the engine.</summary>
    internal void AddFinding(string finding) => _findings.Add(finding);

    internal void Keep(string apiName, IReadOnlyList<RejectedRecord> rejects)
    {
        var writes = Marketo.Journal.Count;
        var truth = Jobs.First(job => job.ApiName == apiName).Truth;
        _rejects.AddRange(rejects.Select(reject => new StoredReject(apiName, truth.RowAt(reject.Location), writes)));
    }

    private HttpMessageHandler Network(ProcessLife life)
    {
        SimulatedWire wire = new(this, life, Marketo.CreateHandler());
        return Saboteur?.Invoke(this, wire) ?? wire;
    }

    private IRejectSink Sink(ProcessLife life)
    {
        SimulatedRejects sink = new(this, life);
        return RejectSaboteur?.Invoke(this, sink) ?? sink;
    }
}
