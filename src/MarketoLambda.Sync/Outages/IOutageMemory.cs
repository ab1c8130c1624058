using System.Collections.Concurrent;

namespace MarketoLambda.Sync.Outages;

/// <summary>
/// Where a host remembers outages, so that one is told once. A host may bring one that outlives the container, such as static fields or a
/// file.
/// </summary>
/// <remarks>
/// Must be thread-safe and never throw. What it forgets is alerted again; what it never learned to be over is told to be over.
/// </remarks>
public interface IOutageMemory
{
    Outage? Find(string apiName);

    /// <summary>Keeps the outage of a job; null ends it.</summary>
    void Keep(string apiName, Outage? outage);
}

/// <summary>Remembers outages as long as the container lives.</summary>
internal sealed class InMemoryOutages : IOutageMemory
{
    private readonly ConcurrentDictionary<string, Outage?> _outages = new(StringComparer.OrdinalIgnoreCase);

    public Outage? Find(string apiName) => _outages.GetValueOrDefault(apiName);

    public void Keep(string apiName, Outage? outage) => _outages[apiName] = outage;
}
