using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Sync.Runs;

/// <summary>What a run is for: what it reads, when there is something to do, and what it leaves behind.</summary>
internal abstract class RunPlan
{
    public abstract RunKind Kind { get; }

    /// <summary>What the run is called in the state record, beside its outcome; empty for the import of what is new.</summary>
    public virtual string Label => "";

    /// <summary>The position it reaches is the job's own.</summary>
    public virtual bool MovesMark => true;

    /// <summary>It reads the source.</summary>
    public virtual bool ReadsSource => true;

    /// <summary>It reads what is new in the source by the job file as it is now.</summary>
    public virtual bool ReadsWhatIsNew => false;

    /// <summary>What somebody asks to be done with rejects; null where nobody asks, and only what is due is tried.</summary>
    public virtual RejectWork? RejectWork => null;

    /// <summary>Where it begins to read.</summary>
    public virtual Checkpoint Start(StateRecord state) => state.Checkpoint;

    /// <summary>Reads what the plan asks for.</summary>
    /// <param name="request">From <see cref="Start"/> on.</param>
    /// <param name="below">The rejects that a corrected row may resolve.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public abstract Task<ISourceReader> OpenAsync(ReadRequest request, RejectsBelowMark below, CancellationToken cancellationToken);

    /// <summary>The run has something to move or to record.</summary>
    public abstract bool HasWork(RunFindings findings);

    /// <summary>Rejects are tried again before anything is read.</summary>
    public abstract bool RetriesRejects(StateRecord state, DateTimeOffset now);

    /// <summary>Everything below the position is finished.</summary>
    public virtual void Reached(Checkpoint position)
    {
    }
}

/// <summary>What a run knows before it does anything.</summary>
/// <param name="State">The state record.</param>
/// <param name="HasNews">The source has something new, or cannot be read.</param>
/// <param name="Notices">What the source had to say.</param>
/// <param name="Now">The time.</param>
internal sealed record RunFindings(StateRecord State, bool HasNews, RunNotices Notices, DateTimeOffset Now);
