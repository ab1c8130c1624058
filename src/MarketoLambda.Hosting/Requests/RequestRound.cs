using MarketoLambda.Sync.State;

namespace MarketoLambda.Hosting.Requests;

/// <summary>What a request for one job knows of the round that it is part of, where other jobs wait for it.</summary>
/// <param name="Trigger">Who asked for the round.</param>
/// <param name="RequestId">The occasion of the round.</param>
public sealed record RequestRound(RunTrigger Trigger = RunTrigger.Manual, string RequestId = "")
{
    /// <summary>Names of the jobs that are asked for when this one has ended.</summary>
    public IReadOnlyList<string> Then { get; init => field = value ?? []; } = [];

    /// <summary>Jobs of the round that have ended and are not finished, and how their runs ended.</summary>
    public IReadOnlyDictionary<string, RunOutcome> Unfinished { get; init => field = value ?? new Dictionary<string, RunOutcome>(); } =
        new Dictionary<string, RunOutcome>();
}
