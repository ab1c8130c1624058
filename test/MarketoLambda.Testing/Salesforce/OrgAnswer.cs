using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace MarketoLambda.Testing.Salesforce;

/// <summary>An answer of the organisation.</summary>
internal sealed record OrgAnswer(int Status, string Body, string ContentType = "application/json;charset=UTF-8")
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public static OrgAnswer Ok(JsonNode body) => new(200, body.ToJsonString());

    /// <summary>Salesforce's shape of errors: always a list.</summary>
    public static OrgAnswer Error(int status, string errorCode, string message) =>
        new(status, new JsonArray(new JsonObject { ["message"] = message, ["errorCode"] = errorCode }).ToJsonString());

    /// <summary>The shape of the token endpoint.</summary>
    public static OrgAnswer OAuthError(string error, string description) =>
        new(400, new JsonObject { ["error"] = error, ["error_description"] = description }.ToJsonString());

    public HttpResponseMessage ToMessage(HttpRequestMessage request, DateTimeOffset now)
    {
        HttpResponseMessage message = new((HttpStatusCode)Status)
        {
            RequestMessage = request,
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body)),
        };
        message.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        message.Headers.Date = now;
        foreach (var (name, value) in Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }
}
