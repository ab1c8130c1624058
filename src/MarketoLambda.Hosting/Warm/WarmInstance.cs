using System.Collections.Concurrent;
using MarketoLambda.Marketo.Identity;
using MarketoLambda.Sync.Outages;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Hosting.Warm;

/// <summary>
/// What an instance that happens to be still warm remembers: Marketo's token, each job's last checkpoint, and the outages it has reported.
/// Used when lucky, never relied on: a run leases its number before it trusts the checkpoint, and Marketo refuses a dead token.
/// </summary>
public sealed class WarmInstance : IAccessTokenCache, IWarmStates, IOutageMemory
{
    private readonly ConcurrentDictionary<string, AccessToken> _tokens = new();
    private readonly ConcurrentDictionary<string, WarmState> _checkpoints = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, Outage> _outages = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _gate = new();
    private string? _secretsFingerprint;

    /// <summary>The memory of this process. Static, because containers come and go while the process stays.</summary>
    public static WarmInstance OfThisProcess { get; } = new();

    /// <summary>Forgets everything that was learned with other secrets.</summary>
    /// <param name="secretsFingerprint">Stands for the secrets in use; equal as long as they are.</param>
    /// <returns>Something may have been forgotten.</returns>
    public bool ForgetUnless(string secretsFingerprint)
    {
        lock (_gate)
        {
            if (_secretsFingerprint == secretsFingerprint)
            {
                return false;
            }

            var knewOthers = _secretsFingerprint is not null;
            _secretsFingerprint = secretsFingerprint;
            _tokens.Clear();
            _checkpoints.Clear();
            return knewOthers;
        }
    }

    /// <summary>Forgets everything, as the end of the process does.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _secretsFingerprint = null;
            _tokens.Clear();
            _checkpoints.Clear();
            _outages.Clear();
        }
    }

    AccessToken? IAccessTokenCache.Find(string key) => _tokens.GetValueOrDefault(key);

    void IAccessTokenCache.Keep(string key, AccessToken? token) => Keep(_tokens, key, token);

    WarmState? IWarmStates.Find(string apiName) => _checkpoints.GetValueOrDefault(apiName);

    void IWarmStates.Keep(string apiName, WarmState? state) => Keep(_checkpoints, apiName, state);

    Outage? IOutageMemory.Find(string apiName) => _outages.GetValueOrDefault(apiName);

    void IOutageMemory.Keep(string apiName, Outage? outage) => Keep(_outages, apiName, outage);

    private static void Keep<T>(ConcurrentDictionary<string, T> memory, string key, T? value) where T : class
    {
        if (value is null)
        {
            memory.TryRemove(key, out _);
        }
        else
        {
            memory[key] = value;
        }
    }
}
