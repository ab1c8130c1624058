using Amazon.Runtime;
using Amazon.SimpleEmailV2;
using Amazon.SimpleEmailV2.Model;
using MarketoLambda.Sync.Outages;

namespace MarketoLambda.Functions.Alerts;

/// <summary>Sends alerts through Amazon SES. Where SES refuses or is out of reach it throws, and so the invocation fails.</summary>
internal sealed class SesAlerts(IAmazonSimpleEmailServiceV2 ses, AlertOptions options, AlertOrigin origin) : IAlertChannel
{
    public async Task SendAsync(OutageAlert alert, CancellationToken cancellationToken)
    {
        try
        {
            await ses.SendEmailAsync(Request(AlertMail.Compose(alert, origin)), cancellationToken);
        }
        catch (AmazonServiceException refused)
        {
            // Without SES's own words: they name the addresses.
            throw new IOException(
                $"Amazon SES refused the e-mail ({refused.GetType().Name}, {refused.ErrorCode ?? "no code"}, HTTP "
                    + $"{(int)refused.StatusCode}, request {refused.RequestId ?? "unknown"}): check that sender and recipients are "
                    + "verified and that the account may send."
            );
        }
        catch (Exception failure)
            when (failure is AmazonClientException or HttpRequestException or IOException or TimeoutException
                || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new IOException($"Amazon SES could not be reached ({failure.GetType().Name}).");
        }
    }

    private SendEmailRequest Request(AlertMail mail) => new()
    {
        FromEmailAddress = options.From,
        Destination = new Destination { ToAddresses = [.. options.Recipients] },
        ConfigurationSetName = options.ConfigurationSet.Length == 0 ? null : options.ConfigurationSet,
        Content = new EmailContent
        {
            Simple = new Message
            {
                Subject = Utf8(mail.Subject),
                Body = new Body { Text = Utf8(mail.Text), Html = Utf8(mail.Html) },
            },
        },
    };

    private static Content Utf8(string text) => new() { Charset = "UTF-8", Data = text };
}
