using System.Text.Json.Nodes;

namespace MarketoLambda.Testing.Salesforce;

/// <summary>A request as the organisation sees it.</summary>
internal sealed class OrgRequest
{
    private readonly Dictionary<string, string> _query;

    private OrgRequest(HttpMethod method, Uri uri, string? token, string body)
    {
        (Path, Token, Body) = (uri.AbsolutePath, token, body);
        _query = Parse(uri.Query.TrimStart('?'));
        Segments = Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        Kind = KindOf(method);
    }

    public string Path { get; }

    /// <summary>Parts of the path: <c>services data v62.0 …</c>.</summary>
    public string[] Segments { get; }

    public string? Token { get; }

    public string Body { get; }

    public OrgCallKind Kind { get; }

    public string ApiVersion => Segments.Length > 2 ? Segments[2].TrimStart('v') : "";

    public bool WithDeleted => Segments.Length > 3 && Segments[3] == "queryAll";

    public string? Soql => Kind == OrgCallKind.BulkCreate ? (string?)JsonNode.Parse(Body)?["query"] : _query.GetValueOrDefault("q");

    public IReadOnlyDictionary<string, string> Form => Parse(Body);

    public string? this[string parameter] => _query.GetValueOrDefault(parameter);

    public static async Task<OrgRequest> OfAsync(HttpRequestMessage request, CancellationToken cancellationToken) => new(
        request.Method,
        request.RequestUri ?? throw new InvalidOperationException("The request has no address"),
        request.Headers.Authorization is { Scheme: "Bearer" } authorization ? authorization.Parameter : null,
        request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken));

    private OrgCallKind KindOf(HttpMethod method) => (method.Method, Segments) switch
    {
        ("POST", ["services", "oauth2", "token"]) => OrgCallKind.Token,
        ("GET", ["services", "data", _, "sobjects", _, "describe"]) => OrgCallKind.Describe,
        ("GET", ["services", "data", _, "sobjects"]) => OrgCallKind.Objects,
        ("GET", ["services", "data", _, "query" or "queryAll"]) => OrgCallKind.Query,
        ("GET", ["services", "data", _, "query" or "queryAll", _]) => OrgCallKind.More,
        ("POST", ["services", "data", _, "jobs", "query"]) => OrgCallKind.BulkCreate,
        ("GET", ["services", "data", _, "jobs", "query", _]) => OrgCallKind.BulkStatus,
        ("GET", ["services", "data", _, "jobs", "query", _, "results"]) => OrgCallKind.BulkResults,
        _ => OrgCallKind.Other,
    };

    private static Dictionary<string, string> Parse(string form) => form.Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .ToDictionary(pair => Decoded(pair[0]), pair => pair.Length > 1 ? Decoded(pair[1]) : "", StringComparer.Ordinal);

    private static string Decoded(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}

/// <summary>The organisation as the innermost handler of an <see cref="HttpClient"/>: no socket.</summary>
internal sealed class OrgHandler(EmulatedOrg org) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (request.RequestUri?.Host != org.Options.Address.Host)
        {
            throw new HttpRequestException(HttpRequestError.NameResolutionError, "Name or service not known");
        }

        var answer = await org.AnswerAsync(await OrgRequest.OfAsync(request, cancellationToken));
        return answer.ToMessage(request, org.Time.GetUtcNow() + org.Options.DateSkew);
    }
}
