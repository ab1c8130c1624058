using MailKit.Net.Smtp;
using MimeKit;

namespace MarketoLambda.Cli.Alerts;

/// <summary>A connection to the mail server over which a mail reaches those it can, even where one recipient is refused.</summary>
internal sealed class MailConnection : SmtpClient
{
    private readonly List<string> _refused = [];

    // As .NET's HTTP client: where the lists are out of reach an alert must not be lost
    public MailConnection() => CheckCertificateRevocation = false;

    /// <summary>Recipients the server did not take.</summary>
    public IReadOnlyList<string> Refused => _refused;

    protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
        _refused.Add($"{mailbox.Address} ({(int)response.StatusCode})");
}
