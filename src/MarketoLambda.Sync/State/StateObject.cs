using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.State.Tables;

namespace MarketoLambda.Sync.State;

/// <summary>What a state record's fields mean.</summary>
internal sealed class StateObject
{
    /// <exception cref="StateException">The object cannot serve as state.</exception>
    public StateObject(BoundTable bound)
    {
        Bound = bound;
        if (!bound.Has(StateFields.HighWaterMark) && !bound.Has(StateFields.LastFileName) && !bound.Has(StateFields.ResumePosition))
        {
            throw new StateException(
                $"{StateFields.ObjectApiName} has none of the fields that remember a position ({StateFields.HighWaterMark.Name}, "
                    + $"{StateFields.ResumePosition.Name}, {StateFields.LastFileName.Name}). Run \"marketo-lambda init\" to add them."
            );
        }
    }

    /// <summary>The object's fields.</summary>
    public BoundTable Bound { get; }

    /// <summary>Most characters the object holds of a resume position; 0 without that field.</summary>
    public int ResumeCapacity => Bound.CapacityOf(StateFields.ResumePosition);

    /// <summary>The object has what is needed to find rejects again.</summary>
    private bool KeepsRejects => Bound.Has(StateFields.NextReject) && Bound.Has(StateFields.LowestReject);

    /// <summary>Reads what Marketo returned; a field that is missing is null.</summary>
    public StateRecord Read(MarketoRecord record)
    {
        var outcome = Bound.Text(record, StateFields.LastRunOutcome);
        var error = Bound.Text(record, StateFields.LastRunError);
        return new StateRecord(record.Id, Bound.Text(record, StateFields.ApiName) ?? "")
        {
            Checkpoint = StateFields.Checkpoint.Read(Bound, record),
            LastFileIngestedAt = Bound.Time(record, StateFields.LastFileIngestedAt),
            EpochStartedAt = Bound.Time(record, StateFields.EpochStartedAt),
            TotalRecordsInEpoch = Bound.Number(record, StateFields.TotalRecordsInEpoch) ?? 0,
            LastRun = (Bound.Number(record, StateFields.LastRunNumber), outcome, error) is (null, null, null) ? null : new LastRun
            {
                Number = Bound.Number(record, StateFields.LastRunNumber) ?? 0,
                Outcome = outcome ?? "",
                StartedAt = Bound.Time(record, StateFields.LastRunStartedAt) ?? default,
                EndedAt = Bound.Time(record, StateFields.LastRunEndedAt),
                Records = Bound.Number(record, StateFields.LastRunRecords) ?? 0,
                Rejects = Bound.Number(record, StateFields.LastRunRejects) ?? 0,
                Error = error,
            },
            Definition = JobDefinition.Parse(Bound.Text(record, StateFields.JobDefinition)),
            Notices = Bound.Has(StateFields.LastRunNotices) ? Bound.Text(record, StateFields.LastRunNotices) ?? "" : null,
            Rejects = !KeepsRejects
                ? null
                : new RejectCounters(
                    Bound.Number(record, StateFields.NextReject),
                    Bound.Number(record, StateFields.LowestReject),
                    Bound.Number(record, StateFields.OpenRejects) ?? 0,
                    Bound.Time(record, StateFields.RetryRejectsAt))
                {
                    Waiting = Bound.Number(record, StateFields.WaitingRecords) ?? 0,
                },
        };
    }

    /// <summary>Every field except the dedupe field.</summary>
    public IEnumerable<(TableField Field, object? Value)> ValuesOf(StateRecord state) =>
    [
        .. StateFields.Checkpoint.Values(Bound, state.Checkpoint),
        (StateFields.LastFileIngestedAt, state.LastFileIngestedAt),
        (StateFields.EpochStartedAt, state.EpochStartedAt),
        (StateFields.TotalRecordsInEpoch, state.TotalRecordsInEpoch),
        (StateFields.LastRunNumber, state.LastRun?.Number),
        (StateFields.LastRunOutcome, state.LastRun?.Outcome),
        (StateFields.LastRunStartedAt, state.LastRun?.StartedAt),
        (StateFields.LastRunEndedAt, state.LastRun?.EndedAt),
        (StateFields.LastRunRecords, state.LastRun?.Records),
        (StateFields.LastRunRejects, state.LastRun?.Rejects),
        (StateFields.LastRunError, Bound.Cut(StateFields.LastRunError, state.LastRun?.Error)),
        (StateFields.JobDefinition, state.Definition?.ToString()),
        (StateFields.LastRunNotices, state.Notices is { Length: > 0 } notices ? Bound.Cut(StateFields.LastRunNotices, notices) : null),
        // Where there is no field for them, those that wait are counted with the others: the sum is what the next run expects to find
        (StateFields.OpenRejects, Bound.Has(StateFields.WaitingRecords) ? state.Rejects?.Open : state.Rejects?.OpenOrWaiting),
        (StateFields.WaitingRecords, state.Rejects?.Waiting),
        (StateFields.LowestReject, state.Rejects?.Lowest),
        (StateFields.NextReject, state.Rejects?.Next),
        (StateFields.RetryRejectsAt, state.Rejects?.RetryAt),
    ];
}
