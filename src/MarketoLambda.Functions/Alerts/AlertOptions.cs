using System.Net.Mail;
using Microsoft.Extensions.Options;

namespace MarketoLambda.Functions.Alerts;

/// <summary>Who gets an e-mail when Marketo cannot be reached.</summary>
internal sealed class AlertOptions
{
    public const string Section = "Alerts";

    /// <summary>Sender: an address or domain verified in SES.</summary>
    public string From { get; set; } = "";

    /// <summary>Recipients, separated by commas. While the account is in SES's sandbox each must be verified, too.</summary>
    public string To { get; set; } = "";

    /// <summary>SES configuration set; empty for none.</summary>
    public string ConfigurationSet { get; set; } = "";

    public IReadOnlyList<string> Recipients => To.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

internal sealed class AlertOptionsValidator : IValidateOptions<AlertOptions>
{
    /// <summary>Most recipients of one message.</summary>
    /// <remarks>Source: Amazon SES, service quotas.</remarks>
    private const int MaxRecipients = 50;

    public ValidateOptionsResult Validate(string? name, AlertOptions options)
    {
        List<string> mistakes = [];
        if (!IsAddress(options.From))
        {
            mistakes.Add("Alerts__From must be an e-mail address that is verified in SES.");
        }

        if (options.Recipients.Count is 0 or > MaxRecipients || !options.Recipients.All(IsAddress))
        {
            mistakes.Add($"Alerts__To must be 1 to {MaxRecipients} e-mail addresses, separated by commas.");
        }

        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static bool IsAddress(string text) => MailAddress.TryCreate(text, out var address) && address.Address == text;
}
