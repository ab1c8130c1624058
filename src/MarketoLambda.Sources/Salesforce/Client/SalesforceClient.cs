using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace MarketoLambda.Sources.Salesforce.Client;

/// <summary>Calls Salesforce: logs in when needed, once more when a session has ended, and repeats what failed in passing. Nothing else repeats a call.</summary>
/// <remarks>All calls only read, or create a bulk job that costs nothing if it is created twice; so each may be repeated.</remarks>
internal sealed class SalesforceClient(SalesforceConnection connection, HttpMessageHandler handler, TimeProvider time) : IDisposable
{
    private const int MostTries = 4;

    /// <summary>Pause before the second try; doubled before each further one.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);

    /// <summary>Salesforce gives a query up after two minutes. Source: Salesforce Developer Limits, "SOQL and SOSL limits".</summary>
    private static readonly TimeSpan TimeOut = TimeSpan.FromSeconds(150);

    private readonly HttpClient _http = new(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
    private SalesforceSession? _session;

    /// <summary>Salesforce's own clock, by its latest answer.</summary>
    public DateTimeOffset? Date { get; private set; }

    public SalesforceConnection Connection => connection;

    /// <summary>Gets a JSON document.</summary>
    /// <param name="path">Behind <c>/services/data/vXX.0/</c>, or a whole path that Salesforce itself gave.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SalesforceException">Salesforce refused, or the tries are used up.</exception>
    public Task<JsonDocument> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, null, (_, body) => JsonDocument.Parse(body), cancellationToken);

    /// <summary>Gets the first page of a query.</summary>
    public async Task<JsonDocument> QueryAsync(string soql, bool withDeleted, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync($"{(withDeleted ? "queryAll" : "query")}?q={Uri.EscapeDataString(soql)}", cancellationToken);
        }
        catch (SalesforceException refusal)
        {
            refusal.Soql = soql;
            throw;
        }
    }

    /// <summary>Gets a part of a bulk result, and what leads to the next one.</summary>
    public Task<BulkPart> GetPartAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, null, BulkPart.Of, cancellationToken);

    public Task<JsonDocument> PostAsync(string path, string json, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, json, (_, body) => JsonDocument.Parse(body), cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<T> SendAsync<T>(HttpMethod method, string path, string? json, Func<HttpResponseHeaders, ReadOnlyMemory<byte>, T> read, CancellationToken cancellationToken)
    {
        var sessionsEnded = 0;
        while (true)
        {
            var session = _session ??= await LogInAsync(cancellationToken);
            try
            {
                return await RepeatAsync(
                    () =>
                    {
                        HttpRequestMessage request = new(method, new Uri(session.Instance, path.StartsWith('/') ? path : $"/services/data/v{connection.ApiVersion}/{path}"));
                        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", session.Token);
                        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
                        return request;
                    },
                    read,
                    cancellationToken);
            }
            catch (SalesforceException failure) when (failure.Code == SalesforceException.InvalidSession && sessionsEnded++ == 0)
            {
                _session = null;
            }
        }
    }

    private Task<SalesforceSession> LogInAsync(CancellationToken cancellationToken) => RepeatAsync(
        () => new HttpRequestMessage(HttpMethod.Post, new Uri(connection.LoginUrl, "/services/oauth2/token")) { Content = SalesforceSession.Form(connection, time.GetUtcNow()) },
        (_, body) =>
        {
            using var answer = JsonDocument.Parse(body);
            return SalesforceSession.Read(answer.RootElement);
        },
        cancellationToken);

    private async Task<T> RepeatAsync<T>(Func<HttpRequestMessage> request, Func<HttpResponseHeaders, ReadOnlyMemory<byte>, T> read, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await TryAsync(request, read, cancellationToken);
            }
            catch (SalesforceException failure) when (failure.IsTransient && tries < MostTries)
            {
                await Task.Delay(pause, time, CancellationToken.None).WaitAsync(cancellationToken);
                pause *= 2;
            }
        }
    }

    private async Task<T> TryAsync<T>(Func<HttpRequestMessage> make, Func<HttpResponseHeaders, ReadOnlyMemory<byte>, T> read, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeOut = new(TimeOut, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeOut.Token, cancellationToken);
        try
        {
            using var request = make();
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token);
            var body = await response.Content.ReadAsByteArrayAsync(either.Token);
            Date = response.Headers.Date ?? Date;
            if (!response.IsSuccessStatusCode)
            {
                throw SalesforceErrors.Read(response.StatusCode, body);
            }

            return read(response.Headers, body);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SalesforceException("no answer", $"no answer within {TimeOut.TotalSeconds} s", isTransient: true);
        }
        catch (HttpRequestException failure)
        {
            throw new SalesforceException("no connection", Reason(failure), isTransient: true, failure);
        }
        catch (JsonException)
        {
            throw SalesforceException.Foreign(HttpStatusCode.OK);
        }
    }

    private static string Reason(HttpRequestException failure) => failure.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "host name not found",
        HttpRequestError.SecureConnectionError => "TLS failed: is the certificate trusted here?",
        HttpRequestError.ProxyTunnelError => "the proxy refused",
        HttpRequestError.ConnectionError => "no connection",
        _ => "the connection broke off",
    };
}
