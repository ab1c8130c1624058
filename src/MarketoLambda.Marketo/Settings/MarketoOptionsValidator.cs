using Microsoft.Extensions.Options;

namespace MarketoLambda.Marketo.Settings;

/// <summary>Names all mistakes in <see cref="MarketoOptions"/> at once, in the names people set them by, without their values.</summary>
internal sealed class MarketoOptionsValidator : IValidateOptions<MarketoOptions>
{
    private const string Credentials = "copy it from Admin > LaunchPoint > View Details";

    public ValidateOptionsResult Validate(string? name, MarketoOptions options)
    {
        List<string> mistakes = [.. AccessMistakes(options), .. LimitMistakes(options)];
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static IEnumerable<string> AccessMistakes(MarketoOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.BaseUrl))
        {
            yield return "Marketo__BaseUrl is missing: set it to the endpoint in Admin > Web Services, which is like "
                + "https://123-ABC-456.mktorest.com.";
        }
        else if (MarketoBaseUrl.IsOfUserInterface(options.BaseUrl))
        {
            yield return "Marketo__BaseUrl is the address of Marketo's user interface: set it to the one of its API, which is like "
                + "https://123-ABC-456.mktorest.com, the endpoint in Admin > Web Services.";
        }
        else if (MarketoBaseUrl.Parse(options.BaseUrl) is null)
        {
            yield return "Marketo__BaseUrl is not the address of a Marketo subscription: set it to one like "
                + "https://123-ABC-456.mktorest.com, without any path (http only for localhost).";
        }

        if (string.IsNullOrWhiteSpace(options.ClientId))
        {
            yield return $"Marketo__ClientId is missing: {Credentials}.";
        }

        if (string.IsNullOrWhiteSpace(options.ClientSecret))
        {
            yield return $"Marketo__ClientSecret is missing: {Credentials}.";
        }
    }

    private static IEnumerable<string> LimitMistakes(MarketoOptions options)
    {
        if (options.CallsPer20Seconds is < 1 or > 100)
        {
            yield return "Marketo__CallsPer20Seconds must be a whole number from 1 to 100 (Marketo's limit): set it, or remove it for the "
                + "default of 50.";
        }

        if (options.CallsInFlight is < 1 or > 10)
        {
            yield return "Marketo__CallsInFlight must be a whole number from 1 to 10 (Marketo's limit): set it, or remove it for the "
                + "default of 5.";
        }

        if (options.RecordsPerCall is < 1 or > 300)
        {
            yield return "Marketo__RecordsPerCall must be a whole number from 1 to 300 (Marketo's limit): set it, or remove it for the "
                + "default of 300.";
        }

        if (options.DailyQuota < 1)
        {
            yield return "Marketo__DailyQuota must be a whole number of at least 1: set it to the quota in Admin > Web Services, or remove "
                + "it for the default of 50000.";
        }

        if (options.DailySharePercent is < 1 or > 100)
        {
            yield return "Marketo__DailySharePercent must be a whole number from 1 to 100: set it, or remove it for the default of 80.";
        }
    }
}
