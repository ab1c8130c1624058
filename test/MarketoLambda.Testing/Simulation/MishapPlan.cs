namespace MarketoLambda.Testing.Simulation;

/// <summary>Which steps go wrong, and how. Steps are numbered from 1 through all processes of a simulation.</summary>
public sealed class MishapPlan
{
    /// <summary>As <c>times</c>: until <see cref="Mend"/>.</summary>
    public const int UntilMended = int.MaxValue;

    private readonly List<(long First, int Times, Mishap Mishap)> _plan = [];
    private readonly List<StepKind> _steps = [];
    private Random _random = new(0);
    private double _probability;

    /// <summary>The steps so far.</summary>
    public IReadOnlyList<StepKind> Steps => _steps;

    /// <summary>No alert gets through until mended.</summary>
    public bool AlertsFail { get; set; }

    /// <summary>The step of this number goes wrong, and so many in all.</summary>
    public void At(long step, Mishap mishap, int times = 1) => _plan.Add((step, times, mishap));

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
        foreach (var (first, times, mishap) in _plan)
        {
            if (_steps.Count >= first && _steps.Count - first < times)
            {
                return mishap;
            }
        }

        return _probability > 0 && _random.NextDouble() < _probability ? Mishaps.At(kind)[_random.Next(Mishaps.At(kind).Count)] : null;
    }
}
