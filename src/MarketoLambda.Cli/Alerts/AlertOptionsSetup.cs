using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace MarketoLambda.Cli.Alerts;

/// <summary>Reads the options from a configuration section; what is blank counts as not set.</summary>
/// <remarks>By hand, for the reasons of Marketo's options: one mistake must not hide the others.</remarks>
internal sealed class AlertOptionsSetup(IConfiguration section) : IConfigureOptions<AlertOptions>
{
    /// <summary>Outside the range, so that the validator names the setting.</summary>
    private const int Unreadable = 0;

    public void Configure(AlertOptions options)
    {
        options.SmtpHost = Text(nameof(AlertOptions.SmtpHost), options.SmtpHost);
        options.SmtpPort = Number(nameof(AlertOptions.SmtpPort), options.SmtpPort);
        options.SmtpUser = Text(nameof(AlertOptions.SmtpUser), options.SmtpUser);
        options.SmtpPassword = section[nameof(AlertOptions.SmtpPassword)] ?? options.SmtpPassword;
        options.SmtpSecurity = Text(nameof(AlertOptions.SmtpSecurity), options.SmtpSecurity);
        options.From = Text(nameof(AlertOptions.From), options.From);
        options.To = Text(nameof(AlertOptions.To), options.To);
    }

    private string Text(string name, string whenAbsent) => section[name]?.Trim() is { Length: > 0 } text ? text : whenAbsent;

    private int Number(string name, int whenAbsent) =>
        string.IsNullOrWhiteSpace(section[name]) ? whenAbsent
        : int.TryParse(section[name], NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number
        : Unreadable;
}
