using System.Text;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Http;
using MarketoLambda.Emulator.Identity;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Tokens;

/// <summary><c>/identity/oauth/token</c>: a plain OAuth answer without Marketo's envelope, and not counted.</summary>
/// <remarks>The pairing of <c>unauthorized</c> with an unknown client id, and the answer to a wrong grant type, are guesses.</remarks>
internal sealed class IdentityEndpoint(EmulatorOptions options, TokenStore tokens, Lock gate)
{
    /// <summary>Headers seen in recorded answers of real subscriptions.</summary>
    private static readonly KeyValuePair<string, string>[] Headers =
    [
        new("Cache-Control", "no-store"),
        new("Pragma", "no-cache"),
        new("Server", "nginx"),
        new("X-Content-Type-Options", "nosniff"),
        new("X-Frame-Options", "DENY"),
        new("X-XSS-Protection", "1; mode=block"),
    ];

    public EmulatorResponse Answer(Call call, DateTimeOffset now)
    {
        if (options.Quirks.IdentityAcceptsFormBody && call.Request.HasContentType("application/x-www-form-urlencoded"))
        {
            call.Query.Add(Encoding.UTF8.GetString(call.Request.Body.Span));
        }

        if (call.Query["grant_type"] is not "client_credentials" and var grant)
        {
            return Refused("unsupported_grant_type", $"Unsupported grant type: {grant}");
        }

        var clientId = call.Query["client_id"];
        if (options.Services.FirstOrDefault(service => service.ClientId == clientId) is not { } service)
        {
            return Refused("unauthorized", $"No client with requested id: {clientId}");
        }

        return call.Query["client_secret"] == service.ClientSecret
            ? Granted(service, now)
            : Refused("invalid_client", "Bad client credentials");
    }

    private EmulatorResponse Granted(CustomService service, DateTimeOffset now)
    {
        string value;
        TimeSpan left;
        lock (gate)
        {
            var token = tokens.TokenOf(service, now);
            (value, left) = (token.Value, token.DiesAt - now);
        }

        return new EmulatorResponse
        {
            Headers = Headers,
            Body = Json.Write(json =>
            {
                json.WriteStartObject();
                json.WriteString("access_token"u8, value);
                json.WriteString("token_type"u8, "bearer"u8);
                json.WriteNumber("expires_in"u8, Math.Max(0, (long)left.TotalSeconds));
                json.WriteString("scope"u8, service.OwnerEmail);
                json.WriteEndObject();
            }),
        };
    }

    private static EmulatorResponse Refused(string error, string description) => new()
    {
        Status = 401,
        Headers = Headers,
        Body = Json.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("error"u8, error);
            json.WriteString("error_description"u8, description);
            json.WriteEndObject();
        }),
    };
}
