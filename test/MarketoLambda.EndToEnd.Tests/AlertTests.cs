using System.Text.Json.Nodes;
using MarketoLambda.Testing.Mail;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>
/// Somebody is told by mail when Marketo cannot be, once, and when that is over; every run is a process of its own, as a schedule starts
/// it.
/// </summary>
public sealed class AlertTests : IAsyncLifetime
{
    private const string OutOfReach = "http://127.0.0.1:9";

    private readonly SmtpSink _mailServer = new();
    private LocalHost _desk = null!;

    public async ValueTask InitializeAsync()
    {
        _desk = await (await LocalHost.OpenAsync()).InitializedAsync();
        _desk.DropRows("a.csv", 10);
        _desk.Environment["Alerts__SmtpHost"] = "localhost";
        _desk.Environment["Alerts__SmtpPort"] = $"{_mailServer.Port}";
        _desk.Environment["Alerts__From"] = "marketo@example.com";
        _desk.Environment["Alerts__To"] = "call@example.com";
    }

    public async ValueTask DisposeAsync()
    {
        await _desk.DisposeAsync();
        await _mailServer.DisposeAsync();
    }

    [Fact]
    public async Task An_outage_is_mailed_once_and_its_end_too()
    {
        // When
        var reachable = _desk.Environment["Marketo__BaseUrl"];
        _desk.Environment["Marketo__BaseUrl"] = OutOfReach;
        var first = await _desk.RunAsync("run", "--all", "--json");
        var second = await _desk.RunAsync("run", "--all", "--json");

        // Then
        Assert.Equal((3, 3), (first.ExitCode, second.ExitCode));
        Assert.Contains("status page", Assert.Single(_mailServer.Mails).Text, StringComparison.Ordinal);
        Assert.Contains("What is safe", first.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("What is safe", second.Error, StringComparison.Ordinal);
        Assert.Contains("The alert of this outage went out at", second.Error, StringComparison.Ordinal);
        Assert.Equal(
            (true, false),
            ((bool)JsonNode.Parse(first.Output)![0]!["isAlerted"]!, JsonNode.Parse(first.Output)![0]!["standingAlertSentAt"] is not null));
        Assert.Equal(
            (true, true),
            ((bool)JsonNode.Parse(second.Output)![0]!["isAlerted"]!, JsonNode.Parse(second.Output)![0]!["standingAlertSentAt"] is not null)
        );
        Assert.Equal(2, (int)JsonNode.Parse(await File.ReadAllTextAsync(Outages))![LocalHost.ApiName]!["failedRuns"]!);

        // When
        _desk.Environment["Marketo__BaseUrl"] = reachable;
        var repaired = await _desk.RunAsync("run", "--all");
        await _desk.RunAsync("run", "--all");

        // Then
        Assert.Equal(0, repaired.ExitCode);
        Assert.Equal(2, _mailServer.Mails.Count);
        Assert.Contains("can be told again", _mailServer.Mails[1].Text, StringComparison.Ordinal);
        Assert.Contains("2 runs of implementedProductV1_c failed", _mailServer.Mails[1].Text, StringComparison.Ordinal);
        Assert.Contains("imported 10 records", _mailServer.Mails[1].Text, StringComparison.Ordinal);
        Assert.False(File.Exists(Outages));
    }

    [Fact]
    public async Task A_mail_server_that_is_down_too_is_told_in_one_sentence_and_the_next_run_mails()
    {
        // Given
        _desk.Environment["Marketo__BaseUrl"] = OutOfReach;
        _desk.Environment["Alerts__SmtpPort"] = "9";

        // When
        var run = await _desk.RunAsync("run", "--all", "--json");

        // Then
        var failure = JsonNode.Parse(run.Output)!;
        Assert.Equal((3, 3, "MarketoUnreachable"), (run.ExitCode, (int?)failure["exitCode"], (string?)failure["outcome"]));
        Assert.Contains(
            "the alert could not be sent: No connection to the mail server localhost:9 (connection refused): check Alerts__SmtpHost and "
                + "Alerts__SmtpPort. The run's failure: ",
            (string?)failure["error"],
            StringComparison.Ordinal);
        Assert.Contains("No connection to Marketo", (string?)failure["error"], StringComparison.Ordinal);
        Assert.Contains(((string?)failure["error"])!, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);

        // When
        _desk.Environment["Alerts__SmtpPort"] = $"{_mailServer.Port}";
        await _desk.RunAsync("run", "--all");

        // Then
        Assert.Single(_mailServer.Mails);
    }

    [Fact]
    public async Task Wrong_credentials_are_mailed_with_what_to_check_because_nobody_may_be_at_the_desk()
    {
        // Given
        _desk.Environment["Marketo__ClientSecret"] = "wr0ng";

        // When
        var run = await _desk.RunAsync("run", "--all");

        // Then
        Assert.Equal(3, run.ExitCode);
        var mail = Assert.Single(_mailServer.Mails).Text;
        Assert.Contains("does not pass by itself", mail, StringComparison.Ordinal);
        Assert.Contains("LaunchPoint", mail, StringComparison.Ordinal);
        Assert.DoesNotContain("wr0ng", mail + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_goes_through_starttls_with_a_login_where_the_certificate_is_trusted()
    {
        // Given
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only there a variable of one process says whom to trust.");
        using var certificate = SelfSigned.ForLocalhost(TimeProvider.System.GetUtcNow());
        await File.WriteAllTextAsync(Path.Combine(_desk.Folder, "trusted.pem"), certificate.ExportCertificatePem());
        (_mailServer.Certificate, _mailServer.Password) = (certificate, "s3cret");
        _desk.Environment["SSL_CERT_FILE"] = Path.Combine(_desk.Folder, "trusted.pem");
        _desk.Environment["Marketo__BaseUrl"] = OutOfReach;
        _desk.Environment["Alerts__SmtpUser"] = "lambda";
        _desk.Environment["Alerts__SmtpPassword"] = "s3cret";

        // When
        var run = await _desk.RunAsync("run", "--all");

        // Then
        var mail = Assert.Single(_mailServer.Mails);
        Assert.Equal(("lambda", true), (mail.Login, mail.IsEncrypted));
        Assert.DoesNotContain(
            "s3cret",
            run.Error + run.Output + mail.Text + await File.ReadAllTextAsync(Outages),
            StringComparison.Ordinal);
    }

    private string Outages => Path.Combine(_desk.Folder, "outages.json");
}
