using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text.Json;
using MarketoLambda.Marketo.Wire;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Cli.Doctor;

/// <summary>From the host name to the first answer: DNS, TLS, clock, and whether it is Marketo that answers. Sends no secret.</summary>
internal sealed class ConnectionCheck(NetworkAccess network, TimeProvider time, Findings findings)
{
    /// <summary>Leases and tokens count seconds; a clock that is further off is set by nobody.</summary>
    private static readonly TimeSpan MaxClockDifference = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan MaxDuration = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan CertificateEndsSoon = TimeSpan.FromDays(14);

    private const string Form =
        "set Marketo__BaseUrl to the endpoint in Admin > Web Services, which is like https://123-ABC-456.mktorest.com";

    /// <summary>True where Marketo answers.</summary>
    public async Task<bool> IsReachedAsync(Uri address, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeOut = new(MaxDuration, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeOut.Token, cancellationToken);
        try
        {
            return await IsNameKnownAsync(address, either.Token) && await AnswersAsync(address, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            findings.Unreachable(
                "Connection",
                $"{address.Host} did not answer within {MaxDuration.TotalSeconds:0} seconds: look at firewall, proxy and "
                    + "https://status.adobe.com");
            return false;
        }
    }

    private async Task<bool> IsNameKnownAsync(Uri address, CancellationToken cancellationToken)
    {
        if (address.HostNameType != UriHostNameType.Dns)
        {
            return true;
        }

        if (network.FindProxy(address) is { } proxy)
        {
            findings.NotSeen("DNS", $"requests go through the proxy {proxy.Host}:{proxy.Port}, which looks {address.Host} up");
            return true;
        }

        try
        {
            await network.ResolveAsync(address.Host, cancellationToken);
            findings.Good("DNS", $"{address.Host} is known");
            return true;
        }
        catch (SocketException failure) when (failure.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData)
        {
            findings.Wrong("DNS", $"there is no host {address.Host}: {Form}; if it is right, this machine's name server does not know it");
        }
        catch (SocketException)
        {
            findings.Unreachable("DNS", $"{address.Host} could not be looked up: check this machine's network and its name server");
        }

        return false;
    }

    private async Task<bool> AnswersAsync(Uri address, CancellationToken cancellationToken)
    {
        CertificateView certificate = new();
        using HttpClient http = new(network.CreateHandler(certificate)) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        try
        {
            // Without a token Marketo refuses it, which costs nobody a call.
            using var response = await http.GetAsync(new Uri("/rest/v1/stats/usage.json", UriKind.Relative), cancellationToken);
            AddTls(address, certificate);
            var isMarketo = await IsMarketoAsync(response, cancellationToken);
            if (isMarketo)
            {
                AddClock(response);
            }

            return isMarketo;
        }
        catch (HttpRequestException failure) when (failure.HttpRequestError == HttpRequestError.SecureConnectionError)
        {
            findings.Wrong("TLS", $"no encrypted connection with {address.Host} ({WhyNot(certificate)})");
        }
        catch (HttpRequestException failure)
        {
            findings.Unreachable(
                "Connection",
                $"no connection with {address.Authority} ({ConnectionFailure.Describe(failure) ?? "it broke"}): look at firewall and "
                    + "proxy");
        }

        return false;
    }

    private void AddTls(Uri address, CertificateView certificate)
    {
        if (address.Scheme != Uri.UriSchemeHttps)
        {
            findings.NotSeen("TLS", "not used on this machine itself");
        }
        else if (certificate.ValidUntil is { } end)
        {
            var day = end.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var text = $"the certificate is trusted and valid until {day}, from {certificate.Issuer}";
            (end - time.GetUtcNow() < CertificateEndsSoon ? (Action<string, string>)findings.Warn : findings.Good)("TLS", text);
        }
        else
        {
            findings.NotSeen("TLS", "the certificate was not shown");
        }
    }

    private static string WhyNot(CertificateView certificate) => certificate switch
    {
        { ValidUntil: null } => "it ended before a certificate was shown: does a firewall or proxy cut it off?",
        { Errors: var errors } when errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) =>
            "the certificate is for another name: is the address right, or does a proxy answer?",
        _ => $"the certificate, from {certificate.Issuer}, is not trusted here: where a proxy opens TLS, install its root certificate",
    };

    private void AddClock(HttpResponseMessage response)
    {
        if (response.Headers.Date is not { } theirs)
        {
            findings.NotSeen("Clock", "the answer does not say what time it is");
            return;
        }

        var difference = time.GetUtcNow() - theirs;
        var seconds = Quantity.Format((long)difference.Duration().TotalSeconds, "second");
        if (difference.Duration() > MaxClockDifference)
        {
            findings.Warn(
                "Clock",
                $"this machine is {seconds} {(difference > TimeSpan.Zero ? "ahead of" : "behind")} Marketo: set its clock by NTP");
        }
        else
        {
            findings.Good("Clock", $"{seconds} from Marketo's");
        }
    }

    private async Task<bool> IsMarketoAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var status = (int)response.StatusCode;
        if (IsEnvelope(body))
        {
            findings.Good("Address", "Marketo's API answers");
            return true;
        }

        if (response.StatusCode >= HttpStatusCode.InternalServerError)
        {
            findings.Unreachable("Address", $"it answers HTTP {status}: look at https://status.adobe.com, and try again later");
        }
        else if (response.Headers.Location is { IsAbsoluteUri: true } elsewhere)
        {
            findings.Wrong("Address", $"it sends elsewhere, to {elsewhere.Scheme}://{elsewhere.Authority}: {Form}");
        }
        else
        {
            findings.Wrong("Address", $"what answers there is not Marketo's API (HTTP {status}): {Form}");
        }

        return false;
    }

    /// <summary>Marketo's answers have all these, whatever they say.</summary>
    private static bool IsEnvelope(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("requestId", out _)
                && json.RootElement.TryGetProperty("success", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
