using System.Net;
using System.Net.Sockets;

namespace MarketoLambda.Emulator.Http;

/// <summary>
/// The emulator as the innermost handler of an <see cref="HttpClient"/>: no socket, and no thread hop unless a latency asks for one.
/// </summary>
internal sealed class EmulatorHandler(AnswerRequest answer) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var uri = request.RequestUri ?? throw new InvalidOperationException("The request has no address");
        var response = await answer(
            new EmulatorRequest(request.Method.Method, uri.AbsolutePath, uri.Query.TrimStart('?'), body)
            {
                Authorization = request.Headers.Authorization?.ToString(),
                ContentType = request.Content?.Headers.ContentType?.ToString(),
            },
            cancellationToken);
        return response.Delivery switch
        {
            Delivery.ConnectionRefused => throw new HttpRequestException(
                HttpRequestError.ConnectionError, "Connection refused", new SocketException((int)SocketError.ConnectionRefused)),
            Delivery.ConnectionBroken => throw new HttpRequestException(
                HttpRequestError.ResponseEnded,
                "The response ended prematurely",
                new IOException("The connection was reset", new SocketException((int)SocketError.ConnectionReset))),
            _ => ToMessage(response, request),
        };
    }

    private static HttpResponseMessage ToMessage(EmulatorResponse response, HttpRequestMessage request)
    {
        var message = new HttpResponseMessage((HttpStatusCode)response.Status)
        {
            RequestMessage = request,
            Content = new ReadOnlyMemoryContent(response.Body),
        };
        message.Content.Headers.TryAddWithoutValidation("Content-Type", response.ContentType);
        foreach (var (name, value) in response.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }
}
