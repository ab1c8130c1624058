using System.Text.Json;

namespace MarketoLambda.Sources.Salesforce.Client;

/// <summary>What a login gives. Shows its token to nobody.</summary>
/// <param name="Token">Goes into the Authorization header, nowhere else.</param>
/// <param name="Instance">Where calls go.</param>
internal sealed record SalesforceSession(string Token, Uri Instance)
{
    /// <summary>The form of a login: by the app's secret, or by a signed assertion.</summary>
    public static FormUrlEncodedContent Form(SalesforceConnection connection, DateTimeOffset now) => new(connection.PrivateKey is null
        ?
        [
            new("grant_type", "client_credentials"),
            new("client_id", connection.ClientId),
            new("client_secret", connection.ClientSecret ?? ""),
        ]
        :
        [
            new("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
            new("assertion", JwtAssertion.Sign(connection, now)),
        ]);

    /// <exception cref="SalesforceException">The answer holds no token, or wants it sent where it does not belong.</exception>
    public static SalesforceSession Read(JsonElement answer) =>
        answer.TryGetProperty("access_token", out var token) && token.GetString() is { Length: > 0 } value
        && answer.TryGetProperty("instance_url", out var instance) && Uri.TryCreate(instance.GetString(), UriKind.Absolute, out var url)
        && SalesforceSettings.IsSafe(url)
            ? new SalesforceSession(value, url)
            : throw new SalesforceException("no token", "the answer to the login holds no token and no encrypted address to use it at");

    public override string ToString() => $"session at {Instance}";
}
