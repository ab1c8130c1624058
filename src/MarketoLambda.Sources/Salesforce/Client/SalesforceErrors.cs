using System.Net;
using System.Text.Json;
using MarketoLambda.Sources.Json;

namespace MarketoLambda.Sources.Salesforce.Client;

/// <summary>Reads the two shapes in which Salesforce refuses.</summary>
/// <remarks>Source: REST API Developer Guide, "Status Codes and Error Responses"; help, remoteaccess_oauth_flow_errors.</remarks>
internal static class SalesforceErrors
{
    /// <summary>Codes after which the same call may go through a little later.</summary>
    private static readonly HashSet<string> Transient = new(StringComparer.Ordinal)
    {
        "SERVER_UNAVAILABLE", "UNKNOWN_EXCEPTION", "UNABLE_TO_LOCK_ROW", "TXN_SECURITY_METERING_ERROR", "REQUEST_RUNNING_TOO_LONG",
            "unknown_error", "server_error", "rate_limit_exceeded",
    };

    public static SalesforceException Read(HttpResponseMessage response, ReadOnlyMemory<byte> body)
    {
        var status = response.StatusCode;
        var retryAfter = RetryAfter(response);
        if (status is >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest)
        {
            return new SalesforceException(SalesforceException.Redirected, Host(response) ?? "elsewhere");
        }

        try
        {
            using var json = JsonDocument.Parse(body);
            var error = json.RootElement is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0 ? list[0]
                : json.RootElement;
            if (error.ValueKind == JsonValueKind.Object && (Text(error, "errorCode") ?? Text(error, "error")) is { } code)
            {
                var message = Text(error, "message") ?? Text(error, "error_description") ?? "";
                return new SalesforceException(code, message, Transient.Contains(code) || status >= HttpStatusCode.InternalServerError
                    || status == HttpStatusCode.TooManyRequests || IsPassing(code, message))
                { RetryAfter = retryAfter };
            }
        }
        catch (JsonException)
        {
            // told below
        }

        return status == HttpStatusCode.Unauthorized
            ? new SalesforceException(SalesforceException.InvalidSession, "HTTP 401 without Salesforce's own words")
            : SalesforceException.Foreign(status, retryAfter);
    }

    /// <summary>One code stands for the calls of a day, which are gone, and for those at once, which pass.</summary>
    public static bool IsPassing(string code, string message) =>
        code == SalesforceException.RequestLimit && message.Contains("Concurrent", StringComparison.OrdinalIgnoreCase);

    private static TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when response.Headers.Date is { } now && date > now => date - now,
        _ => null,
    };

    private static string? Host(HttpResponseMessage response) =>
        response.Headers.Location is { } to && response.RequestMessage?.RequestUri is { } asked && Uri.TryCreate(asked, to, out var url)
            ? url.Host : null;

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? JsonText.Read(value) : null;
}
