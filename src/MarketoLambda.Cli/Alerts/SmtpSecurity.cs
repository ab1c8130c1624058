using System.Net;
using MailKit.Security;

namespace MarketoLambda.Cli.Alerts;

/// <summary>How the way to the mail server is encrypted, by the names people set.</summary>
internal static class SmtpSecurity
{
    private static readonly Dictionary<string, SecureSocketOptions> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["auto"] = SecureSocketOptions.Auto, // TLS on port 465, elsewhere STARTTLS where the server offers it
        ["starttls"] = SecureSocketOptions.StartTls,
        ["tls"] = SecureSocketOptions.SslOnConnect,
        ["none"] = SecureSocketOptions.None,
    };

    public static IReadOnlyCollection<string> Names => Known.Keys;

    /// <summary>Null when there is none of that name.</summary>
    public static SecureSocketOptions? Find(string name) => Known.TryGetValue(name, out var option) ? option : null;

    /// <summary>A password may go to this machine unencrypted, and to no other.</summary>
    public static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
