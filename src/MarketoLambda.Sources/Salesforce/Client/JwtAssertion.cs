using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MarketoLambda.Sources.Salesforce.Client;

/// <summary>Signs what the JWT bearer flow asks for: "the app speaks for this user, for three minutes".</summary>
/// <remarks>Source: Salesforce help, remoteaccess_oauth_jwt_flow. The audience is a text, and one of two addresses whatever the
/// organisation's own is.</remarks>
internal static class JwtAssertion
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(3);

    public static string Sign(SalesforceConnection connection, DateTimeOffset now)
    {
        using MemoryStream claims = new();
        using (Utf8JsonWriter json = new(claims))
        {
            json.WriteStartObject();
            json.WriteString("iss", connection.ClientId);
            json.WriteString("sub", connection.Username);
            json.WriteString("aud", IsSandbox(connection.LoginUrl) ? "https://test.salesforce.com" : "https://login.salesforce.com");
            json.WriteNumber("exp", (now + Lifetime).ToUnixTimeSeconds());
            json.WriteEndObject();
        }

        var signed = $"{Base64Url.EncodeToString("""{"alg":"RS256"}"""u8)}.{Base64Url.EncodeToString(claims.ToArray())}";
        using var key = RSA.Create();
        key.ImportFromPem(connection.PrivateKey);
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private static bool IsSandbox(Uri loginUrl) =>
        loginUrl.Host == "test.salesforce.com" || loginUrl.Host.Contains(".sandbox.", StringComparison.Ordinal)
            || loginUrl.Host.Contains(".scratch.", StringComparison.Ordinal);
}
