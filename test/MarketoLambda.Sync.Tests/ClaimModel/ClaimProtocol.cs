namespace MarketoLambda.Sync.Tests.ClaimModel;

/// <summary>What a run does next. A step that sends a request is over when the reply is read.</summary>
internal enum Step : byte
{
    NotStarted,
    ReadRecord,
    ReadRows,
    CreateRow,
    InsertRow,
    Verify,
    VoidRow,
    RereadRecord,
    ReadSource,
    SendData,
    Unanswered,
    Commit,
    WriteRecord,
    MarkRowDone,
    RaiseFloor,
    DeleteRows,
    Gone,
}

/// <summary>One named step of the protocol: what a run at <see cref="At"/> may do, and what that changes.</summary>
internal sealed record ProtocolStep(
    string Name,
    Step At,
    string Says,
    Func<ClaimScope, ClaimState, int, bool> IsEnabled,
    Func<ClaimScope, ClaimState, int, ClaimState> Take)
{
    public ProtocolStep(string name, Step at, string says, Func<ClaimScope, ClaimState, int, ClaimState> take)
        : this(name, at, says, static (_, _, _) => true, take)
    {
    }
}

/// <summary>The protocol as a list of named steps, so that the code can be driven along the transitions of the model.</summary>
internal static class ClaimProtocol
{
    public static IReadOnlyList<ProtocolStep> Steps { get; } =
    [
        new("ReadRecord", Step.ReadRecord, "Cold: read the state record.", ClaimingSteps.ReadRecord),
        new(
            "ReadRows",
            Step.ReadRows,
            "Cold: read the floor and follow the rows to the newest; a live one means busy.",
            ClaimingSteps.ReadRows),
        new("CreateRow", Step.CreateRow, "createOnly the next row with a fresh token.", ClaimingSteps.CreateRow),
        new("InsertRow", Step.InsertRow, "The second half of a create that is not atomic.", ClaimingSteps.InsertRow),
        new("Verify", Step.Verify, "One read of floor, N, N+1, N+2 tells whether the claim is ours.", ClaimingSteps.Verify),
        new("VoidRow", Step.VoidRow, "A claim that is not ours is voided; the next attempt is cold.", ClaimingSteps.VoidRow),
        new(
            "RereadRecord",
            Step.RereadRecord,
            "Cold, and the first read was not of the newest run: read once more, else trust the newest done row.",
            ClaimingSteps.RereadRecord),
        new("ReadSource", Step.ReadSource, "Read what is newer than the mark.", DeliverySteps.ReadSource),
        new("SendData", Step.SendData, "Data, and its acknowledgement.", DeliverySteps.SendData),
        new(
            "ResendData",
            Step.Unanswered,
            "An ambiguous batch is sent again when its first copy is dead.",
            DeliverySteps.MayResend,
            DeliverySteps.Resend),
        new("YieldEarly", Step.Unanswered, "The run gives up on an ambiguous batch and finishes behind it.", DeliverySteps.YieldEarly),
        new("Commit", Step.Commit, "Mark and run number in one update, after the data was acknowledged.", DeliverySteps.Commit),
        new(
            "WriteRecord",
            Step.WriteRecord,
            "The final write, when nothing ambiguous of this run can live any more.",
            FinishingSteps.MayWriteRecord,
            FinishingSteps.WriteRecord),
        new(
            "LeaveRowClaimed",
            Step.WriteRecord,
            "No time left to wait: the lease covers what is in flight.",
            FinishingSteps.MustWait,
            FinishingSteps.LeaveRowClaimed),
        new(
            "MarkRowDone",
            Step.MarkRowDone,
            "Row done with its mark; acknowledged, the mark is cached.",
            FinishingSteps.MayMarkRowDone,
            FinishingSteps.MarkRowDone),
        new("BeginPruning", Step.MarkRowDone, "Decide on a floor while the claim still stands.", PruningSteps.MayBegin, PruningSteps.Begin),
        new("RaiseFloor", Step.RaiseFloor, "The floor goes up before any row goes away.", PruningSteps.RaiseFloor),
        new("DeleteRow", Step.DeleteRows, "The oldest row below the floor is deleted by its id.", PruningSteps.DeleteOldest),
    ];
}
