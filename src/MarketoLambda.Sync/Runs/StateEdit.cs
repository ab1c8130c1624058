using System.Diagnostics;
using MarketoLambda.Marketo.Calls;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Sync.Runs;

/// <summary>
/// Changes a job's state record by a person's wish, as a run of its own: no run at work can undo it, and no warm host can miss it.
/// </summary>
internal sealed class StateEdit(StateStore states, RunLeases leases, IWarmStates warmStates, TimeProvider time)
{
    /// <summary>Takes the lease, makes the change and gives the lease back.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="kind">What the run is called.</param>
    /// <param name="target">The mark that a later run sets should this one die after it took the lease; null for none.</param>
    /// <param name="deadline">When it must be done.</param>
    /// <param name="change">Decides what the record becomes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SourceException">Thrown by <paramref name="change"/>; the run has ended and nothing was changed.</exception>
    /// <exception cref="LeaseLostException">The computer slept meanwhile; the state record says what became of it.</exception>
    public async Task<EditResult<TDone>> RunAsync<TDone>(
        string job,
        RunKind kind,
        Checkpoint? target,
        RunDeadline deadline,
        Func<Lease, Task<Change<TDone>>> change,
        CancellationToken cancellationToken)
    {
        var startedAt = time.GetUtcNow();
        var leaseGuard = leases.Guard(job, deadline);
        using var guard = WriteGuard.Enter(leaseGuard.BeforeWrite);
        warmStates.Keep(job, null);
        var known = await states.ReadAsync(job, cancellationToken);
        return await leases.AcquireAsync(known, isWarm: false, kind, target, deadline, cancellationToken) switch
        {
            LeaseResult.Acquired(var lease) => new EditResult<TDone>.Done(
                await ChangeAsync(lease, startedAt, change, cancellationToken)),
            LeaseResult.Busy(var until) => new EditResult<TDone>.Busy(until),
            var other => throw new UnreachableException(other.ToString()),
        };
    }

    private async Task<TDone> ChangeAsync<TDone>(
        Lease lease,
        DateTimeOffset startedAt,
        Func<Lease, Task<Change<TDone>>> change,
        CancellationToken cancellationToken)
    {
        try
        {
            var made = await change(lease);
            await EndAsync(lease, made.After, $"{RunOutcomeText.Succeeded}: {made.Words}", startedAt, cancellationToken);
            return made.Done;
        }
        catch (SourceException)
        {
            // A run that fails still ends: its number is taken, and the next one need not wait for its lease.
            await EndAsync(lease, lease.Before, $"{RunOutcomeText.Failed}: nothing was changed", startedAt, cancellationToken);
            throw;
        }
    }

    private async Task EndAsync(
        Lease lease,
        StateRecord after,
        string outcome,
        DateTimeOffset startedAt,
        CancellationToken cancellationToken)
    {
        var saved = after with
        {
            LastRun = new LastRun
            {
                Number = lease.Row.Number,
                Outcome = outcome,
                StartedAt = startedAt,
                EndedAt = time.GetUtcNow(),
            },
        };
        await states.UpdateAsync(saved, cancellationToken);
        await leases.FinishAsync(lease, saved, cancellationToken);
    }

    /// <param name="After">The state record; its last run is filled in.</param>
    /// <param name="Words">The change in words, for the run's outcome.</param>
    /// <param name="Done">What the caller is told.</param>
    public sealed record Change<TDone>(StateRecord After, string Words, TDone Done);
}
