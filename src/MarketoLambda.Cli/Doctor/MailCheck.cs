using MarketoLambda.Cli.Alerts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MarketoLambda.Cli.Doctor;

/// <summary>Whether alerts can be mailed: connects to the mail server and logs in, and mails nothing.</summary>
internal sealed class MailCheck(IServiceProvider services, Findings findings)
{
    private const string Subject = "Mail";

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        AlertOptions options;
        try
        {
            options = services.GetRequiredService<IOptions<AlertOptions>>().Value;
        }
        catch (OptionsValidationException wrong)
        {
            foreach (var mistake in wrong.Failures)
            {
                findings.Wrong(Subject, mistake);
            }

            return;
        }

        if (!options.IsMailed)
        {
            findings.NotSeen(
                Subject,
                "no mail server is set, so alerts are only printed; Alerts__SmtpHost, Alerts__From and Alerts__To change that");
            return;
        }

        var login = options.HasLogin ? " and the login" : "";
        try
        {
            await services.GetRequiredService<SmtpAlerts>().ProbeAsync(cancellationToken);
            findings.Good(Subject, $"{options.SmtpHost}:{options.SmtpPort} takes the connection{login}; no mail was sent");
        }
        catch (IOException failure)
        {
            findings.Wrong(Subject, failure.Message);
        }
    }
}
