using MarketoLambda.Emulator;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Settings;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.Setup;
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

    /// <summary>What one process keeps to by default.</summary>
    private const int CallsPerWindow = 50;

    private readonly List<StoredReject> _rejects = [];
    private readonly List<string> _findings = [];
    private readonly List<SimulatedReset> _resets = [];
    private bool _hasGoneOnElsewhere;
    private MemoryOfAnInstance _memory = new();

    /// <param name="apiNames">Objects to import, each by a job of its own.</param>
    /// <param name="marketo">Settings of Marketo.</param>
    /// <param name="job">Makes the job of that name, with the world's clock; one that reads a list when left out.</param>
    public SimulatedWorld(
        IReadOnlyList<string> apiNames,
        Action<EmulatorOptions>? marketo = null,
        Func<string, VirtualTime, SimulatedJob>? job = null)
    {
        EmulatorOptions options = new() { KeepJournal = true, CallLogCapacity = 100_000 };
        options.Quirks.CreateIsAtomic = false;
        marketo?.Invoke(options);
        Marketo = new MarketoEmulator(options, Time);
        Marketo.AddLead(long.Parse(SimulatedJob.KnownOwner, System.Globalization.CultureInfo.InvariantCulture));
        foreach (var kept in StateSetup.Objects)
        {
            Marketo.DefineObject(
                kept.ApiName,
                kept.DisplayName,
                [.. kept.Fields.Select(field => new FieldDefinition(field.Name, field.DataType) { IsDedupeField = field == kept.KeyField })]
            );
        }

        foreach (var apiName in apiNames)
        {
            Marketo.DefineObject(
                apiName,
                apiName,
                FieldDefinition.Key(SimulatedJob.KeyField),
                new(SimulatedJob.VersionField, "integer"),
                FieldDefinition.Link(SimulatedJob.OwnerField, "lead", "id"));
            Marketo.Seed(
                StateFields.ObjectApiName,
                $$"""{"{{StateFields.ApiName.Name}}":"{{apiName}}","{{StateFields.NextReject.Name}}":1,"{{StateFields.LowestReject.Name}}":1}"""
            );
            Marketo.Seed(RunFields.ObjectApiName, $$"""{"{{RunFields.Key.Name}}":"{{apiName}}#floor"}""");
        }

        Jobs = [.. apiNames.Select(apiName => job?.Invoke(apiName, Time) ?? new SimulatedJob(apiName))];
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

    /// <summary>The person exists now whose records Marketo has refused so far.</summary>
    public bool HasMissingPerson { get; private set; }

    /// <summary>Somebody corrects mappings and asks for retries, and does so in the end, too.</summary>
    public bool HasRetries { get; private set; }

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
        Marketo.AddLead(long.Parse(SimulatedJob.MissingOwner, System.Globalization.CultureInfo.InvariantCulture));
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
            : engine.RunAsync(job.Job, deadline, null, CancellationToken.None);
        await Task.WhenAny(running, life.End);
        await elsewhere;
        if (life.IsOver)
        {
            _memory = new MemoryOfAnInstance();
            return new RunEnd(job.ApiName, null, null, alerts.Sent); // its container is left as it is: dead processes do not tidy up
        }

        await host.DisposeAsync();
        RunEnd end;
        try
        {
            end = new RunEnd(job.ApiName, await running, null, alerts.Sent);
        }
        catch (Exception failure) when (failure is AggregateException or OperationCanceledException or LeaseLostException)
        {
            end = new RunEnd(job.ApiName, null, failure, alerts.Sent);
        }

        if (end.Failure is LeaseLostException && clock.Slept == TimeSpan.Zero)
        {
            _findings.Add($"{job.ApiName}: a host that never slept lost its claim: {end.Failure.Message}");
        }

        _findings.AddRange(end.Judge(State(job), job.Truth, WasReset(job) || limits.IsRetry));
        if (clock.Slept == TimeSpan.Zero)
        {
            FindOvertaken(job, end);
        }

        if (
            end.Report?.StandingAlertSentAt is { } at
            && !Alerts.Any(sent => sent.At == at && !sent.Alert.IsOver && sent.Alert.Job == job.ApiName))
        {
            _findings.Add($"{job.ApiName}: the run relies on an alert at {at:u} that nobody got");
        }

        return end;
    }

    /// <summary>
    /// P3 after every run that went well: no record holds an older version than Marketo once took, unless all was imported again.
    /// </summary>
    private void FindOvertaken(SimulatedJob job, RunEnd end)
    {
        if (!end.IsClean || !KeepsRejectsInMarketo || HostsAtOnce > 1 || _resets.Count > 0)
        {
            return;
        }

        var newest = Marketo
            .Journal.Where(write => write.Record.ObjectName == job.ApiName)
            .GroupBy(write => write.Record.Key, Version, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Max(), StringComparer.Ordinal);
        _findings.AddRange(
            Marketo
                .Records(job.ApiName)
                .Where(record =>
                    newest.TryGetValue(record.Key, out var version)
                    && version > long.Parse(record[job.Truth.VersionField] ?? "0", System.Globalization.CultureInfo.InvariantCulture))
                .Select(record =>
                    $"{job.ApiName}: after run {end.Report!.RunNumber} key {record.Key} holds version {record[job.Truth.VersionField]} on "
                        + $"top of version {newest[record.Key]}"
                ));

        long Version(AcceptedWrite write) =>
            long.Parse(write.Record[job.Truth.VersionField] ?? "0", System.Globalization.CultureInfo.InvariantCulture);
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
            reset.WritesWhenAcknowledged = await resetting is ResetResult.Done ? Marketo.Journal.Count : null;
        }
        catch (Exception failure) when (failure is MarketoException or StateException or LeaseLostException)
        {
            // Whether it takes effect is open: the admin was told that it failed.
        }
    }

    /// <summary>So lately that a warm instance need not know: where it finds nothing new it asks Marketo once an hour.</summary>
    private bool WasReset(SimulatedJob job) =>
        _resets.Any(reset => reset.ApiName == job.ApiName && Time.GetUtcNow() - reset.BegunAt < 2 * WarmState.Lifetime);

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
        return ImportNewerAsync();

        async Task ImportNewerAsync()
        {
            await Task.Delay(UsualLimit + RunLeases.Grace + TimeSpan.FromMinutes(1), Time);
            foreach (
                var key in Enumerable
                    .Range(1, job.Truth.RowCount())
                    .Select(job.Truth.KeyOf)
                    .Where(key => key.Length > 0)
                    .Distinct(StringComparer.Ordinal)
                    .ToList())
            {
                job.Add(key);
            }

            await RunAsync(job, default, new MemoryOfAnInstance());
        }
    }

    /// <summary>Lets time pass until the next run of a job may begin.</summary>
    public void Pause() => Time.Advance(BetweenRuns);

    /// <summary>
    /// Runs the job until there is nothing left to do; finds fault with one that needs more than two runs now that all goes well, besides
    /// those whose time is up.
    /// </summary>
    public void Settle(SimulatedJob job)
    {
        RunEnd? end = null;
        for (int runs = 0, others = 0; runs < 30 && others < 2; runs++)
        {
            end = Run(job);
            if (end.Report?.Outcome == RunOutcome.NothingNew || (end.IsClean && end.Report!.NoticeCount == 0))
            {
                return;
            }

            if (end.IsClean)
            {
                Run(job); // what was said of single rows is over, and the state record must not tell it any more
                return;
            }

            others += end.Report?.Outcome == RunOutcome.Continued ? 0 : 1;
            Pause();
        }

        _findings.Add(
            $"{job.ApiName}: two runs after everything was mended it is still not through: {end?.Report?.Outcome} {end?.Report?.Error} "
                + $"{end?.Failure?.Message}; {State(job)["lastRunOutcome"]}, {State(job)["lastRunError"]}"
        );
    }

    /// <summary>The same, and once more when what waits for a person must have been tried again.</summary>
    public void SettleForGood(SimulatedJob job)
    {
        Settle(job);
        if (KeepsRejectsInMarketo && HasMissingPerson)
        {
            Time.Advance(TimeSpan.FromHours(1));
            Settle(job);
        }

        if (HasRetries)
        {
            job.Mend(RowKind.Misspelt, RowKind.Garbled);
            Pause();
            if (!Retry(job).IsClean)
            {
                _findings.Add($"{job.ApiName}: a retry fails although all goes well");
            }
        }
    }

    /// <summary>What spoke against the engine so far, as each run ended.</summary>
    public IReadOnlyList<string> Findings => _findings;

    /// <summary>Everything that speaks against the engine, once the world is quiet.</summary>
    public IReadOnlyList<string> Judge()
    {
        var journal = Marketo.Journal;
        var calls = Marketo.Calls.Newest.ToDictionary(call => call.Number);
        return
        [
            .. _findings,
            .. Jobs.SelectMany(job =>
                new Oracle(
                    job.Truth,
                    journal,
                    Rejects,
                    [.. _resets.Where(reset => reset.ApiName == job.ApiName)],
                    KeepsRejectsInMarketo
                ).Judge(Marketo.Records(job.ApiName), State(job))),
            .. KeepsRejectsInMarketo
                ? Jobs.SelectMany(job =>
                    new RejectOracle(
                        job.Truth,
                        journal,
                        [.. Marketo.Records(RejectFields.ObjectApiName).Where(row => row[RejectFields.ApiName.Name] == job.ApiName)],
                        State(job)
                    ).Judge(Passes))
                : [],
            .. WriteOrder.Judge(journal, calls),
            .. Marketo.Limits.WorstWindow > CallsPerWindow * HostsAtOnce
                ? [$"{Marketo.Limits.WorstWindow} calls came within 20 s"]
                : Array.Empty<string>(),
        ];
    }

    /// <summary>The job's state record as Marketo has it.</summary>
    public RecordView State(SimulatedJob job) => Marketo.Find(StateFields.ObjectApiName, job.ApiName)[0];

    private bool Passes(RecordView reject) =>
        (HasMissingPerson && reject[RejectFields.Code.Name] == "1004")
        || (HasRetries && reject[RejectFields.Payload.Name] is { } payload && SpellingMap.Knows(payload));

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

/// <summary>What ends a run from outside.</summary>
/// <param name="CutOffAfter">The process is killed then; it knows that, as a Lambda function does.</param>
/// <param name="StopAfter">Someone asks it to stop.</param>
/// <param name="IsRetry">It tries rejects again and reads nothing.</param>
public readonly record struct RunLimits(TimeSpan? CutOffAfter = null, TimeSpan? StopAfter = null, bool IsRetry = false);
