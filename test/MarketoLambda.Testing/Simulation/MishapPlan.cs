namespace MarketoLambda.Testing.Simulation;

/// <summary>Which steps go wrong, and how. Steps are numbered from 1 through all processes of a simulation.</summary>
public sealed class MishapPlan
{
    /// <summary>As <c>times</c>: until <see cref="Mend"/>.</summary>
    public const int UntilMended = int.MaxValue;

    /// <summary>As <c>times</c>: so many steps of the same kind in a row that no repetition of the call helps.</summary>
    public const int EveryTry = 4;

    private readonly List<Entry> _plan = [];
    private readonly List<StepKind> _steps = [];
    private Random _random = new(0);
    private double _probability;

    /// <summary>What never happens by chance.</summary>
    public Func<Mishap, bool> Excludes { get; set; } = _ => false;

    /// <summary>The steps so far.</summary>
    public IReadOnlyList<StepKind> Steps => _steps;

    /// <summary>No alert gets through until mended.</summary>
    public bool AlertsFail { get; set; }

    /// <summary>The step of this number goes wrong, and so many in all; with <see cref="EveryTry"/> the next ones of its kind.</summary>
    public void At(long step, Mishap mishap, int times = 1) => _plan.Add(new Entry(step, times, mishap));

    /// <summary>Each step may go wrong in any way, death included.</summary>
    /// <param name="seed">The same seed draws the same mishaps for the same steps.</param>
    /// <param name="probability">0 to 1.</param>
    public void Randomly(int seed, double probability) => (_random, _probability) = (new Random(seed), probability);

    /// <summary>Everything goes well from now on.</summary>
    public void Mend()
    {
        _probability = 0;
        _plan.Clear();
        AlertsFail = false;
    }

    /// <summary>The mishap of the step that begins now; null when it goes well.</summary>
    internal Mishap? Next(StepKind kind)
    {
        _steps.Add(kind);
        foreach (var entry in _plan)
        {
            if (entry.Concerns(_steps.Count, kind))
            {
                return entry.Mishap;
            }
        }

        return _probability > 0
            && _random.NextDouble() < _probability
            && Mishaps.At(kind)[_random.Next(Mishaps.At(kind).Count)] is var drawn
            && !Excludes(drawn)
            ? drawn
            : null;
    }

    private sealed class Entry(long first, int times, Mishap mishap)
    {
        private StepKind? _kind;
        private int _seen;

        public Mishap Mishap => mishap;

        public bool Concerns(long step, StepKind kind)
        {
            if (step == first)
            {
                _kind = kind;
            }

            return step >= first && (times != EveryTry || kind == _kind) && _seen++ < times;
        }
    }
}
