using MarketoLambda.Cli.Alerts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MarketoLambda.Cli.Tests.Alerts;

public sealed class AlertOptionsTests
{
    private static readonly Dictionary<string, string?> Good = new()
    {
        ["SmtpHost"] = "mail.example.com",
        ["SmtpUser"] = "lambda",
        ["SmtpPassword"] = "s3cret",
        ["From"] = "marketo@example.com",
        ["To"] = "one@example.com, Two <two@example.com>",
    };

    [Fact]
    public void Nothing_set_means_that_alerts_are_printed_only()
    {
        var options = Read([]);

        Assert.Equal((false, 587, "auto"), (options.IsMailed, options.SmtpPort, options.SmtpSecurity));
    }

    [Fact]
    public void Good_settings_are_taken()
    {
        var options = Read(Good);

        Assert.Equal((true, true, "mail.example.com"), (options.IsMailed, options.HasLogin, options.SmtpHost));
    }

    [Theory]
    [InlineData("SmtpHost", "", "Alerts__SmtpHost is missing")]
    [InlineData("SmtpHost", "smtp://mail.example.com", "Alerts__SmtpHost must be")]
    [InlineData("SmtpHost", "mail.example.com:587", "Alerts__SmtpHost must be")]
    [InlineData("SmtpPort", "0", "Alerts__SmtpPort must be")]
    [InlineData("SmtpPort", "65536", "Alerts__SmtpPort must be")]
    [InlineData("SmtpPort", "smtp", "Alerts__SmtpPort must be")]
    [InlineData("SmtpSecurity", "ssl", "Alerts__SmtpSecurity must be one of auto, starttls, tls, none")]
    [InlineData("SmtpSecurity", "none", "Alerts__SmtpSecurity none would send")]
    [InlineData("SmtpUser", "", "Alerts__SmtpUser is missing")]
    [InlineData("SmtpPassword", "", "Alerts__SmtpPassword is missing")]
    [InlineData("From", "", "Alerts__From must be")]
    [InlineData("From", "one@example.com, two@example.com", "Alerts__From must be")]
    [InlineData("From", "marketo", "Alerts__From must be")]
    [InlineData("To", "", "Alerts__To must be")]
    [InlineData("To", "one@example.com; two@example.com", "Alerts__To must be")]
    [InlineData("To", "one@example.com, two", "Alerts__To must be")]
    public void A_mistake_is_told_in_one_sentence_that_names_the_setting_and_no_value(string setting, string value, string told)
    {
        // When
        var failure = Assert.Throws<OptionsValidationException>(() => Read(new(Good) { [setting] = value }));

        // Then
        Assert.StartsWith(told, Assert.Single(failure.Failures), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_may_go_in_clear_to_this_machine_only()
    {
        Assert.True(Read(new(Good) { ["SmtpSecurity"] = "none", ["SmtpHost"] = "localhost" }).HasLogin);
        Assert.True(Read(new(Good) { ["SmtpSecurity"] = "none", ["SmtpHost"] = "127.0.0.1" }).HasLogin);
    }

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Read(new(Good) { ["SmtpPort"] = "x", ["From"] = "x", ["To"] = "x" }));

        Assert.Equal(3, failure.Failures.Count());
    }

    private static AlertOptions Read(Dictionary<string, string?> settings)
    {
        ServiceCollection services = new();
        services.AddAlerts(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), "outages.json");
        using var built = services.BuildServiceProvider();
        return built.GetRequiredService<IOptions<AlertOptions>>().Value;
    }
}
