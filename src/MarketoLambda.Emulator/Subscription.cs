using MarketoLambda.Emulator.Activities;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Faults;
using MarketoLambda.Emulator.Http;
using MarketoLambda.Emulator.Limits;
using MarketoLambda.Emulator.Lists;
using MarketoLambda.Emulator.Metadata;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Emulator.Programs;
using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Settings;
using MarketoLambda.Emulator.Tokens;
using MarketoLambda.Emulator.Usage;

namespace MarketoLambda.Emulator;

/// <summary>All state of one Marketo subscription, and the way of a call through it: arrive, wait, take effect, wait, answer.</summary>
/// <remarks>Resetting the emulator makes a new one, so that an effect still pending lands in the old.</remarks>
internal sealed class Subscription
{
    private readonly EmulatorOptions _options;
    private readonly TimeProvider _time;
    private readonly FaultPlan _faults;
    private readonly Endpoints _endpoints;

    public Subscription(EmulatorOptions options, TimeProvider time, FaultPlan faults)
    {
        (_options, _time, _faults) = (options, time, faults);
        var guids = new GuidSequence(options.Seed);
        Catalog = new ObjectCatalog(options, StandardObjects.All);
        Journal = new Journal(options);
        Store = new RecordStore(options, Catalog, guids, Journal);
        Writer = new RecordWriter(options, Catalog, Store, Gate);
        Tokens = new TokenStore(options, guids);
        Usage = new UsageBook();
        Limits = new CallLimits(options, Usage);
        Log = new CallLog(() => options.CallLogCapacity);
        var linkable = new LinkableObjects(Catalog);
        Types = new TypeEditor(Catalog);
        Fields = new FieldEditor(options, linkable);
        _endpoints = new Endpoints(this, options, linkable);
    }

    /// <summary>Guards all mutable state. Held for a moment only, never across an await.</summary>
    public Lock Gate { get; } = new();

    public ObjectCatalog Catalog { get; }

    public ListBook Lists { get; } = new();

    public ActivityBook Activities { get; } = new();

    public ProgramBook Programs { get; } = new();

    public RecordStore Store { get; }

    public RecordWriter Writer { get; }

    public Journal Journal { get; }

    public TokenStore Tokens { get; }

    public UsageBook Usage { get; }

    public CallLimits Limits { get; }

    public CallLog Log { get; }

    public TypeEditor Types { get; }

    public FieldEditor Fields { get; }

    /// <summary>Serves one request. Goes on to its end even when the client has left, except for a hang.</summary>
    public async Task<EmulatorResponse> ServeAsync(EmulatorRequest request, CancellationToken clientGone)
    {
        var (call, fault) = Arrive(request);
        Admission? admission = null;
        EmulatorResponse? response = null;
        try
        {
            if (_faults.Unreachable)
            {
                return response = EmulatorResponse.Refused;
            }

            var refused = Admit(call, out admission);
            var half = LatencyOf(call) / 2;
            await PauseAsync(half);
            response = fault is not null
                ? await GoWrongAsync(call, fault, refused, clientGone)
                : refused ?? _endpoints.Answer(call, _time.GetUtcNow());
            await PauseAsync(half);
            return response;
        }
        finally
        {
            Complete(call, admission, response);
        }
    }

    private (Call Call, Fault? Fault) Arrive(EmulatorRequest request)
    {
        var query = QueryString.Parse(request.Query);
        var path = RequestPath.Normalize(request.Path, _options.Quirks.AcceptDoubleSlashes);
        var route = Route.Parse(request.Method, path, query["_method"], StandardObjects.All, StandardObjects.Operations);
        lock (Gate)
        {
            var entry = Log.Arrive(_time.GetUtcNow(), route, request.Body.Length);
            var fault = _faults.For(entry);
            return (new Call(request, query, route, entry, Store.Writes, fault is null ? null : fault.Skip), fault);
        }
    }

    /// <summary>Checks size, token and limits, in that order, and counts the call.</summary>
    /// <param name="admission">Its places in the counters; null for identity calls, which are not counted.</param>
    private EmulatorResponse? Admit(Call call, out Admission? admission)
    {
        admission = null;
        if (call.Route.Kind == CallKind.Identity)
        {
            return null;
        }

        lock (Gate)
        {
            var now = call.Entry.ArrivedAt;
            var refusal = Tokens.Check(TokenOf(call), now, out var service);
            call.Service = service;
            admission = Limits.Admit(now, service?.OwnerEmail);
            return TooLarge(call) ?? ((refusal ?? admission.Refusal) is { } refused ? call.Envelope.Refused(refused) : null);
        }
    }

    private EmulatorResponse? TooLarge(Call call) =>
        call.Request.UriBytes > _options.MaxUriBytes
            ? EmulatorResponse.Plain(414, "<html><head><title>414 Request-URI Too Large</title></head></html>")
        : call.Request.Body.Length > _options.MaxBodyBytes
            ? EmulatorResponse.Plain(413, "<html><head><title>413 Request Entity Too Large</title></head></html>")
        : null;

    private string? TokenOf(Call call)
    {
        const string Scheme = "Bearer ";
        return call.Request.Authorization is { } header && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
                ? header[Scheme.Length..].Trim()
            : _options.Quirks.AcceptTokenInQuery ? call.Query["access_token"]
            : null;
    }

    private async Task<EmulatorResponse> GoWrongAsync(Call call, Fault fault, EmulatorResponse? refused, CancellationToken clientGone)
    {
        EmulatorResponse? truth = null;
        if (fault.Timing == FaultTiming.AfterEffect)
        {
            truth = refused ?? _endpoints.Answer(call, _time.GetUtcNow());
        }
        else if (fault.Timing == FaultTiming.Delayed && refused is null)
        {
            _ = TakeEffectLaterAsync(call, fault.EffectDelay);
        }

        return await FaultyAnswer.CreateAsync(call, fault, truth, _time, clientGone);
    }

    private async Task TakeEffectLaterAsync(Call call, TimeSpan delay)
    {
        await PauseAsync(delay);
        _endpoints.Answer(call, _time.GetUtcNow());
    }

    private TimeSpan LatencyOf(Call call) =>
        _options.LatencyOf is { } draw
            ? draw(call.Route.Kind, new Random((int)GuidSequence.Mix((ulong)call.Entry.Number + (uint)_options.Seed)))
            : _options.Latency;

    private Task PauseAsync(TimeSpan pause) => _time.WaitAsync(pause, CancellationToken.None);

    private void Complete(Call call, Admission? admission, EmulatorResponse? response)
    {
        lock (Gate)
        {
            Log.Complete(call.Entry, _time.GetUtcNow(), response?.Outcome ?? "abandoned");
            if (admission is not null)
            {
                Limits.Complete(admission, response?.Code);
                Limits.Leave();
            }
        }
    }
}
