namespace MarketoLambda.Testing.Salesforce;

/// <summary>What the emulated organisation is like. What Salesforce does not document is a switch.</summary>
public sealed class OrgOptions
{
    public const string DefaultClientId = "3MVG9.emulated";
    public const string DefaultClientSecret = "org-secret";
    public const string DefaultUser = "integration@example.com";

    /// <summary>Where it lives: a My Domain address.</summary>
    public Uri Address { get; set; } = new("https://emulated.my.salesforce.com");

    /// <summary>Versions of the API it speaks.</summary>
    public IList<string> ApiVersions { get; } = ["60.0", "62.0", "65.0"];

    /// <summary>Rows of a page of a query; Salesforce's default is 2,000.</summary>
    public int PageSize { get; set; } = 2000;

    /// <summary>A locator nobody asks for is gone after that. Older documentation says 15 minutes, newer 2 days.</summary>
    public TimeSpan LocatorLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Locators a user may have open; the oldest goes without a word.</summary>
    public int MaxLocators { get; set; } = 10;

    /// <summary>A locator belongs to the session that made it (seen in production, airbyte pull request 84302).</summary>
    public bool LocatorsEndWithTheirSession { get; set; } = true;

    /// <summary>How comparisons and sorting treat milliseconds. Not documented.</summary>
    public MillisecondRule Milliseconds { get; set; } = MillisecondRule.Exact;

    /// <summary>A query whose time window holds more rows than this runs into the server's time-out.</summary>
    public int MaxRowsOfAQuery { get; set; } = int.MaxValue;

    /// <summary>How long a query runs before it is given up.</summary>
    public TimeSpan QueryTimeOut { get; set; } = TimeSpan.FromSeconds(120);

    /// <summary>Calls of a day (24 hours back).</summary>
    public int DailyCalls { get; set; } = int.MaxValue;

    /// <summary>From creating a bulk job to its end.</summary>
    public TimeSpan BulkDuration { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Rows of a page of a bulk result where the caller asks for no less.</summary>
    public int BulkPageSize { get; set; } = 50_000;

    /// <summary>Whether pages after the first have a header, too: sources contradict each other.</summary>
    public bool BulkHeaderOnEveryPage { get; set; } = true;

    /// <summary>How far the organisation's clock, which stamps records and dates answers, is ahead of everybody else's.</summary>
    public TimeSpan ClockSkew { get; set; }

    /// <summary>How far something on the way puts the header <c>Date</c> ahead of the organisation's clock.</summary>
    public TimeSpan DateSkew { get; set; }

    /// <summary>How long a session lives.</summary>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(2);

    /// <summary>The certificate of the connected app, as the public key in PEM; null, and the JWT flow is off.</summary>
    public string? PublicKeyPem { get; set; }
}

/// <summary>What becomes of milliseconds when points in time are compared or sorted.</summary>
public enum MillisecondRule
{
    /// <summary>They count.</summary>
    Exact,

    /// <summary>They are ignored throughout (an answer with proof code, Salesforce Stack Exchange 234824).</summary>
    Ignored,

    /// <summary>Conditions ignore them and sorting does not: the worst of both.</summary>
    IgnoredInConditions,
}
