using MarketoLambda.Sync.State;

namespace MarketoLambda.Testing;

/// <summary>What the static fields of a warm instance hold: outlives its container, dies with its process.</summary>
public sealed class MemoryOfAnInstance : IWarmStates
{
    private readonly Dictionary<string, WarmState?> _states = [];

    public WarmState? Find(string apiName) => _states.GetValueOrDefault(apiName);

    public void Keep(string apiName, WarmState? state) => _states[apiName] = state;
}
