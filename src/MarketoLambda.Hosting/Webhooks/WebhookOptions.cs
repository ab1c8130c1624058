using Microsoft.Extensions.Options;

namespace MarketoLambda.Hosting.Webhooks;

/// <summary>Who may call the webhook.</summary>
public sealed class WebhookOptions
{
    public const string Section = "Webhook";

    /// <summary>What callers send in the header <see cref="WebhookSecrets.Header"/>.</summary>
    /// <value>16 to 200 printable ASCII characters without blanks.</value>
    public string Secret { get; set; } = "";

    /// <summary>Also accepted while callers are being moved to a new secret; empty otherwise.</summary>
    public string PreviousSecret { get; set; } = "";
}

/// <summary>Names what is wrong, never a value.</summary>
internal sealed class WebhookOptionsValidator : IValidateOptions<WebhookOptions>
{
    private const int MinCharacters = 16;
    private const int MaxCharacters = 200;

    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        List<string> mistakes = [];
        if (!IsSecret(options.Secret))
        {
            mistakes.Add(
                $"Webhook__Secret must have {MinCharacters} to {MaxCharacters} printable ASCII characters without blanks: make one with "
                    + "\"openssl rand -hex 32\"."
            );
        }

        if (options.PreviousSecret.Length > 0 && !IsSecret(options.PreviousSecret))
        {
            mistakes.Add(
                $"Webhook__PreviousSecret must have {MinCharacters} to {MaxCharacters} printable ASCII characters without blanks, or be "
                    + "left out."
            );
        }

        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static bool IsSecret(string text) =>
        text.Length is >= MinCharacters and <= MaxCharacters && text.All(character => character is > ' ' and <= '~');
}
