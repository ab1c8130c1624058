using System.Net.Sockets;

namespace MarketoLambda.Marketo.Wire;

/// <summary>Why no connection came about, for people.</summary>
public static class ConnectionFailure
{
    /// <summary>Some words, such as <c>connection refused</c>; null where a connection had come about, and something else failed.</summary>
    public static string? Describe(HttpRequestException failure) => failure.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "host name not found",
        HttpRequestError.SecureConnectionError => "TLS failed: is the certificate trusted here?",
        HttpRequestError.ProxyTunnelError => "the proxy refused",
        HttpRequestError.ConnectionError => (failure.InnerException as SocketException)?.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => "connection refused",
            SocketError.TimedOut => "no answer",
            SocketError.NetworkUnreachable or SocketError.HostUnreachable => "no way through the network",
            _ => "connection failed",
        },
        _ => null,
    };
}
