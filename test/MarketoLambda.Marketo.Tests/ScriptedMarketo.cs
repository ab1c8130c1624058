using System.Net;
using System.Text;

namespace MarketoLambda.Marketo.Tests;

/// <summary>A Marketo that answers what a test says, byte for byte: for the shapes and breakages that no emulator would produce.</summary>
internal sealed class ScriptedMarketo(TimeProvider time) : HttpMessageHandler
{
    private readonly Queue<Func<CancellationToken, Task<HttpResponseMessage>>> _answers = new();

    /// <summary>Counted calls as they arrived.</summary>
    public List<ReceivedCall> Calls { get; } = [];

    /// <summary>Identity calls as they arrived.</summary>
    public List<ReceivedCall> TokenCalls { get; } = [];

    /// <summary>Answers identity; by default always with the same long-lived token.</summary>
    public Func<CancellationToken, Task<HttpResponseMessage>> Token { get; set; } =
        _ => Task.FromResult(Json("""{"access_token":"token-1:int","token_type":"bearer","expires_in":3599,"scope":"api@example.com"}"""));

    /// <summary>Answers what the script leaves open.</summary>
    public Func<ReceivedCall, CancellationToken, Task<HttpResponseMessage>> Otherwise { get; set; } =
        (_, _) => Task.FromResult(Json("""{"requestId":"a#1","result":[],"success":true}"""));

    public ScriptedMarketo Then(string json) => Then(_ => Task.FromResult(Json(json)));

    public ScriptedMarketo Then(HttpStatusCode status, string body, string mediaType = "text/html") =>
        Then(_ => Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, mediaType) }));

    public ScriptedMarketo ThenThrow(Exception exception) => Then(_ => Task.FromException<HttpResponseMessage>(exception));

    public ScriptedMarketo ThenSilence() => Then(new TaskCompletionSource<HttpResponseMessage>().Task.WaitAsync);

    public ScriptedMarketo ThenError(string code, string message = "words of Marketo") => Then(ErrorJson(code, message));

    public ScriptedMarketo Then(Func<CancellationToken, Task<HttpResponseMessage>> answer)
    {
        _answers.Enqueue(answer);
        return this;
    }

    public static string ErrorJson(string code, string message = "words of Marketo") =>
        $$"""{"requestId":"e42b#14272d07d78","success":false,"errors":[{"code":"{{code}}","message":"{{message}}"}]}""";

    public static HttpResponseMessage Json(string json) =>
        new(HttpStatusCode.OK) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var call = new ReceivedCall(
            request.Method.Method,
            request.RequestUri?.OriginalString ?? "",
            body,
            request.Content?.Headers.ContentLength,
            request.Content?.Headers.ContentType?.ToString(),
            request.Headers.Authorization?.ToString(),
            time.GetUtcNow());
        var response = await AnswerAsync(call, cancellationToken);
        response.RequestMessage = request; // Refit throws without it.
        return response;
    }

    private Task<HttpResponseMessage> AnswerAsync(ReceivedCall call, CancellationToken cancellationToken)
    {
        if (call.Url.Contains("/identity/", StringComparison.Ordinal))
        {
            TokenCalls.Add(call);
            return Token(cancellationToken);
        }

        Calls.Add(call);
        return _answers.TryDequeue(out var answer) ? answer(cancellationToken) : Otherwise(call, cancellationToken);
    }
}

/// <summary>A request as it arrived.</summary>
internal sealed record ReceivedCall(
    string Method,
    string Url,
    string Body,
    long? ContentLength,
    string? ContentType,
    string? Authorization,
    DateTimeOffset At);
