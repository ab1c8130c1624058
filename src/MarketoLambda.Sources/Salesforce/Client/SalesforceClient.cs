using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MarketoLambda.Marketo.Calls;

namespace MarketoLambda.Sources.Salesforce.Client;

/// <summary>Calls Salesforce: logs in when needed, once more when a session has ended, and repeats what failed in passing. Nothing else
/// repeats a call.</summary>
/// <remarks>
/// All calls only read, or create a bulk job that costs nothing if it is created twice; so each may be repeated. An answer that does not
/// fit the
/// question is a failed call too: what reads it is part of the call.
/// </remarks>
internal sealed class SalesforceClient(SalesforceConnection connection, HttpMessageHandler handler, TimeProvider time) : IDisposable
{
    /// <summary>Most bytes of an answer: bounds memory. A page of records that is larger is asked for with fewer of them.</summary>
    public const int MaxBytes = 32 * 1024 * 1024;

    private const int MaxTries = 4;

    /// <summary>Pause before the second try; doubled before each further one.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);

    /// <summary>Longest pause that Salesforce may ask for (<c>Retry-After</c>); what lasts longer is left to the next run.</summary>
    private static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(1);

    /// <summary>Salesforce gives a query up after two minutes. Source: Salesforce Developer Limits, "SOQL and SOSL limits".</summary>
    private static readonly TimeSpan TimeOut = TimeSpan.FromSeconds(150);

    private readonly HttpClient _http = new(handler,
        disposeHandler: false)
    { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MaxBytes };
    private SalesforceSession? _session;

    /// <summary>Salesforce's own clock, by its latest answer that could be understood.</summary>
    public DateTimeOffset? Date { get; private set; }

    public SalesforceConnection Connection => connection;

    /// <summary>Gets a JSON document.</summary>
    /// <param name="path">Behind <c>/services/data/vXX.0/</c>.</param>
    /// <param name="read">Makes sense of it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SalesforceException">Salesforce refused, or the tries are used up.</exception>
    public Task<T> GetAsync<T>(string path, Func<JsonElement, T> read, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, null, (_, body) => SalesforceJson.Read(body, read), cancellationToken);

    /// <summary>Gets the answer to a query.</summary>
    public async Task<T> QueryAsync<T>(string soql, bool withDeleted, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync($"{(withDeleted ? "queryAll" : "query")}?q={Uri.EscapeDataString(soql)}", read, cancellationToken);
        }
        catch (SalesforceException refusal)
        {
            refusal.Soql = soql;
            throw;
        }
    }

    /// <summary>Gets a part of a bulk result, and what leads to the next one.</summary>
    public Task<T> GetPartAsync<T>(string path, Func<BulkPart, T> read, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, null, (headers, body) => read(BulkPart.Read(headers, body)), cancellationToken);

    public Task<T> PostAsync<T>(string path, string json, Func<JsonElement, T> read, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, json, (_, body) => SalesforceJson.Read(body, read), cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<T> SendAsync<T>(HttpMethod method, string path, string? json, Func<HttpResponseHeaders, ReadOnlyMemory<byte>,
        T> read, CancellationToken cancellationToken)
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
                        HttpRequestMessage request = new(method,
                            new Uri(session.Instance, $"/services/data/v{connection.ApiVersion}/{path}"));
                        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", session.Token);
                        request.Headers.CacheControl = new CacheControlHeaderValue { NoCache = true };
                        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
                        return request;
                    },
                    read,
                    cancellationToken);
            }
            catch (SalesforceException failure) when (failure.Code == SalesforceException.InvalidSession && sessionsEnded++ == 0)
            {
                _session = _session == session ? null : _session; // another job may have logged in meanwhile
            }
        }
    }

    private Task<SalesforceSession> LogInAsync(CancellationToken cancellationToken) => RepeatAsync(
        () => new HttpRequestMessage(HttpMethod.Post,
            new Uri(connection.LoginUrl, "/services/oauth2/token"))
        { Content = SalesforceSession.Form(connection, time.GetUtcNow()) },
        (_, body) => SalesforceJson.Read(body, SalesforceSession.Read),
        cancellationToken);

    private async Task<T> RepeatAsync<T>(Func<HttpRequestMessage> request, Func<HttpResponseHeaders, ReadOnlyMemory<byte>, T> read,
        CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await TryAsync(request, read, cancellationToken);
            }
            catch (SalesforceException failure) when (failure.IsTransient && tries < MaxTries && !(failure.RetryAfter > MaxPause))
            {
                var asked = failure.RetryAfter ?? TimeSpan.Zero;
                await time.PauseAsync(asked > pause ? asked : pause, cancellationToken);
                pause *= 2;
            }
        }
    }

    private async Task<T> TryAsync<T>(Func<HttpRequestMessage> make, Func<HttpResponseHeaders, ReadOnlyMemory<byte>, T> read,
        CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeOut = new(TimeOut, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeOut.Token, cancellationToken);
        try
        {
            using var request = make();
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token);
            var body = await response.Content.ReadAsByteArrayAsync(either.Token);
            if (!response.IsSuccessStatusCode)
            {
                throw SalesforceErrors.Read(response, body);
            }

            var answer = read(response.Headers, body);
            Date = response.Headers.Date ?? Date;
            return answer;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SalesforceException("no answer", $"no answer within {TimeOut.TotalSeconds} s", isTransient: true);
        }
        catch (HttpRequestException failure) when (failure.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new SalesforceException(SalesforceException.TooLarge, $"an answer of more than {MaxBytes / 1024 / 1024} "
                + "MB", isTransient: false, failure);
        }
        catch (HttpRequestException failure)
        {
            throw new SalesforceException("no connection", Reason(failure), isTransient: true, failure);
        }
        catch (InvalidDataException failure)
        {
            throw new SalesforceException("no connection", "an answer that cannot be unpacked", isTransient: true, failure);
        }
    }

    private static string Reason(HttpRequestException failure) => failure.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "host name not found",
        HttpRequestError.SecureConnectionError => "TLS failed: is the certificate trusted here?",
        HttpRequestError.ProxyTunnelError => "the proxy refused",
        HttpRequestError.ConnectionError => "no connection",
        HttpRequestError.InvalidResponse => "what answers there does not speak HTTP",
        _ => "the connection broke off",
    };
}
