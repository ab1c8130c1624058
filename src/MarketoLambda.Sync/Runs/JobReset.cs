using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sync.Runs;

/// <summary>Moves a job's mark, as a run of its own.</summary>
public sealed class JobReset(StateStore states, RunLeases leases, IWarmStates warmStates, TimeProvider time)
{
    private readonly TimeProvider _time = time;
    private readonly StateEdit _edit = new(states, leases, warmStates, time);

    /// <summary>Sets the mark.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="to">The new mark; null to start from the beginning.</param>
    /// <param name="startsEpoch">The object was emptied in Marketo: the epoch's date and count start anew.</param>
    /// <param name="deadline">When it must be done.</param>
    /// <param name="cancellationToken">Gives up. A reset whose lease was acknowledged is still carried out by the next run.</param>
    /// <returns>The new position.</returns>
    /// <exception cref="LeaseLostException">The computer slept meanwhile; the next run carries the reset out.</exception>
    public Task<EditResult<Checkpoint>> ResetAsync(
        string job,
        DateTimeOffset? to,
        bool startsEpoch,
        RunDeadline deadline,
        CancellationToken cancellationToken)
    {
        var startedAt = _time.GetUtcNow();
        Checkpoint target = new() { Mark = to };
        var words = to is { } mark ? $"reset to {UtcText.Seconds(mark)}" : "reset to the beginning";
        return _edit.RunAsync(
            job,
            RunKind.Reset,
            target,
            deadline,
            lease => Task.FromResult(new StateEdit.Change<Checkpoint>(Move(lease.Before), words, target)),
            cancellationToken);

        StateRecord Move(StateRecord before) => before with
        {
            Checkpoint = target,
            LastFileIngestedAt = null,
            EpochStartedAt = startsEpoch ? startedAt : before.EpochStartedAt,
            TotalRecordsInEpoch = startsEpoch ? 0 : before.TotalRecordsInEpoch,
        };
    }
}
