namespace MarketoLambda.Sync.Tests.ClaimModel;

/// <summary>One line per state, for a counterexample.</summary>
internal static class ClaimPrint
{
    public static string Describe(ClaimState state)
    {
        var runs = Enumerable.Range(0, state.Started).Select(index => Describe(state.Runs[index]));
        return $"record {state.Record.Mark}@{state.Record.LastRun} floor {state.Floor} source {state.Source} target {state.Target} | "
            + $"{string.Join(" | ", runs)}";
    }

    private static string Describe(ClaimRun run)
    {
        var late = string.Concat(
            run.LateCreate == LateRequest.None ? "" : " late create",
            run.LateData == 0 ? "" : $" late data {run.LateData}",
            run.LateCommit == 0 ? "" : $" late commit {run.LateCommit - 1}",
            run.LateDone == 0 ? "" : $" late done {run.LateDone - 1}",
            run.LateFloor == 0 ? "" : $" late floor {run.LateFloor}");
        var kind = run.IsReset ? "reset " : "";
        return $"{kind}#{run.Number} {run.Row} {run.Step} of {run.Sandbox} at {run.Mark}{late}";
    }
}
