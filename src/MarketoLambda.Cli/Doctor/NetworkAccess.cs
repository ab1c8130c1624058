using System.Net;

namespace MarketoLambda.Cli.Doctor;

/// <summary>How this machine reaches others, for whoever wants to know each step of it.</summary>
internal sealed class NetworkAccess
{
    /// <summary>Looks a host name up; fails with a <see cref="System.Net.Sockets.SocketException"/>.</summary>
    public Func<string, CancellationToken, Task> ResolveAsync { get; init; } =
        (host, cancellationToken) => Dns.GetHostAddressesAsync(host, cancellationToken);

    /// <summary>The proxy through which that address is reached; null for none.</summary>
    public Func<Uri, Uri?> FindProxy { get; init; } = address =>
        HttpClient.DefaultProxy.IsBypassed(address) ? null : HttpClient.DefaultProxy.GetProxy(address);

    /// <summary>Sends requests, and shows the certificate of who answers.</summary>
    public Func<CertificateView, HttpMessageHandler> CreateHandler { get; init; } = certificate => new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        UseCookies = false,
        SslOptions = { RemoteCertificateValidationCallback = certificate.See },
    };

    /// <summary>Takes the place of the network for Marketo's own client; null for the network.</summary>
    public Func<HttpMessageHandler>? Marketo { get; init; }
}
