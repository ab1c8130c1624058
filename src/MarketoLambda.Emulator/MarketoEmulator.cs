using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Faults;
using MarketoLambda.Emulator.Http;
using MarketoLambda.Emulator.Limits;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator;

/// <summary>
/// A Marketo subscription to run on your workstation: in process through <see cref="CreateHandler"/>, or over HTTP through
/// <see cref="ListenAsync"/>.
/// </summary>
/// <remarks>
/// Its objects and records are in MarketoEmulator.Objects.cs. Knows no other time than that of its <see cref="TimeProvider"/>. Safe for
/// concurrent use; deterministic when used by one thread.
/// </remarks>
public sealed partial class MarketoEmulator
{
    private readonly TimeProvider _time;
    private readonly InspectionEndpoints _inspection;
    private readonly Action<MarketoEmulator>? _furnish;
    private Subscription _subscription;

    /// <param name="options">How it differs from a usual subscription.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="furnish">Puts in what the subscription holds at its start and after every reset; nothing without it.</param>
    public MarketoEmulator(EmulatorOptions options, TimeProvider time, Action<MarketoEmulator>? furnish = null)
    {
        (Options, _time, _furnish) = (options, time, furnish);
        _subscription = new Subscription(options, time, Faults);
        _inspection = new InspectionEndpoints(this, time);
        _furnish?.Invoke(this);
    }

    public EmulatorOptions Options { get; }

    /// <summary>What goes wrong, and when.</summary>
    public FaultPlan Faults { get; } = new();

    /// <summary>What was called so far.</summary>
    public CallSummary Calls
    {
        get
        {
            lock (_subscription.Gate)
            {
                return _subscription.Log.Summarize();
            }
        }
    }

    /// <summary>How near the calls came to the limits.</summary>
    public LimitSummary Limits
    {
        get
        {
            lock (_subscription.Gate)
            {
                return _subscription.Limits.Summarize(_time.GetUtcNow());
            }
        }
    }

    /// <summary>Answers one request. Completes at once unless a latency or a fault makes it wait.</summary>
    /// <param name="cancellationToken">The client has left. What it asked for happens all the same.</param>
    public Task<EmulatorResponse> AnswerAsync(EmulatorRequest request, CancellationToken cancellationToken)
    {
        if (InspectionEndpoints.Covers(request.Path))
        {
            return Task.FromResult(_inspection.Answer(request));
        }

        var answer = _subscription.ServeAsync(request, cancellationToken);
        return answer.IsCompleted ? answer : answer.OrLeaveAsync(cancellationToken);
    }

    /// <summary>
    /// The innermost handler for an <see cref="HttpClient"/>; any host name will do. Independent handlers share this emulator's state.
    /// </summary>
    public HttpMessageHandler CreateHandler() => new EmulatorHandler(AnswerAsync);

    /// <summary>Listens on 127.0.0.1. Several servers, one after the other or at once, share this emulator's state.</summary>
    /// <param name="port">0: any free port.</param>
    public Task<EmulatorServer> ListenAsync(int port, CancellationToken cancellationToken) =>
        EmulatorServer.StartAsync(AnswerAsync, port, cancellationToken);

    /// <summary>Every token dies now, in the middle of whatever is going on.</summary>
    public void ExpireTokens()
    {
        lock (_subscription.Gate)
        {
            _subscription.Tokens.Expire(_time.GetUtcNow());
        }
    }

    /// <summary>
    /// A new subscription as at the start: no calls, tokens or faults, and no objects but those it was furnished with. Options stay.
    /// </summary>
    public void Reset()
    {
        Faults.Clear();
        _subscription = new Subscription(Options, _time, Faults);
        _furnish?.Invoke(this);
    }
}
