using System.Net.Sockets;

namespace MarketoLambda.Sync.Tests.Targets;

/// <summary>Stands between the client and Marketo: one write of records is not sent, since there is no host or no connection.</summary>
/// <param name="hostIsUnknown">The host's name leads nowhere; otherwise nobody listens there.</param>
/// <param name="nth">Which of the writes, from 1.</param>
internal sealed class NotSentOnce(bool hostIsUnknown, int nth)
{
    private int _writes;

    public HttpMessageHandler Before(HttpMessageHandler marketo) => new Wire(this, marketo);

    private bool IsTheOne(HttpRequestMessage request) =>
        request.Method == HttpMethod.Post
        && !request.RequestUri!.Query.Contains("_method", StringComparison.Ordinal)
        && !request.RequestUri.AbsolutePath.Contains("customObjectSync", StringComparison.Ordinal)
        && ++_writes == nth;

    private HttpRequestException Failure() => hostIsUnknown
        ? new HttpRequestException(HttpRequestError.NameResolutionError, "Name or service not known")
        : new HttpRequestException(
            HttpRequestError.ConnectionError,
            "Connection refused",
            new SocketException((int)SocketError.ConnectionRefused));

    private sealed class Wire(NotSentOnce wire, HttpMessageHandler marketo) : DelegatingHandler(marketo)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            !wire.IsTheOne(request) ? base.SendAsync(request, cancellationToken)
            : throw wire.Failure();
    }
}
