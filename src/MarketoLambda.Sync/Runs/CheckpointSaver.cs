using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Sync.Batching;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Sync.Runs;

/// <summary>Stores the run's progress in its state record: about once a minute, and at the end.</summary>
/// <remarks>
/// One write at a time, each states a later position than the one before, and none begins while Marketo may still be at one
/// whose reply was lost: an older position never overwrites a newer one.
/// </remarks>
internal sealed class CheckpointSaver
{
    /// <summary>A run that dies repeats what it finished in about this time; more where one batch takes longer.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly StateStore _states;
    private readonly StateRecord _before;
    private readonly LastRun _run;
    private readonly RunPlan _plan;
    private readonly TimeProvider _time;
    private Task _saving = Task.CompletedTask;
    private StateRecord _latest;
    private DateTimeOffset _lastBegun;

    /// <param name="states">Where to.</param>
    /// <param name="before">The job's state when the run began.</param>
    /// <param name="run">The run as it begins.</param>
    /// <param name="plan">What the run is for.</param>
    /// <param name="time">The clock.</param>
    public CheckpointSaver(StateStore states, StateRecord before, LastRun run, RunPlan plan, TimeProvider time)
    {
        _states = states;
        _before = _latest = Saved = before;
        _run = run;
        _plan = plan;
        _lastBegun = run.StartedAt;
        _time = time;
    }

    /// <summary>The state that Marketo acknowledged last.</summary>
    public StateRecord Saved { get; private set; }

    /// <summary>The run's rejects, once there are any to be known of.</summary>
    public IRunRejects? Rejects { get; set; }

    /// <summary>What the source had to say so far; null where the run does not read it.</summary>
    public RunNotices? Notices { get; init; }

    /// <summary>What the job file says of the job, to be kept once something was imported by it; null where nothing is.</summary>
    public JobDefinition? Definition { get; init; }

    private string Label => _plan.Label.Length == 0 ? "" : $" ({_plan.Label})";

    /// <summary>Records that Marketo accepted in this run, for the counts.</summary>
    private long AcceptedWith(CommittedPrefix prefix) => prefix.Accepted + (Rejects?.Resolved ?? 0);

    /// <summary>Begins to store the position when a minute has passed, without waiting for it.</summary>
    /// <exception cref="Exception">The write begun before has failed.</exception>
    public async Task SaveIfDueAsync(CommittedPrefix prefix, CancellationToken cancellationToken)
    {
        if (!_saving.IsCompleted || _time.GetUtcNow() - _lastBegun < Interval || prefix.Position == _latest.Checkpoint)
        {
            return;
        }

        await _saving;
        _lastBegun = _time.GetUtcNow();
        _saving = SaveAsync(Next(prefix, RunOutcomeText.Running + Label, endedAt: null, error: null), cancellationToken);
    }

    /// <summary>Stores how the run ended, after any write that is still on its way.</summary>
    public async Task SaveFinalAsync(CommittedPrefix prefix, RunOutcome outcome, string? error, CancellationToken cancellationToken)
    {
        await LetSavingEndAsync(cancellationToken);
        var next = Next(prefix, RunOutcomeText.From(outcome, prefix.Rejected, prefix.Waiting) + Label, _time.GetUtcNow(), error);
        await SaveAsync(AreNoticesOver(outcome) && next.Notices is not null ? next with { Notices = "" } : next, cancellationToken);
    }

    /// <summary>What was noticed before is over when the source was read through without it.</summary>
    private bool AreNoticesOver(RunOutcome outcome) =>
        outcome == RunOutcome.Succeeded && _plan.MovesMark && Notices is { Count: 0 };

    private async Task LetSavingEndAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _saving.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (MarketoUnavailableException lost) when (lost.MayRunUntil is { } end && end > _time.GetUtcNow())
        {
            await _time.PauseAsync(end - _time.GetUtcNow(), cancellationToken);
        }
#pragma warning disable CA1031 // the last write makes up for it, or fails in the same way
        catch
#pragma warning restore CA1031
        {
            // Nothing of it can land any more.
        }
    }

    private async Task SaveAsync(StateRecord next, CancellationToken cancellationToken)
    {
        await _states.UpdateAsync(next, cancellationToken);
        Saved = next;
    }

    private StateRecord Next(CommittedPrefix prefix, string outcome, DateTimeOffset? endedAt, string? error)
    {
        var (position, previous) = (_plan.MovesMark ? prefix.Position : _before.Checkpoint, _latest.Checkpoint);
        var isNewFile = (position.LastFileName, position.LastFileRecords) != (previous.LastFileName, previous.LastFileRecords);
        _latest = _before with
        {
            Checkpoint = position,
            LastFileIngestedAt = isNewFile ? _time.GetUtcNow() : _latest.LastFileIngestedAt,
            TotalRecordsInEpoch = _before.TotalRecordsInEpoch + AcceptedWith(prefix),
            LastRun = _run with
            {
                Outcome = outcome,
                EndedAt = endedAt,
                Records = AcceptedWith(prefix),
                Rejects = prefix.Rejected,
                Error = error,
            },
            Definition = Definition is { } definition && prefix.Accepted + prefix.Rejected + prefix.Waiting > 0
                ? definition
                : _before.Definition,
            Rejects = Rejects is null ? _before.Rejects : Rejects.Counters,
            Notices = _before.Notices is not null && Notices is { Count: > 0 } ? Notices.Summary : _before.Notices,
        };
        return _latest;
    }
}
