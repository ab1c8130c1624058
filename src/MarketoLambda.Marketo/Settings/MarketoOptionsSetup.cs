using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace MarketoLambda.Marketo.Settings;

/// <summary>Reads the options from a configuration section.</summary>
/// <remarks>
/// By hand instead of by the binder, which throws at the first number it cannot read and so would hide the other mistakes;
/// and it needs no reflection.
/// </remarks>
internal sealed class MarketoOptionsSetup(IConfiguration section) : IConfigureOptions<MarketoOptions>
{
    /// <summary>Outside every range, so that the validator names the setting.</summary>
    private const int Unreadable = int.MinValue;

    public void Configure(MarketoOptions options)
    {
        options.BaseUrl = section[nameof(MarketoOptions.BaseUrl)] ?? options.BaseUrl;
        options.ClientId = section[nameof(MarketoOptions.ClientId)] ?? options.ClientId;
        options.ClientSecret = section[nameof(MarketoOptions.ClientSecret)] ?? options.ClientSecret;
        options.CallsPer20Seconds = Number(nameof(MarketoOptions.CallsPer20Seconds), options.CallsPer20Seconds);
        options.CallsInFlight = Number(nameof(MarketoOptions.CallsInFlight), options.CallsInFlight);
        options.RecordsPerCall = Number(nameof(MarketoOptions.RecordsPerCall), options.RecordsPerCall);
        options.DailyQuota = Number(nameof(MarketoOptions.DailyQuota), options.DailyQuota);
        options.DailySharePercent = Number(nameof(MarketoOptions.DailySharePercent), options.DailySharePercent);
    }

    private int Number(string name, int whenAbsent) =>
        string.IsNullOrWhiteSpace(section[name]) ? whenAbsent
        : int.TryParse(section[name], NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number
        : Unreadable;
}
