using System.Net;
using System.Text.Json;

namespace MarketoLambda.Sources.Salesforce.Client;

/// <summary>Reads the two shapes in which Salesforce refuses.</summary>
/// <remarks>Source: REST API Developer Guide, "Status Codes and Error Responses"; help, remoteaccess_oauth_flow_errors.</remarks>
internal static class SalesforceErrors
{
    /// <summary>Codes after which the same call may go through a little later.</summary>
    private static readonly HashSet<string> Transient = new(StringComparer.Ordinal)
    {
        "SERVER_UNAVAILABLE", "UNKNOWN_EXCEPTION", "UNABLE_TO_LOCK_ROW", "TXN_SECURITY_METERING_ERROR", "REQUEST_RUNNING_TOO_LONG", "unknown_error", "server_error",
    };

    public static SalesforceException Read(HttpStatusCode status, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var error = json.RootElement is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0 ? list[0] : json.RootElement;
            if (error.ValueKind == JsonValueKind.Object && (Text(error, "errorCode") ?? Text(error, "error")) is { } code)
            {
                return new SalesforceException(code, Text(error, "message") ?? Text(error, "error_description") ?? "", Transient.Contains(code) || status >= HttpStatusCode.InternalServerError);
            }
        }
        catch (JsonException)
        {
            // told below
        }

        return SalesforceException.Foreign(status);
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
