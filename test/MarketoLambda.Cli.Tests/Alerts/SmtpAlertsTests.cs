using MarketoLambda.Cli.Alerts;
using MarketoLambda.Sync.Outages;
using MarketoLambda.Testing.Mail;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace MarketoLambda.Cli.Tests.Alerts;

/// <summary>Mails over a socket, to a server that shares no code with the program.</summary>
public sealed class SmtpAlertsTests : IAsyncDisposable
{
    private static readonly OutageAlert Alert = new(
        "car_c",
        "MarketoLambda: import into car_c failed",
        [new AlertSection("What happened", ["Marketo said \"näh\" <twice>."]), new AlertSection("What to do", [".hidden"])]);

    private readonly SmtpSink _sink = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 1, 2, 3, TimeSpan.Zero));
    private readonly AlertOptions _options;

    public SmtpAlertsTests() =>
        _options = new AlertOptions
        {
            SmtpHost = "127.0.0.1",
            SmtpPort = _sink.Port,
            From = "Marketo Lambda <from@example.com>",
            To = "one@example.com, Two <two@example.com>",
        };

    public ValueTask DisposeAsync() => _sink.DisposeAsync();

    [Fact]
    public async Task A_mail_reaches_every_recipient_in_plain_text_and_as_a_page()
    {
        // When
        await SendAsync();

        // Then
        var mail = Assert.Single(_sink.Mails);
        Assert.Equal("from@example.com", mail.Sender);
        Assert.Equal(["one@example.com", "two@example.com"], mail.Recipients);
        Assert.Equal((null, false), (mail.Login, mail.IsEncrypted));
        Assert.All(
            [
                "Subject: MarketoLambda: import into car_c failed",
                "Date: Mon, 23 Nov 2026 01:02:03 +0000",
                "multipart/alternative",
                "text/plain; charset=utf-8",
                "text/html; charset=utf-8",
                "Auto-Submitted: auto-generated",
                "\n  .hidden",
            ],
            part => Assert.Contains(part, mail.Text, StringComparison.Ordinal));
        Assert.True(
            mail.Text.IndexOf("text/plain", StringComparison.Ordinal) < mail.Text.IndexOf("text/html", StringComparison.Ordinal),
            "the last one is what mail programs prefer");
    }

    [Fact]
    public async Task A_login_that_is_wanted_is_given()
    {
        // Given
        _sink.Password = "s3cret";
        (_options.SmtpUser, _options.SmtpPassword) = ("lambda", "s3cret");

        // When
        await SendAsync();

        // Then
        Assert.Equal("lambda", Assert.Single(_sink.Mails).Login);
    }

    [Fact]
    public async Task A_wrong_login_is_told_without_the_password_although_the_server_quotes_it()
    {
        // Given
        _sink.Password = "s3cret";
        (_options.SmtpUser, _options.SmtpPassword) = ("lambda", "wr0ng");

        // Then
        await FailsAsync("refused the login", "Alerts__SmtpUser");
    }

    [Fact]
    public Task A_login_where_none_is_taken()
    {
        (_options.SmtpUser, _options.SmtpPassword) = ("lambda", "wr0ng");
        return FailsAsync("takes no login");
    }

    [Fact]
    public Task A_certificate_that_nobody_vouches_for()
    {
        _sink.Certificate = SelfSigned.ForLocalhost(TimeProvider.System.GetUtcNow());
        _options.SmtpHost = "localhost";
        return FailsAsync("No encrypted connection", "certificate", "Alerts__SmtpSecurity");
    }

    [Fact]
    public Task A_server_without_starttls_where_it_is_wanted()
    {
        _options.SmtpSecurity = "starttls";
        return FailsAsync("offers no STARTTLS", "Alerts__SmtpSecurity");
    }

    [Fact]
    public Task Tls_from_the_start_where_the_server_speaks_in_clear()
    {
        _options.SmtpSecurity = "tls";
        return FailsAsync("No encrypted connection", "Alerts__SmtpSecurity");
    }

    [Fact]
    public Task A_refused_sender()
    {
        _sink.Answer = command => command.StartsWith("MAIL", StringComparison.Ordinal) ? "550 from@example.com? jane.doe?" : null;
        return FailsAsync("refused the sender (550)", "Alerts__From");
    }

    [Fact]
    public Task Recipients_of_whom_none_is_taken()
    {
        _sink.Answer = command => command.StartsWith("RCPT", StringComparison.Ordinal) ? "550 no such user" : null;
        return FailsAsync("refused one@example.com (550), two@example.com (550)", "Alerts__To");
    }

    [Fact]
    public async Task One_refused_recipient_does_not_keep_the_mail_from_the_others()
    {
        // Given
        _sink.Answer = command => command.Contains("one@", StringComparison.Ordinal) ? "550 no such user" : null;

        // When
        await SendAsync();

        // Then
        Assert.Equal(["two@example.com"], Assert.Single(_sink.Mails).Recipients);
    }

    [Fact]
    public Task A_mail_that_is_not_taken()
    {
        _sink.Answer = command => command == "." ? "554 looks like spam" : null;
        return FailsAsync("refused the mail (554)");
    }

    [Fact]
    public async Task A_server_that_says_goodbye_rudely_has_taken_the_mail_all_the_same()
    {
        // Given
        _sink.Answer = command => command == "QUIT" ? "599 what?" : null;

        // When
        await SendAsync();

        // Then
        Assert.Single(_sink.Mails);
    }

    [Fact]
    public async Task Nobody_at_that_port()
    {
        await _sink.DisposeAsync();
        await FailsAsync("No connection to the mail server 127.0.0.1:", "connection refused", "Alerts__SmtpPort");
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_not_waited_for_longer_than_the_longest()
    {
        // Given
        _sink.IsSilent = true;
        var sending = SendAsync();
        while (_sink.Connections == 0)
        {
            await Task.Yield();
        }

        // When
        _time.Advance(SmtpAlerts.MaxDuration - TimeSpan.FromSeconds(1));
        Assert.False(sending.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));

        // Then
        var failure = await Assert.ThrowsAsync<IOException>(() => sending);
        Assert.Contains("within 30 seconds", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_aborts_the_run_aborts_the_mail()
    {
        // Given
        _sink.IsSilent = true;
        using CancellationTokenSource abort = new();
        var sending = new SmtpAlerts(Options.Create(_options), _time).SendAsync(Alert, abort.Token);

        // When
        await abort.CancelAsync();

        // Then
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    private Task SendAsync() => new SmtpAlerts(Options.Create(_options), _time).SendAsync(Alert, CancellationToken.None);

    private async Task FailsAsync(params string[] told)
    {
        var failure = await Assert.ThrowsAsync<IOException>(SendAsync);

        Assert.All(told, words => Assert.Contains(words, failure.Message, StringComparison.Ordinal));
        Assert.All(["wr0ng", "s3cret", "jane.doe"], secret => Assert.DoesNotContain(secret, failure.Message, StringComparison.Ordinal));
        Assert.Empty(_sink.Mails);
    }
}
