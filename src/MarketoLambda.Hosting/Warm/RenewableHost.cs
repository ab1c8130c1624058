using System.Security.Cryptography;
using System.Text;
using MarketoLambda.Hosting.Logs;
using MarketoLambda.Sync.Settings;
using Microsoft.Extensions.Logging;

namespace MarketoLambda.Hosting.Warm;

/// <summary>
/// A host wired with secrets and jobs that may be exchanged while it is warm: they are read again now and then, and a change wires it anew.
/// </summary>
/// <remarks>
/// A job file with mistakes never takes the place of the one in force: whoever exchanged it gets an alert, and the old one stays.
/// </remarks>
public sealed class RenewableHost<THost> where THost : class
{
    /// <summary>How long a host may be using what somebody has exchanged.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly Func<CancellationToken, Task<HostInputs>> _read;
    private readonly Func<HostInputs, THost> _wire;
    private readonly WarmInstance _memory;
    private readonly JobFileWatch _jobFile;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private volatile Wired? _wired;

    /// <param name="read">Reads everything from where it is kept.</param>
    /// <param name="wire">Makes a host with it; throws when settings are wrong, and <see cref="JobFileException"/> when the job file
    /// is.</param>
    /// <param name="memory">Forgets what was learned with other secrets.</param>
    /// <param name="jobFile">Reports job files that are refused.</param>
    /// <param name="logger">Records changes.</param>
    public RenewableHost(
        Func<CancellationToken, Task<HostInputs>> read,
        Func<HostInputs, THost> wire,
        WarmInstance memory,
        JobFileWatch jobFile,
        TimeProvider time,
        ILogger logger)
    {
        _read = read;
        _wire = wire;
        _memory = memory;
        _jobFile = jobFile;
        _time = time;
        _logger = logger;
    }

    /// <summary>
    /// The host for this invocation. The first call fails when something is missing or wrong; so make it while the instance starts.
    /// </summary>
    public Task<THost> GetAsync(CancellationToken cancellationToken) =>
        _wired is { } wired && _time.GetUtcNow() - wired.ReadAt < Lifetime ? Task.FromResult(wired.Host) : RenewAsync(cancellationToken);

    /// <summary>The host with what is kept now, however young the one in use is; the same one where nothing has changed.</summary>
    public async Task<THost> RenewAsync(CancellationToken cancellationToken)
    {
        if (_wired is not { } wired)
        {
            var first = await _read(cancellationToken);
            return Use(first, _wire(first));
        }

        HostInputs inputs;
        try
        {
            inputs = await _read(cancellationToken);
        }
#pragma warning disable CA1031 // wherever it is kept is out of reach: what is in use is probably still right
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            _logger.SecretsNotRead(failure.GetType().Name, wired.ReadAt);
            return wired.Host;
        }

        try
        {
            return Use(inputs, WiredWith(wired, inputs));
        }
        catch (JobFileException refused) when (inputs.Jobs != wired.Jobs)
        {
            await _jobFile.RefusedAsync(inputs.Jobs, refused, cancellationToken);
            var kept = inputs with { Jobs = wired.Jobs };
            return Use(kept, WiredWith(wired, kept));
        }
    }

    private THost WiredWith(Wired wired, HostInputs inputs) =>
        wired.SecretsFingerprint == Fingerprint(inputs.Secrets) && wired.Jobs == inputs.Jobs ? wired.Host : _wire(inputs);

    // Hosts are not disposed: a concurrent invocation may be using the old one, and what they are made of changes a few times a year.
    private THost Use(HostInputs inputs, THost host)
    {
        var fingerprint = Fingerprint(inputs.Secrets);
        if (_memory.ForgetUnless(fingerprint))
        {
            _logger.SecretsChanged();
        }

        if (_wired is { } before && before.Jobs != inputs.Jobs)
        {
            _jobFile.Changed();
        }

        _wired = new Wired(host, fingerprint, inputs.Jobs, _time.GetUtcNow());
        return host;
    }

    private static string Fingerprint(IReadOnlyDictionary<string, string?> secrets)
    {
        var text = string.Join(
            '\n',
            secrets.OrderBy(secret => secret.Key, StringComparer.Ordinal).Select(secret => $"{secret.Key}={secret.Value}"));
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private sealed record Wired(THost Host, string SecretsFingerprint, string Jobs, DateTimeOffset ReadAt);
}
