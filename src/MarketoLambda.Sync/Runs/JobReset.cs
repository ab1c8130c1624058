using System.Diagnostics;
using System.Globalization;
using MarketoLambda.Marketo.Calls;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Sync.Runs;

/// <summary>Moves a job's mark, as a run of its own: no run at work can undo it, and no warm host can miss it.</summary>
public sealed class JobReset(StateStore states, RunLeases leases, IWarmStates warmStates, TimeProvider time)
{
    /// <summary>Sets the mark.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="to">The new mark; null to start from the beginning.</param>
    /// <param name="startsEpoch">The object was emptied in Marketo: the epoch's date and count start anew.</param>
    /// <param name="deadline">When it must be done.</param>
    /// <param name="cancellationToken">Gives up. A reset whose lease was acknowledged is still carried out by the next run.</param>
    /// <exception cref="LeaseLostException">The computer slept meanwhile; the next run carries the reset out.</exception>
    public async Task<ResetResult> ResetAsync(
        string job,
        DateTimeOffset? to,
        bool startsEpoch,
        RunDeadline deadline,
        CancellationToken cancellationToken)
    {
        var startedAt = time.GetUtcNow();
        Checkpoint target = new() { Mark = to };
        var leaseGuard = leases.Guard(job, deadline);
        using var guard = WriteGuard.Enter(leaseGuard.BeforeWrite);
        warmStates.Keep(job, null);
        var known = await states.ReadAsync(job, cancellationToken);
        var result = await leases.AcquireAsync(known, isWarm: false, RunKind.Reset, target, deadline, cancellationToken);
        return result switch
        {
            LeaseResult.Acquired(var lease) => await MoveMarkAsync(lease, startedAt, target, startsEpoch, cancellationToken),
            LeaseResult.Busy(var until) => new ResetResult.Busy(until),
            var other => throw new UnreachableException(other.ToString()),
        };
    }

    private async Task<ResetResult> MoveMarkAsync(
        Lease lease,
        DateTimeOffset startedAt,
        Checkpoint target,
        bool startsEpoch,
        CancellationToken cancellationToken)
    {
        var after = lease.Before with
        {
            Checkpoint = target,
            LastFileIngestedAt = null,
            EpochStartedAt = startsEpoch ? startedAt : lease.Before.EpochStartedAt,
            TotalRecordsInEpoch = startsEpoch ? 0 : lease.Before.TotalRecordsInEpoch,
            LastRun = new LastRun
            {
                Number = lease.Row.Number,
                Outcome = Words(target.Mark),
                StartedAt = startedAt,
                EndedAt = time.GetUtcNow(),
            },
        };
        await states.UpdateAsync(after, cancellationToken);
        await leases.FinishAsync(lease, after, cancellationToken);
        return new ResetResult.Done();
    }

    private static string Words(DateTimeOffset? to) => to is { } mark
        ? string.Create(CultureInfo.InvariantCulture, $"{RunOutcomeText.Succeeded}: reset to {mark.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}")
        : $"{RunOutcomeText.Succeeded}: reset to the beginning";
}
