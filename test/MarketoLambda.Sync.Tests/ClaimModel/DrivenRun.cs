using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.CustomObjects;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MarketoLambda.Sync.Tests.ClaimModel;

/// <summary>
/// A run made of the product's own code for claiming and committing. Every call it makes waits at a gate until the model says that it is
/// its turn.
/// </summary>
internal sealed class DrivenRun : IDisposable
{
    private readonly Gate _gate;
    private readonly VirtualTime _time;
    private readonly ServiceProvider _host;
    private readonly bool _isReset;
    private TaskCompletionSource<int>? _source;
    private Task _running = Task.CompletedTask;

    /// <param name="marketo">The network.</param>
    /// <param name="time">The clock.</param>
    /// <param name="warm">What its sandbox remembers; null for a cold start.</param>
    /// <param name="isReset">It sends the job back to its beginning.</param>
    public DrivenRun(Func<HttpMessageHandler> marketo, VirtualTime time, StateRecord? warm, bool isReset)
    {
        _gate = new Gate(marketo());
        _host = TestHost.Build(time, () => _gate, rejects: null, new MemoryAlerts());
        _time = time;
        _isReset = isReset;
        Warm = warm;
    }

    /// <summary>What its sandbox remembers in the end.</summary>
    public StateRecord? Warm { get; private set; }

    /// <summary>The call it waits with; <c>source</c> where it is about to read the source, null when it is over.</summary>
    public string? WaitsWith => _source is not null ? "source" : _gate.Waiting;

    /// <summary>The mark it goes on from, once it owns its number.</summary>
    public int? Mark { get; private set; }

    public Exception? Failure { get; private set; }

    /// <summary>
    /// Starts it: it asks Marketo for its objects' fields without waiting for a turn, and then for the first thing that matters.
    /// </summary>
    public async Task StartAsync()
    {
        await Get<StateStore>().GetResumeCapacityAsync(CancellationToken.None);
        await Get<RunStore>().GetMissingFieldsAsync(CancellationToken.None);
        await Get<StateStore>().MeetAsync(SyncScenario.Product, CancellationToken.None);
        _gate.IsClosed = true;
        _running = RunAsync();
        await UntilItWaitsAsync();
    }

    /// <summary>Its turn: the call is executed and answered.</summary>
    public async Task GoAsync()
    {
        _gate.Open();
        await UntilItWaitsAsync();
    }

    /// <summary>Its turn to read the source: the version it sends, or 0 for nothing new.</summary>
    public async Task ReadAsync(int version)
    {
        var waiting = _source!;
        _source = null;
        waiting.SetResult(version);
        await UntilItWaitsAsync();
    }

    private async Task UntilItWaitsAsync()
    {
        while (WaitsWith is null && !_running.IsCompleted)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), _time);
        }
    }

    /// <summary>Its process is gone. The call it waits with is executed all the same, or never.</summary>
    public async Task DieAsync(bool isExecuted)
    {
        _source = null;
        await _gate.CutAsync(isExecuted);
    }

    public void Dispose()
    {
        _host.Dispose();
        _gate.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            var states = Get<StateStore>();
            var known = Warm ?? await states.ReadAsync(SyncScenario.Product, CancellationToken.None);
            var isWarm = Warm is not null;
            Warm = null;
            RunDeadline deadline = new(_time, limit: null, CancellationToken.None);
            var result = await Get<RunLeases>()
                .AcquireAsync(
                    known,
                    isWarm,
                    _isReset ? RunKind.Reset : RunKind.Import,
                    _isReset ? Checkpoint.Start : null,
                    deadline,
                    CancellationToken.None);
            if (result is not LeaseResult.Acquired(var lease))
            {
                return;
            }

            var state = _isReset ? lease.Before with { Checkpoint = Checkpoint.Start } : await DeliverAsync(states, lease);
            state = Ended(state, lease);
            await states.UpdateAsync(state, CancellationToken.None);
            await Get<RunLeases>().FinishAsync(lease, state, CancellationToken.None);
            Warm = state;
        }
#pragma warning disable CA1031 // whatever it is, the test tells it
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Failure = failure;
        }
    }

    private async Task<StateRecord> DeliverAsync(StateStore states, Lease lease)
    {
        var state = lease.Before;
        Mark = VersionIn(state.Checkpoint);
        while (await ReadSourceAsync() is > 0 and var version)
        {
            var record = System.Text.Encoding.UTF8.GetBytes($$"""{"sku":"the-row","amount":{{version}}}""");
            await Get<CustomObjectsClient>()
                .SyncAsync(
                    SyncScenario.Product,
                    SyncAction.CreateOrUpdate,
                    DedupeBy.DedupeFields,
                    [new EncodedRecord(record)],
                    CallPurpose.Import,
                    CancellationToken.None);
            state = Ended(state with { Checkpoint = new Checkpoint { Resume = $"{version}" } }, lease);
            await states.UpdateAsync(state, CancellationToken.None);
        }

        return state;
    }

    private Task<int> ReadSourceAsync() => (_source = new TaskCompletionSource<int>()).Task;

    // The model's record does not say whether a run has ended; the code reads once more where it says that one has not.
    private StateRecord Ended(StateRecord state, Lease lease) =>
        state with
        {
            LastRun = new LastRun
            {
                Number = lease.Row.Number,
                Outcome = RunOutcomeText.Succeeded,
                StartedAt = _time.GetUtcNow(),
                EndedAt = _time.GetUtcNow(),
            },
        };

    /// <summary>Version of the source row below the position.</summary>
    public static int VersionIn(Checkpoint checkpoint) =>
        checkpoint.Resume is { } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : 0;

    private T Get<T>()
        where T : notnull => _host.GetRequiredService<T>();

    /// <summary>Lets calls through one by one.</summary>
    private sealed class Gate(HttpMessageHandler marketo) : DelegatingHandler(marketo)
    {
        private TaskCompletionSource? _turn;
        private Func<Task<HttpResponseMessage>>? _execute;

        public bool IsClosed { get; set; }

        public string? Waiting { get; private set; }

        public void Open()
        {
            var turn = _turn!;
            (_turn, Waiting) = (null, null);
            turn.SetResult();
        }

        public async Task CutAsync(bool isExecuted)
        {
            Waiting = null;
            if (isExecuted)
            {
                using var unheard = await _execute!();
            }
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Task<HttpResponseMessage> ExecuteAsync() => base.SendAsync(request, CancellationToken.None);
            if (IsClosed && NameOf(request.RequestUri!.AbsolutePath) is { } name)
            {
                Waiting = $"{(request.Method == HttpMethod.Post ? "write" : "read")} {name}";
                _execute = ExecuteAsync;
                _turn = new TaskCompletionSource();
                await _turn.Task;
            }

            return await ExecuteAsync();
        }

        /// <summary>What the call is about; null where the model does not care, such as for the token.</summary>
        private static string? NameOf(string path) =>
            path.Contains(StateFields.ObjectApiName, StringComparison.Ordinal) ? "record"
            : path.Contains(RunFields.ObjectApiName, StringComparison.Ordinal) ? "rows"
            : path.Contains(SyncScenario.Product, StringComparison.Ordinal) ? "data"
            : null;
    }
}
