using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace MarketoLambda.Testing.Salesforce;

/// <summary>The token endpoint, and the sessions it opened.</summary>
internal sealed class OrgSessions(EmulatedOrg org)
{
    private readonly Dictionary<string, DateTimeOffset> _endsAt = new(StringComparer.Ordinal);
    private int _number;

    /// <summary>The living session of a token; it is its own name.</summary>
    public string? Find(string? token) =>
        token is not null && _endsAt.TryGetValue(token, out var end) && org.Time.GetUtcNow() < end ? token : null;

    public void ExpireAll() => _endsAt.Clear();

    public OrgAnswer Ask(IReadOnlyDictionary<string, string> form) => form.GetValueOrDefault("grant_type") switch
    {
        "client_credentials" => ByClientCredentials(form),
        "urn:ietf:params:oauth:grant-type:jwt-bearer" => ByJwt(form.GetValueOrDefault("assertion") ?? ""),
        _ => OrgAnswer.OAuthError("unsupported_grant_type", "grant type not supported"),
    };

    private OrgAnswer ByClientCredentials(IReadOnlyDictionary<string, string> form) =>
        org.Options.Address.Host is "login.salesforce.com" or "test.salesforce.com"
            ? OrgAnswer.OAuthError("invalid_grant", "request not supported on this domain")
        : form.GetValueOrDefault("client_id") != OrgOptions.DefaultClientId
            ? OrgAnswer.OAuthError("invalid_client_id", "client identifier invalid")
        : form.GetValueOrDefault("client_secret") != OrgOptions.DefaultClientSecret
            ? OrgAnswer.OAuthError("invalid_client", "invalid client credentials")
        : Open();

    private OrgAnswer ByJwt(string assertion)
    {
        var parts = assertion.Split('.');
        if (org.Options.PublicKeyPem is not { } pem || parts.Length != 3)
        {
            return OrgAnswer.OAuthError("invalid_grant", "invalid assertion");
        }

        using var key = RSA.Create();
        key.ImportFromPem(pem);
        if (
            (string?)JsonNode.Parse(Decoded(parts[0]))?["alg"] != "RS256"
            || !key.VerifyData(
                Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
                Bytes(parts[2]),
                HashAlgorithmName.SHA256,
                RSASignaturePadding.Pkcs1))
        {
            return OrgAnswer.OAuthError("invalid_grant", "invalid assertion");
        }

        var leases = JsonNode.Parse(Decoded(parts[1]))!;
        var left = DateTimeOffset.FromUnixTimeSeconds((long)leases["exp"]!) - org.Time.GetUtcNow();
        return (string?)leases["iss"] != OrgOptions.DefaultClientId ? OrgAnswer.OAuthError("invalid_client_id", "client identifier invalid")
            : (string?)leases["aud"] is not ("https://login.salesforce.com" or "https://test.salesforce.com")
                ? OrgAnswer.OAuthError("invalid_grant", "audience is invalid")
            : left <= TimeSpan.Zero || left > TimeSpan.FromMinutes(5) ? OrgAnswer.OAuthError("invalid_grant", "expired authorization code")
            : (string?)leases["sub"] != OrgOptions.DefaultUser ? OrgAnswer.OAuthError("invalid_grant", "user hasn't approved this consumer")
            : Open();
    }

    private OrgAnswer Open()
    {
        var token = $"00D000000000001!{++_number:D8}.{Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(_number)))}";
        _endsAt[token] = org.Time.GetUtcNow() + org.Options.SessionLifetime;
        return OrgAnswer.Ok(new JsonObject
        {
            ["access_token"] = token,
            ["instance_url"] = org.Options.Address.ToString().TrimEnd('/'),
            ["id"] = $"{org.Options.Address}id/00D000000000001/005000000000001",
            ["token_type"] = "Bearer",
            ["issued_at"] = org.Time.GetUtcNow().ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
        });
    }

    private static string Decoded(string base64Url) => Encoding.UTF8.GetString(Bytes(base64Url));

    private static byte[] Bytes(string base64Url) => System.Buffers.Text.Base64Url.DecodeFromChars(base64Url);
}
