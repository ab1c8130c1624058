using MailKit.Security;
using Microsoft.Extensions.Options;

namespace MarketoLambda.Cli.Alerts;

/// <summary>Names all mistakes in <see cref="AlertOptions"/> at once, in the names people set them by, without their values.</summary>
internal sealed class AlertOptionsValidator : IValidateOptions<AlertOptions>
{
    public ValidateOptionsResult Validate(string? name, AlertOptions options)
    {
        List<string> mistakes =
        [
            .. ServerMistakes(options),
            .. options.IsMailed ? [.. LoginMistakes(options), .. AddressMistakes(options)] : Array.Empty<string>(),
        ];
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static IEnumerable<string> ServerMistakes(AlertOptions options)
    {
        if (!options.IsMailed)
        {
            if (new[] { options.From, options.To, options.SmtpUser, options.SmtpPassword }.Any(value => value.Length > 0))
            {
                yield return "Alerts__SmtpHost is missing: set it to the name of your mail server, or remove the other Alerts__ settings "
                    + "to have alerts printed only.";
            }
        }
        else if (Uri.CheckHostName(options.SmtpHost) == UriHostNameType.Unknown)
        {
            yield return "Alerts__SmtpHost must be the name or address of a mail server and nothing else: the port goes into "
                + "Alerts__SmtpPort.";
        }

        if (options.SmtpPort is < 1 or > 65535)
        {
            yield return "Alerts__SmtpPort must be a whole number from 1 to 65535: set it, or remove it for the default of 587.";
        }

        if (SmtpSecurity.Find(options.SmtpSecurity) is null)
        {
            yield return $"Alerts__SmtpSecurity must be one of {string.Join(", ", SmtpSecurity.Names)}: set it, or remove it for the "
                + "default of auto.";
        }
    }

    private static IEnumerable<string> LoginMistakes(AlertOptions options)
    {
        if (options.SmtpPassword.Length > 0 && !options.HasLogin)
        {
            yield return "Alerts__SmtpUser is missing: set it to the login that Alerts__SmtpPassword belongs to, or remove the password.";
        }

        if (options.HasLogin && options.SmtpPassword.Length == 0)
        {
            yield return "Alerts__SmtpPassword is missing: set it to the password of Alerts__SmtpUser, or remove the user.";
        }

        var isReadable = SmtpSecurity.Find(options.SmtpSecurity) == SecureSocketOptions.None;
        if (options.HasLogin && isReadable && !SmtpSecurity.IsThisMachine(options.SmtpHost))
        {
            yield return "Alerts__SmtpSecurity none would send Alerts__SmtpPassword readable through the network: set it to starttls or "
                + "tls, or remove user and password.";
        }
    }

    private static IEnumerable<string> AddressMistakes(AlertOptions options)
    {
        if (MailAddresses.Read(options.From) is not [_])
        {
            yield return "Alerts__From must be one mail address, such as marketo@example.com: set it to a sender that your mail server "
                + "accepts.";
        }

        if (MailAddresses.Read(options.To) is null)
        {
            yield return "Alerts__To must be one or more mail addresses, separated by commas: set it to those who are to be told.";
        }
    }
}
