namespace MarketoLambda.Marketo.Settings;

/// <summary>How to reach one Marketo subscription, and how much of its limits this program may use.</summary>
public sealed class MarketoOptions
{
    /// <summary>Name of the configuration section; as environment variables <c>Marketo__BaseUrl</c> and so on.</summary>
    public const string Section = "Marketo";

    /// <summary>
    /// The subscription's address, such as <c>https://123-ABC-456.mktorest.com</c>. A trailing <c>/rest</c> or <c>/identity</c>,
    /// as Marketo shows it in Admin &gt; Web Services, is accepted and cut off. Plain http only for this machine.
    /// </summary>
    public string BaseUrl { get; set; } = "";

    /// <summary>Client id of the custom service: Admin &gt; Integration &gt; LaunchPoint &gt; View Details.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>Client secret of the same custom service. Never logged.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>Most calls in any 20 seconds, as Marketo counts them.</summary>
    /// <value>1 to 100, default 50: Marketo allows 100 per subscription and asks one integration to keep to half.</value>
    public int CallsPer20Seconds { get; set; } = 50;

    /// <summary>Most calls under way at once.</summary>
    /// <value>1 to 10, default 5: Marketo allows 10 per subscription and asks one integration to keep to half.</value>
    public int CallsInFlight { get; set; } = 5;

    /// <summary>Most records in one call that imports.</summary>
    /// <value>1 to 300, default 300, Marketo's limit: fewer where it answers 604 (time-out), since each call is then shorter.</value>
    public int RecordsPerCall { get; set; } = 300;

    /// <summary>Calls the subscription may make in a day, all its integrations together: Admin &gt; Web Services.</summary>
    /// <value>At least 1, default 50,000.</value>
    public int DailyQuota { get; set; } = 50_000;

    /// <summary>Share of <see cref="DailyQuota"/>, used by anybody, at which imports stop for the day.</summary>
    /// <value>Percent, 1 to 100, default 80.</value>
    public int DailySharePercent { get; set; } = 80;
}
