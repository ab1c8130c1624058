using System.Diagnostics;
using MarketoLambda.Marketo.Calls;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sync.Runs;

/// <summary>
/// Marks files as finished that a person knows to be, as a run of its own: no run at work can undo it, and no warm host can miss
/// it.
/// </summary>
public sealed class JobForget(StateStore states, RunLeases leases, IWarmStates warmStates, TimeProvider time)
{
    /// <summary>Marks every file named before <paramref name="before"/> as finished.</summary>
    /// <param name="job">The job; its source has to be one of files.</param>
    /// <param name="before">A name; itself not included.</param>
    /// <param name="deadline">When it must be done.</param>
    /// <param name="cancellationToken">Gives up. Until the state record is stored, nothing counts.</param>
    /// <exception cref="SourceException">The files cannot be listed or read; nothing was changed.</exception>
    /// <exception cref="LeaseLostException">The computer slept meanwhile; the state record says whether the files are marked.</exception>
    public async Task<ForgetResult> ForgetAsync(SyncJob job, string before, RunDeadline deadline, CancellationToken cancellationToken)
    {
        var source =
            job.Source as IFileSource
            ?? throw new SourceException($"{job.Name} reads {job.Source.Description}, which has no files to mark.");
        var startedAt = time.GetUtcNow();
        var leaseGuard = leases.Guard(job.Name, deadline);
        using var guard = WriteGuard.Enter(leaseGuard.BeforeWrite);
        warmStates.Keep(job.Name, null);
        var known = await states.ReadAsync(job.Name, cancellationToken);
        var result = await leases.AcquireAsync(known, isWarm: false, RunKind.Forget, target: null, deadline, cancellationToken);
        return result switch
        {
            LeaseResult.Acquired(var lease) => await ForgetAsync(job, source, before, lease, startedAt, deadline, cancellationToken),
            LeaseResult.Busy(var until) => new ForgetResult.Busy(until),
            var other => throw new UnreachableException(other.ToString()),
        };
    }

    private async Task<ForgetResult> ForgetAsync(
        SyncJob job,
        IFileSource source,
        string before,
        Lease lease,
        DateTimeOffset startedAt,
        RunDeadline deadline,
        CancellationToken cancellationToken)
    {
        using var cutOff = deadline.CreateCutOff();
        using var untilCutOff = CancellationTokenSource.CreateLinkedTokenSource(cutOff.Token, cancellationToken);
        ReadRequest request = new(lease.Before.Checkpoint, job.Columns, await states.GetResumeCapacityAsync(cancellationToken))
        {
            History = leases.HistoryOf(job.Name, () => true),
        };
        try
        {
            var forgotten = await source.ForgetAsync(request, before, untilCutOff.Token);
            var words = $"{RunOutcomeText.Succeeded}: {Quantity.Format(forgotten.Count, "file")} marked as finished";
            await EndAsync(lease, forgotten.Checkpoint, words, startedAt, cancellationToken);
            return new ForgetResult.Done(forgotten);
        }
        catch (SourceException)
        {
            // A run that fails still ends: its number is taken, and the next one need not wait for its lease.
            var words = $"{RunOutcomeText.Failed}: no files were marked as finished";
            await EndAsync(lease, lease.Before.Checkpoint, words, startedAt, cancellationToken);
            throw;
        }
    }

    private async Task EndAsync(
        Lease lease,
        Checkpoint checkpoint,
        string outcome,
        DateTimeOffset startedAt,
        CancellationToken cancellationToken)
    {
        var saved = lease.Before with
        {
            Checkpoint = checkpoint,
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
}

/// <summary>What became of the wish to mark files as finished.</summary>
public abstract record ForgetResult
{
    private ForgetResult()
    {
    }

    /// <summary>Marketo has it.</summary>
    public sealed record Done(ForgottenFiles Files) : ForgetResult;

    /// <summary>Another run is at work; nothing was changed.</summary>
    /// <param name="Until">When it must be over.</param>
    public sealed record Busy(DateTimeOffset Until) : ForgetResult;
}
