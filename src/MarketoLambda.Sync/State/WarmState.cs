namespace MarketoLambda.Sync.State;

/// <summary>What a warm host remembers of a job: used when lucky, never relied on.</summary>
/// <param name="State">What Marketo acknowledged last, in a run that ended cleanly.</param>
/// <param name="ResumeCapacity">Most characters Marketo holds of a resume position.</param>
/// <param name="KeptAt">When it was kept.</param>
public sealed record WarmState(StateRecord State, int ResumeCapacity, DateTimeOffset KeptAt)
{
    /// <summary>After this a run starts cold, so that a reset by somebody else is seen even where nothing new comes.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    public bool IsFresh(DateTimeOffset now) => now >= KeptAt && now - KeptAt < Lifetime;
}

/// <summary>Where a warm host keeps what it remembers. A host may bring one that outlives the container, such as static fields.</summary>
/// <remarks>Must be thread-safe. What it forgets is read from Marketo.</remarks>
public interface IWarmStates
{
    WarmState? Find(string apiName);

    /// <summary>Keeps the state; null drops it.</summary>
    void Keep(string apiName, WarmState? state);
}

/// <summary>Keeps states as long as the container lives.</summary>
internal sealed class InMemoryWarmStates : IWarmStates
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, WarmState?> _states = new(StringComparer.OrdinalIgnoreCase);

    public WarmState? Find(string apiName) => _states.GetValueOrDefault(apiName);

    public void Keep(string apiName, WarmState? state) => _states[apiName] = state;
}
