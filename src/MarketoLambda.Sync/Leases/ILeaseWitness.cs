namespace MarketoLambda.Sync.Leases;

/// <summary>
/// What a computer keeps of the leases of its own processes, so that a later process can tell that one of them is dead. Marketo knows
/// nothing of processes, and what is kept here decides nothing there: it only shortens a wait that somebody asks for.
/// </summary>
public interface ILeaseWitness
{
    /// <summary>This process is about to ask for a lease.</summary>
    void Taking(RunRow lease);

    /// <summary>This process is about to write to Marketo for that job. Called before every write, so it must be quick.</summary>
    void Sending(string job);

    /// <summary>The lease is given back: nobody has to wait for it.</summary>
    void Ended(RunRow lease);

    /// <summary>Who of this computer holds the lease; null where that is not known, as of a run on another computer.</summary>
    LeaseHolder? Find(RunRow lease);
}

/// <summary>The process that took a lease.</summary>
public abstract record LeaseHolder
{
    private LeaseHolder()
    {
    }

    /// <summary>It runs.</summary>
    /// <param name="ProcessId">Its number.</param>
    public sealed record Alive(int ProcessId) : LeaseHolder;

    /// <summary>It has ended without giving the lease back.</summary>
    /// <param name="ProcessId">The number it had.</param>
    /// <param name="QuietFor">For so long, at least, it has sent nothing to Marketo.</param>
    public sealed record Dead(int ProcessId, TimeSpan QuietFor) : LeaseHolder;
}

/// <summary>For hosts that have no place for it, such as a Lambda function.</summary>
internal sealed class NoLeaseWitness : ILeaseWitness
{
    public void Taking(RunRow lease)
    {
    }

    public void Sending(string job)
    {
    }

    public void Ended(RunRow lease)
    {
    }

    public LeaseHolder? Find(RunRow lease) => null;
}
