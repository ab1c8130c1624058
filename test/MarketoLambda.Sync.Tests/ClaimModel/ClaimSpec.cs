using CsCheck;

namespace MarketoLambda.Sync.Tests.ClaimModel;

/// <summary>The transition system: every step of every run, and everything that may go wrong, in any order.</summary>
internal static class ClaimSpec
{
    private static readonly int[] Sandboxes = [0, 1];

    private static readonly LateKind[] LateKinds = Enum.GetValues<LateKind>();

    public static Spec<ClaimState> For(ClaimScope scope, params IEnumerable<Invariant> invariants)
    {
        var spec = Spec.From(Initial(scope)).Print(ClaimPrint.Describe);
        var runs = Enumerable.Range(0, scope.Runs).ToArray();
        AddStarts(spec, scope);
        AddSteps(spec, scope, runs);
        AddStaleReads(spec, scope, runs);
        AddHazards(spec, scope, runs);
        foreach (var invariant in invariants)
        {
            spec.Require(scope, invariant);
        }

        return spec;
    }

    public static ClaimState Initial(ClaimScope scope)
    {
        var state = new ClaimState
        {
            Source = 1,
            CrashesLeft = (byte)scope.Crashes,
            LossesLeft = (byte)scope.Losses,
            ResetsLeft = (byte)scope.Resets,
            EditsLeft = (byte)scope.Edits,
            PrunesLeft = (byte)scope.Prunes,
        };
        return scope.HasSlowStarter ? WithSlowStarter(WithPast(scope, state)) : WithPast(scope, state);
    }

    private static ClaimState WithPast(ClaimScope scope, ClaimState state)
    {
        for (var number = 1; number <= scope.PastRuns; number++)
        {
            var run = new ClaimRun { Step = Step.Gone, Tail = (byte)(number - 1), Row = RowStatus.Done, Mark = 1, RowMark = 1 };
            state = state.With(state.Started, run) with
            {
                Started = (byte)number,
                Record = new JobRecord(1, (byte)number),
                Delivered = 1,
                Target = 1,
                FirstCache = new ClaimCache(IsSet: true, (byte)number, 1),
            };
        }

        return state;
    }

    private static ClaimState WithSlowStarter(ClaimState state) =>
        state.With(state.Started, new ClaimRun { Step = Step.CreateRow, Sandbox = 1 }) with { Started = (byte)(state.Started + 1) };

    private static void AddStarts(Spec<ClaimState> spec, ClaimScope scope)
    {
        spec.Action(
            "Start",
            Sandboxes,
            (state, sandbox) => ClaimingSteps.MayStart(scope, state, sandbox),
            (state, sandbox) => ClaimingSteps.Start(scope, state, sandbox, isReset: false));
        if (scope.Resets > 0)
        {
            spec.Action(
                "StartReset",
                Sandboxes,
                (state, sandbox) => state.ResetsLeft > 0 && ClaimingSteps.MayStart(scope, state, sandbox),
                (state, sandbox) => ClaimingSteps.Start(scope, state, sandbox, isReset: true));
        }
    }

    private static void AddSteps(Spec<ClaimState> spec, ClaimScope scope, int[] runs)
    {
        foreach (var step in ClaimProtocol.Steps)
        {
            spec.Action(
                step.Name,
                runs,
                (state, index) => state.Runs[index].Step == step.At && step.IsEnabled(scope, state, index),
                (state, index) => step.Take(scope, state, index));
        }
    }

    private static void AddStaleReads(Spec<ClaimState> spec, ClaimScope scope, int[] runs)
    {
        var hasStaleRecord = scope.Has(Weakness.RecordReadsAreStale);
        if (hasStaleRecord)
        {
            AddRead(
                spec,
                runs,
                "ReadRecordStale",
                Step.ReadRecord,
                0,
                (state, index) => ClaimingSteps.ReadRecord(state, index, state.RecordBefore));
            AddRead(
                spec,
                runs,
                "RereadRecordStale",
                Step.RereadRecord,
                0,
                (state, index) => ClaimingSteps.RereadRecord(scope, state, index, state.RecordBefore, stale: 0));
        }

        var sets = scope.Has(Weakness.RowReadsAreStale) ? Enumerable.Range(1, (1 << scope.Runs) - 1) : [];
        foreach (var stale in sets)
        {
            AddRead(
                spec,
                runs,
                "ReadRowsStale",
                Step.ReadRows,
                stale,
                (state, index) => ClaimingSteps.ReadRows(scope, state, index, stale));
            AddRead(spec, runs, "VerifyStale", Step.Verify, stale, (state, index) => ClaimingSteps.Verify(scope, state, index, stale));
            AddRead(
                spec,
                runs,
                "RereadRecordStaleRows",
                Step.RereadRecord,
                stale,
                (state, index) => ClaimingSteps.RereadRecord(scope, state, index, state.Record, stale));
            if (hasStaleRecord)
            {
                AddRead(
                    spec,
                    runs,
                    "RereadRecordStaleBoth",
                    Step.RereadRecord,
                    stale,
                    (state, index) => ClaimingSteps.RereadRecord(scope, state, index, state.RecordBefore, stale));
            }
        }
    }

    /// <param name="spec">Where the read becomes an action.</param>
    /// <param name="runs">The slots of the runs.</param>
    /// <param name="name">Name of the read.</param>
    /// <param name="step">The step that reads.</param>
    /// <param name="stale">A bit for each run whose row the read shows as it was; runs that have not started are no news.</param>
    /// <param name="read">What the read leads to.</param>
    private static void AddRead(
        Spec<ClaimState> spec,
        int[] runs,
        string name,
        Step step,
        int stale,
        Func<ClaimState, int, ClaimState> read
    ) =>
        spec.Action(
            stale == 0 ? name : $"{name}:{stale:b}",
            runs,
            (state, index) => state.Runs[index].Step == step && stale < 1 << state.Started,
            read);

    private static void AddHazards(Spec<ClaimState> spec, ClaimScope scope, int[] runs)
    {
        spec.Action(
            "SourceChanges",
            state => state.Source < scope.SourceVersions,
            state => state with { Source = (byte)(state.Source + 1) }
        );
        foreach (var fate in Enum.GetValues<Fate>())
        {
            if (scope.Losses > 0)
            {
                spec.Action(
                    $"LoseReply:{fate}",
                    runs,
                    (state, index) => Hazards.MayLoseReply(scope, state, index, fate),
                    (state, index) => Hazards.LoseReply(scope, state, index, fate));
            }

            if (scope.Crashes > 0)
            {
                spec.Action(
                    $"Crash:{fate}",
                    runs,
                    (state, index) => Hazards.MayCrash(scope, state, index, fate),
                    (state, index) => Hazards.Crash(scope, state, index, fate));
            }
        }

        if (scope.Edits > 0)
        {
            spec.Action("EditRecord", Hazards.MayEditRecord, state => Hazards.EditRecord(scope, state));
        }

        if (!scope.Has(Weakness.LateRequests))
        {
            return;
        }

        foreach (var kind in LateKinds)
        {
            spec.Action(
                $"Late{kind}Executed",
                runs,
                (state, index) => Hazards.IsInFlight(state, index, kind),
                (state, index) => Hazards.ExecuteLate(scope, state, index, kind));
            spec.Action(
                $"Late{kind}Dies",
                runs,
                (state, index) => Hazards.IsInFlight(state, index, kind),
                (state, index) => Hazards.Die(state, index, kind));
        }
    }
}
