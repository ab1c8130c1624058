using MarketoLambda.Emulator.Calls;

namespace MarketoLambda.Emulator.Faults;

/// <summary>What goes wrong, and when. Where several rules concern one call, the one added first wins.</summary>
public sealed class FaultPlan
{
    /// <summary>As <c>times</c>: again and again.</summary>
    public const int Forever = int.MaxValue;

    private readonly Lock _gate = new();
    private readonly List<FaultRule> _rules = [];

    /// <summary>
    /// Every call is refused at the door: in process by an <see cref="HttpRequestException"/>, over HTTP by a broken connection.
    /// </summary>
    public bool Unreachable { get; set; }

    /// <summary>The rules in words.</summary>
    public IReadOnlyList<string> Rules
    {
        get
        {
            lock (_gate)
            {
                return [.. _rules.Select(rule => rule.Description)];
            }
        }
    }

    /// <summary>Faults of every documented temporary failure: the usual argument of <see cref="Random"/>.</summary>
    public static IReadOnlyList<Fault> Transient { get; } =
    [
        .. MarketoCodes.Transient.SelectMany(code => new[] { Fault.Code(code), Fault.Code(code).AfterEffect() }),
        Fault.Http(502), Fault.Http(502).AfterEffect(), Fault.Http(503), Fault.BrokenConnection(), Fault.BrokenConnection().AfterEffect(),
        Fault.EmptyBody(), Fault.EmptyBody().AfterEffect(), Fault.Garbage(), Fault.Garbage().AfterEffect(), Fault.TruncatedJson(),
    ];

    /// <summary>The call of this number fails.</summary>
    /// <param name="number">See <see cref="CallEntry.Number"/>: 1 is the first request of any kind, identity included.</param>
    /// <param name="times">How many calls in a row fail, whatever they are; <see cref="Forever"/> for all.</param>
    public void OnCall(long number, Fault fault, int times = 1) => Add(new NumberedRule(number, times, fault));

    /// <summary>The nth call of a kind fails, counted from now.</summary>
    /// <param name="nth">1 is the next one.</param>
    /// <param name="times">How many of them in a row fail.</param>
    /// <param name="objectName">Only calls about this object.</param>
    public void On(CallKind kind, Fault fault, int nth = 1, int times = 1, string? objectName = null) =>
        Add(new KindRule(kind, objectName, nth, times, fault));

    /// <summary>Every call of a kind fails.</summary>
    public void Always(CallKind kind, Fault fault, string? objectName = null) => On(kind, fault, nth: 1, Forever, objectName);

    /// <summary>Each call of some kinds fails with a probability. The same seed makes the same calls fail.</summary>
    /// <param name="probability">0 to 1.</param>
    /// <param name="kinds">Null: any.</param>
    /// <param name="faults">Null: <see cref="Transient"/>.</param>
    public void Random(int seed, double probability, IReadOnlyList<CallKind>? kinds = null, IReadOnlyList<Fault>? faults = null) =>
        Add(new RandomRule(seed, probability, kinds ?? [CallKind.Any], faults ?? Transient));

    /// <summary>Everything goes well again.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _rules.Clear();
            Unreachable = false;
        }
    }

    internal Fault? For(CallEntry call)
    {
        lock (_gate)
        {
            Fault? first = null;
            foreach (var rule in _rules)
            {
                var fault = rule.Next(call.Number, call.Kind, call.ObjectName);
                first ??= fault;
            }

            return first;
        }
    }

    private void Add(FaultRule rule)
    {
        lock (_gate)
        {
            _rules.Add(rule);
        }
    }
}
