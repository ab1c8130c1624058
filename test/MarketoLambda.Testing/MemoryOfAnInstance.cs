using MarketoLambda.Sync.Outages;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Testing;

/// <summary>What the static fields of a warm instance hold: outlives its container, dies with its process.</summary>
public sealed class MemoryOfAnInstance : IWarmStates, IOutageMemory
{
    private readonly Dictionary<string, WarmState?> _states = [];
    private readonly Dictionary<string, Outage?> _outages = [];

    WarmState? IWarmStates.Find(string apiName) => _states.GetValueOrDefault(apiName);

    void IWarmStates.Keep(string apiName, WarmState? state) => _states[apiName] = state;

    Outage? IOutageMemory.Find(string apiName) => _outages.GetValueOrDefault(apiName);

    void IOutageMemory.Keep(string apiName, Outage? outage) => _outages[apiName] = outage;
}
