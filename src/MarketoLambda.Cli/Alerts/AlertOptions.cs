namespace MarketoLambda.Cli.Alerts;

/// <summary>Where alerts are mailed to, besides being printed; without any of these nothing is mailed.</summary>
internal sealed class AlertOptions
{
    /// <summary>Name of the configuration section; as environment variables <c>Alerts__SmtpHost</c> and so on.</summary>
    public const string Section = "Alerts";

    /// <summary>Name or address of the mail server.</summary>
    public string SmtpHost { get; set; } = "";

    /// <value>1 to 65535, default 587, where mail programs hand in mail; 465 is for TLS from the start.</value>
    public int SmtpPort { get; set; } = 587;

    /// <summary>Login at the mail server; empty for none.</summary>
    public string SmtpUser { get; set; } = "";

    /// <summary>Never logged.</summary>
    public string SmtpPassword { get; set; } = "";

    /// <value>One of <see cref="SmtpSecurity.Names"/>, default <c>auto</c>.</value>
    public string SmtpSecurity { get; set; } = "auto";

    /// <summary>Sender, <c>name@example.com</c> or <c>Name &lt;name@example.com&gt;</c>.</summary>
    public string From { get; set; } = "";

    /// <summary>Recipients, separated by commas.</summary>
    public string To { get; set; } = "";

    public bool IsMailed => SmtpHost.Length > 0;

    public bool HasLogin => SmtpUser.Length > 0;
}
