using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Settings;
using Microsoft.Extensions.Options;

namespace MarketoLambda.Marketo.Identity;

/// <summary>The token all callers share: used until Marketo refuses it or its time is over, and then asked for once for all.</summary>
/// <remarks>
/// Marketo hands out the <em>same</em> token until it dies, so there is no early renewal. A token that was refused but is handed
/// out again is waited out. Source: Adobe, rest-api/authentication; <c>expires_in: 0</c> is seen in production.
/// </remarks>
internal sealed class AccessTokens
{
    /// <summary>A refused token with more life than this will not be replaced soon: the next refusal is then final.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(60);

    private const int MaxAsks = 5;

    private readonly Lock _gate = new();
    private readonly TokenRequests _requests;
    private readonly IAccessTokenCache _cache;
    private readonly TimeProvider _time;
    private readonly string _key;
    private readonly SharedWork<AccessToken> _renewal;
    private string? _refused;

    public AccessTokens(TokenRequests requests, IAccessTokenCache cache, IOptions<MarketoOptions> options, TimeProvider time)
    {
        _requests = requests;
        _cache = cache;
        _time = time;
        _key = $"{MarketoBaseUrl.Parse(options.Value.BaseUrl)}#{options.Value.ClientId}";
        _renewal = new SharedWork<AccessToken>(RenewAsync);
    }

    public Task<AccessToken> GetAsync(CancellationToken cancellationToken) =>
        _cache.Find(_key) is { } current && current.ExpiresAt > _time.GetUtcNow()
            ? Task.FromResult(current)
            : _renewal.JoinAsync(cancellationToken);

    /// <summary>Marketo answered 601 or 602 to this token. Nobody is sent out with it again, unless identity insists.</summary>
    public void Invalidate(AccessToken token)
    {
        lock (_gate)
        {
            if (_cache.Find(_key) is not { } current || current.Value == token.Value)
            {
                _cache.Keep(_key, null);
                _refused = token.Value;
            }
        }
    }

    private async Task<AccessToken> RenewAsync()
    {
        var token = await _requests.AskAsync();
        for (var asks = 1; asks < MaxAsks && WaitFor(token) is { } wait; asks++)
        {
            await _time.PauseAsync(wait, CancellationToken.None);
            token = await _requests.AskAsync();
        }

        lock (_gate)
        {
            _cache.Keep(_key, token);
        }

        return token;
    }

    /// <summary>How long until Marketo has another token than this useless one; null for one to use.</summary>
    private TimeSpan? WaitFor(AccessToken token)
    {
        var left = token.ExpiresAt - _time.GetUtcNow();
        bool refused;
        lock (_gate)
        {
            refused = _refused == token.Value;
        }

        return left <= TimeSpan.Zero || (refused && left <= MaxWait) ? Max(left, TimeSpan.Zero) + TimeSpan.FromSeconds(1) : null;
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
