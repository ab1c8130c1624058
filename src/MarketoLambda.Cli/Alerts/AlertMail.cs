using MarketoLambda.Sync.Outages;
using MimeKit;

namespace MarketoLambda.Cli.Alerts;

/// <summary>An alert as a mail, in plain text and as a page.</summary>
internal static class AlertMail
{
    public static MimeMessage Compose(OutageAlert alert, AlertOptions options, DateTimeOffset now)
    {
        MimeMessage mail = new()
        {
            Subject = alert.Subject,
            Date = now,
            Importance = alert.IsOver ? MessageImportance.Normal : MessageImportance.High,
        };
        mail.From.AddRange(Addresses(options.From));
        mail.To.AddRange(Addresses(options.To));
        mail.Headers.Add("Auto-Submitted", "auto-generated"); // no absence notes, please
        mail.Body = new BodyBuilder { TextBody = alert.Text, HtmlBody = alert.Html }.ToMessageBody();
        return mail;
    }

    private static IReadOnlyList<MailboxAddress> Addresses(string text) =>
        MailAddresses.Read(text) ?? throw new InvalidOperationException("The settings were not validated.");
}
