using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace MarketoLambda.Cli.Alerts;

/// <summary>
/// Why a mail could not be sent, in a sentence that names the setting to correct. The server's own words stay out of it: they may quote the
/// login.
/// </summary>
internal static class MailFailure
{
    /// <summary>Null for a failure nobody foresaw.</summary>
    public static string? Sentence(Exception failure, MailConnection connection, AlertOptions options)
    {
        var server = $"{options.SmtpHost}:{options.SmtpPort}";
        return failure switch
        {
            SslHandshakeException =>
                $"No encrypted connection with the mail server {server}: check that Alerts__SmtpSecurity fits the port (587 starttls, 465 "
                    + $"tls) and that the server's certificate is valid and issued for {options.SmtpHost}",
            AuthenticationException => $"The mail server {server} refused the login: check Alerts__SmtpUser and Alerts__SmtpPassword",
            NotSupportedException when !connection.IsConnected =>
                $"The mail server {server} offers no STARTTLS: set Alerts__SmtpSecurity to tls or auto",
            NotSupportedException =>
                $"The mail server {server} takes no login: use the port where it does (often 587), or remove Alerts__SmtpUser and "
                    + "Alerts__SmtpPassword",
            SmtpCommandException when connection.Refused.Count > 0 =>
                $"The mail server {server} refused {string.Join(", ", connection.Refused)}: check Alerts__To",
            SmtpCommandException { ErrorCode: SmtpErrorCode.SenderNotAccepted } refused =>
                $"The mail server {server} refused the sender ({(int)refused.StatusCode}): check "
                    + $"Alerts__From{(options.HasLogin ? "" : ", and whether it wants a login (Alerts__SmtpUser)")}",
            SmtpCommandException refused =>
                $"The mail server {server} refused the mail "
                    + $"({(int)refused.StatusCode}){(options.HasLogin ? "" : ": check whether it wants a login (Alerts__SmtpUser)")}",
            SocketException socket =>
                $"No connection to the mail server {server} ({Reason(socket)}): check Alerts__SmtpHost and Alerts__SmtpPort",
            ProtocolException or IOException =>
                $"The mail server {server} broke off: check that Alerts__SmtpPort is its port for mail, and that Alerts__SmtpSecurity fits "
                    + "it (587 starttls, 465 tls)",
            _ => null,
        };
    }

    private static string Reason(SocketException socket) => socket.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "connection refused",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "unknown name",
        var other => other.ToString(),
    };
}
