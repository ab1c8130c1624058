namespace MarketoLambda.Sync.Tests.ClaimModel;

/// <summary>One transition of the model.</summary>
/// <param name="From">Before it.</param>
/// <param name="Action">Name of a step of the protocol, <c>Start</c>, <c>StartReset</c>, <c>SourceChanges</c> or <c>Crash</c>.</param>
/// <param name="Index">The run it is about; of a start, the sandbox.</param>
/// <param name="Fate">Of a crash: what became of the request that was sent.</param>
/// <param name="To">After it.</param>
internal sealed record ModelEdge(ClaimState From, string Action, int Index, Fate Fate, ClaimState To)
{
    public override string ToString() => $"{Action}({Index}{(Action == "Crash" ? $", {Fate}" : "")})";
}

/// <summary>Every transition the protocol can make, and a shortest way to each: what the code is driven along.</summary>
internal static class ModelPaths
{
    /// <summary>Paths that together take every transition, each ending with one that no shorter path ends with.</summary>
    public static IEnumerable<IReadOnlyList<ModelEdge>> ToEveryTransition(ClaimScope scope)
    {
        var initial = ClaimSpec.Initial(scope);
        Dictionary<ClaimState, ModelEdge?> arrivals = new() { [initial] = null };
        Queue<ClaimState> open = new([initial]);
        while (open.TryDequeue(out var state))
        {
            foreach (var edge in From(scope, state))
            {
                yield return [.. PathTo(edge.From, arrivals), edge];
                if (arrivals.TryAdd(edge.To, edge))
                {
                    open.Enqueue(edge.To);
                }
            }
        }
    }

    private static List<ModelEdge> PathTo(ClaimState state, Dictionary<ClaimState, ModelEdge?> arrivals)
    {
        List<ModelEdge> path = [];
        while (arrivals[state] is { } edge)
        {
            path.Insert(0, edge);
            state = edge.From;
        }

        return path;
    }

    private static IEnumerable<ModelEdge> From(ClaimScope scope, ClaimState state)
    {
        for (var sandbox = 0; sandbox < scope.Sandboxes; sandbox++)
        {
            if (ClaimingSteps.MayStart(scope, state, sandbox))
            {
                yield return new(state, "Start", sandbox, default, ClaimingSteps.Start(scope, state, sandbox, isReset: false));
                if (state.ResetsLeft > 0)
                {
                    yield return new(state, "StartReset", sandbox, default, ClaimingSteps.Start(scope, state, sandbox, isReset: true));
                }
            }
        }

        if (state.Source < scope.SourceVersions)
        {
            yield return new(state, "SourceChanges", 0, default, state with { Source = (byte)(state.Source + 1) });
        }

        for (var index = 0; index < state.Started; index++)
        {
            foreach (var step in ClaimProtocol.Steps)
            {
                if (state.Runs[index].Step == step.At && step.IsEnabled(scope, state, index))
                {
                    yield return new(state, step.Name, index, default, step.Take(scope, state, index));
                }
            }

            foreach (var fate in (Fate[])[Fate.Executed, Fate.Dropped])
            {
                if (Hazards.MayCrash(scope, state, index, fate))
                {
                    yield return new(state, "Crash", index, fate, Hazards.Crash(scope, state, index, fate));
                }
            }
        }
    }
}
