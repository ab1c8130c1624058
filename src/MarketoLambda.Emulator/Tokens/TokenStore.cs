using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Identity;
using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Tokens;

/// <summary>
/// Hands out and checks access tokens: each custom service has one, and keeps it until it dies. Guarded by the subscription's gate.
/// </summary>
/// <remarks>
/// Source: Adobe, rest-api/authentication. 602 for the first use after death and 601 from then on: developer blog, "Exception and Error
/// Handling: Part 3".
/// </remarks>
internal sealed class TokenStore(EmulatorOptions options, GuidSequence guids)
{
    private readonly Dictionary<string, AccessToken> _issued = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AccessToken> _current = new(StringComparer.Ordinal);

    /// <summary>The living token of a service, or a new one.</summary>
    public AccessToken TokenOf(CustomService service, DateTimeOffset now)
    {
        if (_current.TryGetValue(service.ClientId, out var token) && now < token.DiesAt + options.Quirks.TokenLingers)
        {
            return token;
        }

        token = new AccessToken($"{guids.Next()}:int", service, now + options.TokenLifetime);
        _issued[token.Value] = token;
        return _current[service.ClientId] = token;
    }

    public Refusal? Check(string? presented, DateTimeOffset now, out CustomService? service)
    {
        service = null;
        if (presented is null)
        {
            return Refusal.AccessDenied;
        }

        if (!_issued.TryGetValue(presented, out var token))
        {
            return Refusal.FromCode("601");
        }

        if (now < token.DiesAt)
        {
            service = token.Service;
            return null;
        }

        var code = token.RefusedOnce ? "601" : "602";
        token.RefusedOnce = true;
        return Refusal.FromCode(code);
    }

    /// <summary>Every token dies now.</summary>
    public void Expire(DateTimeOffset now)
    {
        foreach (var token in _current.Values.Where(token => token.DiesAt > now))
        {
            token.DiesAt = now;
        }
    }
}

/// <summary>A token of one custom service.</summary>
internal sealed class AccessToken(string value, CustomService service, DateTimeOffset diesAt)
{
    public string Value { get; } = value;

    public CustomService Service { get; } = service;

    public DateTimeOffset DiesAt { get; set; } = diesAt;

    public bool RefusedOnce { get; set; }
}
