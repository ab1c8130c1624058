using MailKit;
using MarketoLambda.Cli.Output;
using MarketoLambda.Sync.Outages;
using Microsoft.Extensions.Options;

namespace MarketoLambda.Cli.Alerts;

/// <summary>Mails alerts through an SMTP server.</summary>
internal sealed class SmtpAlerts(IOptions<AlertOptions> settings, TimeProvider time) : IAlertChannel
{
    /// <summary>From the first connection until the server has taken the mail.</summary>
    public static readonly TimeSpan MaxDuration = TimeSpan.FromSeconds(30);

    /// <exception cref="IOException">The server has not taken it.</exception>
    public async Task SendAsync(OutageAlert alert, CancellationToken cancellationToken)
    {
        using MailConnection connection = new();
        await TryAsync(
            connection,
            giveUp => connection.SendAsync(AlertMail.Compose(alert, settings.Value, time.GetUtcNow()), giveUp),
            cancellationToken);
        if (connection.Refused.Count > 0)
        {
            Terminal.Warning($"  The mail server did not take the mail for {string.Join(", ", connection.Refused)}: check Alerts__To.");
        }
    }

    /// <summary>Connects and logs in, and mails nothing.</summary>
    /// <exception cref="IOException">The server cannot be reached, or refuses the login.</exception>
    public async Task ProbeAsync(CancellationToken cancellationToken)
    {
        using MailConnection connection = new();
        await TryAsync(connection, connection.NoOpAsync, cancellationToken);
    }

    private async Task TryAsync(MailConnection connection, Func<CancellationToken, Task> use, CancellationToken cancellationToken)
    {
        var options = settings.Value;
        using CancellationTokenSource timeOut = new(MaxDuration, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeOut.Token, cancellationToken);
        try
        {
            await ConnectAsync(options, connection, either.Token);
            await use(either.Token);
            await EndAsync(connection, either.Token);
        }
        catch (OperationCanceledException failure) when (timeOut.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new IOException(
                $"The mail server {options.SmtpHost}:{options.SmtpPort} did not take the mail within {MaxDuration.TotalSeconds:0} seconds: "
                    + "check Alerts__SmtpHost, Alerts__SmtpPort and Alerts__SmtpSecurity (465 needs tls)",
                failure);
        }
        catch (Exception failure) when (MailFailure.Sentence(failure, connection, options) is { } sentence)
        {
            throw new IOException(sentence, failure);
        }
    }

    private static async Task ConnectAsync(AlertOptions options, MailConnection connection, CancellationToken cancellationToken)
    {
        await connection.ConnectAsync(
            options.SmtpHost,
            options.SmtpPort,
            SmtpSecurity.Find(options.SmtpSecurity) ?? throw new InvalidOperationException("The settings were not validated."),
            cancellationToken);
        if (!options.HasLogin)
        {
            return;
        }

        if (!connection.IsSecure && !SmtpSecurity.IsThisMachine(options.SmtpHost))
        {
            throw new IOException(
                $"The mail server {options.SmtpHost}:{options.SmtpPort} offers no encryption, and the password would be readable on "
                    + "its way: set Alerts__SmtpSecurity to tls, or remove Alerts__SmtpUser and Alerts__SmtpPassword"
            );
        }

        await connection.AuthenticateAsync(options.SmtpUser, options.SmtpPassword, cancellationToken);
    }

    private static async Task EndAsync(MailConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await connection.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or ProtocolException or OperationCanceledException)
        {
            // The server has taken the mail; how the connection ends does not matter.
        }
    }
}
