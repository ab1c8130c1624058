using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sync.Runs;

/// <summary>Marks files as finished that a person knows to be, as a run of its own.</summary>
public sealed class JobForget(StateStore states, RunLeases leases, IWarmStates warmStates, TimeProvider time)
{
    private readonly StateStore _states = states;
    private readonly RunLeases _leases = leases;
    private readonly StateEdit _edit = new(states, leases, warmStates, time);

    /// <summary>Marks every file named before <paramref name="before"/> as finished.</summary>
    /// <param name="job">The job; its source has to be one of files.</param>
    /// <param name="before">A name; itself not included.</param>
    /// <param name="deadline">When it must be done.</param>
    /// <param name="cancellationToken">Gives up. Until the state record is stored, nothing counts.</param>
    /// <exception cref="SourceException">The files cannot be listed or read; nothing was changed.</exception>
    /// <exception cref="LeaseLostException">The computer slept meanwhile; the state record says whether the files are marked.</exception>
    public Task<EditResult<ForgottenFiles>> ForgetAsync(
        SyncJob job,
        string before,
        RunDeadline deadline,
        CancellationToken cancellationToken)
    {
        var source =
            job.Source as IFileSource
            ?? throw new SourceException($"{job.Name} reads {job.Source.Description}, which has no files to mark.");
        return _edit.RunAsync(
            job.Name,
            RunKind.Forget,
            target: null,
            deadline,
            lease => MarkAsync(job, source, before, lease.Before, deadline, cancellationToken),
            cancellationToken);
    }

    private async Task<StateEdit.Change<ForgottenFiles>> MarkAsync(
        SyncJob job,
        IFileSource source,
        string before,
        StateRecord known,
        RunDeadline deadline,
        CancellationToken cancellationToken)
    {
        using var cutOff = deadline.CreateCutOff();
        using var untilCutOff = CancellationTokenSource.CreateLinkedTokenSource(cutOff.Token, cancellationToken);
        ReadRequest request = new(known.Checkpoint, job.Columns, await _states.GetResumeCapacityAsync(cancellationToken))
        {
            History = _leases.HistoryOf(job.Name, () => true),
        };
        var forgotten = await source.ForgetAsync(request, before, untilCutOff.Token);
        return new StateEdit.Change<ForgottenFiles>(
            known with { Checkpoint = forgotten.Checkpoint },
            $"{Quantity.Format(forgotten.Count, "file")} marked as finished",
            forgotten);
    }
}
