using MarketoLambda.Sync.Outages;
using Microsoft.Extensions.Options;

namespace MarketoLambda.Cli.Alerts;

/// <summary>
/// Prints alerts, and mails them where a mail server is set: then only a mail that was taken counts as sent, since nobody may be watching.
/// </summary>
internal sealed class LocalAlerts(ConsoleAlerts console, SmtpAlerts mail, IOptions<AlertOptions> options) : IAlertChannel
{
    public async Task SendAsync(OutageAlert alert, CancellationToken cancellationToken)
    {
        await console.SendAsync(alert, cancellationToken);
        if (options.Value.IsMailed)
        {
            await mail.SendAsync(alert, cancellationToken);
        }
    }
}
