namespace MarketoLambda.Marketo.Calls;

/// <summary>Counts this process's calls as Marketo does: every try, except those answered by a code that Adobe says is free.</summary>
internal sealed class MarketoCallCounter
{
    private long _total;

    /// <summary>Calls counted by Marketo since the process started, without those still under way.</summary>
    public long Total => Interlocked.Read(ref _total);

    public void Count() => Interlocked.Increment(ref _total);
}
