using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace MarketoLambda.Sync.Hosting;

/// <summary>A host wired with secrets that may be exchanged while it is warm: they are read again now and then, and a change wires it anew.</summary>
public sealed class RenewableHost<THost> where THost : class
{
    /// <summary>How long a host may be using secrets that somebody has exchanged.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly Func<CancellationToken, Task<IReadOnlyDictionary<string, string?>>> _readSecrets;
    private readonly Func<IReadOnlyDictionary<string, string?>, THost> _wire;
    private readonly WarmInstance _memory;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private volatile Wired? _wired;

    /// <param name="readSecrets">Reads all secrets from where they are kept.</param>
    /// <param name="wire">Makes a host with them; throws when settings are wrong.</param>
    /// <param name="memory">Forgets what was learned with other secrets.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Is told of changes.</param>
    public RenewableHost(Func<CancellationToken, Task<IReadOnlyDictionary<string, string?>>> readSecrets, Func<IReadOnlyDictionary<string, string?>, THost> wire, WarmInstance memory, TimeProvider time, ILogger logger)
    {
        _readSecrets = readSecrets;
        _wire = wire;
        _memory = memory;
        _time = time;
        _logger = logger;
    }

    /// <summary>The host for this invocation. The first call fails when secrets are missing or settings wrong; so make it while the instance starts.</summary>
    public async Task<THost> GetAsync(CancellationToken cancellationToken)
    {
        if (_wired is not { } wired)
        {
            return Use(await _readSecrets(cancellationToken));
        }

        if (_time.GetUtcNow() - wired.ReadAt < Lifetime)
        {
            return wired.Host;
        }

        IReadOnlyDictionary<string, string?> secrets;
        try
        {
            secrets = await _readSecrets(cancellationToken);
        }
#pragma warning disable CA1031 // whatever keeps the secrets is out of reach: those in use are probably still right
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            _logger.SecretsNotRead(failure.GetType().Name, wired.ReadAt);
            return wired.Host;
        }

        return Use(secrets);
    }

    // Hosts are not disposed: a concurrent invocation may be using the old one, and secrets change a few times a year.
    private THost Use(IReadOnlyDictionary<string, string?> secrets)
    {
        var print = Print(secrets);
        var host = _wired is { } wired && wired.SecretsPrint == print ? wired.Host : _wire(secrets);
        if (_memory.ForgetUnless(print))
        {
            _logger.SecretsChanged();
        }

        _wired = new Wired(host, print, _time.GetUtcNow());
        return host;
    }

    private static string Print(IReadOnlyDictionary<string, string?> secrets)
    {
        var text = string.Join('\n', secrets.OrderBy(secret => secret.Key, StringComparer.Ordinal).Select(secret => $"{secret.Key}={secret.Value}"));
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private sealed record Wired(THost Host, string SecretsPrint, DateTimeOffset ReadAt);
}
