using MarketoLambda.Emulator;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Targets;

namespace MarketoLambda.Testing.Simulation;

/// <summary>What a simulated job fills: how rows become records there, and how an oracle finds them again.</summary>
/// <remarks>One for each job of each world: it remembers what it has put in.</remarks>
public abstract class SimulatedTarget
{
    /// <summary>What the engine fills; null for the custom object that is named like the job.</summary>
    public virtual ITarget? Filled => null;

    /// <summary>The field that is the job's key.</summary>
    public abstract string KeyField { get; }

    /// <summary>The field that holds the number of the row a record came from.</summary>
    public abstract string VersionField { get; }

    /// <summary>What fills the other fields.</summary>
    public abstract IReadOnlyList<FieldMapping> OtherFields { get; }

    /// <summary>Marketo's record says which row it came from: the oracles can judge every write. Else <see cref="Judge"/> has to.</summary>
    public virtual bool ShowsVersions => true;

    /// <summary>What the engine sends is seen in Marketo's journal again after a reset.</summary>
    public virtual bool CanBeReset => true;

    /// <summary>What Marketo calls it.</summary>
    /// <param name="job">The job's name.</param>
    public virtual string ObjectName(string job) => job;

    /// <summary>Makes in Marketo what is filled, and whom its records name.</summary>
    /// <param name="marketo">A new one.</param>
    /// <param name="job">The job's name.</param>
    public abstract void Define(MarketoEmulator marketo, string job);

    /// <summary>A row as it stands in the source. A row that had its form already keeps it.</summary>
    /// <param name="row">As <see cref="SimulatedJob.Row"/> makes it.</param>
    /// <param name="number">Its place, from 1.</param>
    public virtual ListSource.ListRow Shape(ListSource.ListRow row, int number) => row;

    /// <summary>The record is one of those that the job fills.</summary>
    public virtual bool Concerns(RecordView record) => true;

    /// <summary>The key of a record, as rows write it.</summary>
    public virtual string KeyIn(RecordView record) => record.Key;

    /// <summary>Equal for keys that Marketo takes for one.</summary>
    public virtual string Fold(string key) => key;

    /// <summary>The people are entered whose records Marketo has refused so far.</summary>
    public virtual void BringPeople()
    {
    }

    /// <summary>What else speaks against the engine in the end, that its target alone can know.</summary>
    /// <param name="world">The world, at rest.</param>
    /// <param name="job">The job.</param>
    public virtual IEnumerable<string> Judge(SimulatedWorld world, SimulatedJob job) => [];
}
