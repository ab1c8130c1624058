using System.Net;
using Amazon.Runtime;
using Amazon.SimpleEmailV2;
using Amazon.SimpleEmailV2.Model;
using MarketoLambda.Functions.Alerts;
using MarketoLambda.Sync.Outages;
using Moq;

namespace MarketoLambda.Functions.Tests.Alerts;

public sealed class SesAlertsTests
{
    private static readonly OutageAlert Alert = new(
        "product_c",
        "MarketoLambda: import into product_c failed and Marketo could not be told",
        [new AlertSection("What happened", ["Marketo did not answer <at all> & for long."])]);

    private readonly Mock<IAmazonSimpleEmailServiceV2> _ses = new(MockBehavior.Strict);
    private SendEmailRequest? _sent;

    [Fact]
    public async Task An_alert_goes_to_all_recipients_as_text_and_html_that_say_the_same()
    {
        // Given
        _ses.Setup(ses => ses.SendEmailAsync(It.IsAny<SendEmailRequest>(), It.IsAny<CancellationToken>()))
            .Callback((SendEmailRequest request, CancellationToken _) => _sent = request)
            .ReturnsAsync(new SendEmailResponse());

        // When
        await Alerts().SendAsync(Alert, CancellationToken.None);

        // Then
        Assert.Equal("alerts@example.com", _sent!.FromEmailAddress);
        Assert.Equal(["one@example.com", "two@example.com"], _sent.Destination.ToAddresses);
        Assert.Null(_sent.ConfigurationSetName);
        Assert.Equal(Alert.Subject, _sent.Content.Simple.Subject.Data);
        var (text, html) = (_sent.Content.Simple.Body.Text.Data, _sent.Content.Simple.Body.Html.Data);
        Assert.Contains(Alert.Text, text, StringComparison.Ordinal);
        Assert.All(
            [Alert.Subject, .. Alert.Sections.SelectMany(section => section.Lines.Prepend(section.Heading))],
            line => Assert.Contains(WebUtility.HtmlEncode(line), html, StringComparison.Ordinal));
        Assert.Contains("&lt;at all&gt; &amp; for long", html, StringComparison.Ordinal);
        Assert.All(
            [text, html],
            body =>
                Assert.Contains(
                    "https://eu-central-1.console.aws.amazon.com/cloudwatch/home?region=eu-central-1#logsV2:log-groups/log-group/$252Faws$252Flambda$252Fsync",
                    body,
                    StringComparison.Ordinal));
        Assert.All([text, html], body => Assert.Contains("sync in eu-central-1", body, StringComparison.Ordinal));
    }

    [Fact]
    public void A_subject_is_one_short_line()
    {
        var mail = AlertMail.Compose(
            Alert with
            {
                Subject = "one\r\nBcc: someone@example.com\n" + new string('x', 500),
            },
            new AlertOrigin("sync", "", ""));

        Assert.DoesNotContain('\n', mail.Subject);
        Assert.Equal(150, mail.Subject.Length);
    }

    public static TheoryData<string, Exception> Failures => new()
    {
        { "refused", new MessageRejectedException("Email address is not verified: one@example.com") },
        { "paused", new SendingPausedException("one@example.com") },
        { "throttled", new TooManyRequestsException("one@example.com") },
        { "unreachable", new HttpRequestException("one@example.com") },
        { "client", new AmazonClientException("one@example.com") },
        { "timed out", new TaskCanceledException("one@example.com") },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_mail_that_cannot_be_sent_fails_and_names_nobody(string name, Exception failure)
    {
        // Given
        _ses.Setup(ses => ses.SendEmailAsync(It.IsAny<SendEmailRequest>(), It.IsAny<CancellationToken>())).ThrowsAsync(failure);

        // When
        var told = await Assert.ThrowsAsync<IOException>(() => Alerts().SendAsync(Alert, CancellationToken.None));

        // Then
        Assert.Contains("Amazon SES", told.Message, StringComparison.Ordinal);
        Assert.False(told.ToString().Contains("example.com", StringComparison.Ordinal), name);
    }

    [Theory]
    [InlineData("alerts@example.com", "one@example.com", null)]
    [InlineData("alerts@example.com", "one@example.com,two@example.com", null)]
    [InlineData("", "one@example.com", "Alerts__From")]
    [InlineData("alerts@example.com", "", "Alerts__To")]
    [InlineData("alerts@example.com", "one@example.com; two@example.com", "Alerts__To")]
    public void Addresses_are_checked_at_the_start(string from, string to, string? named)
    {
        var result = new AlertOptionsValidator().Validate(null, new AlertOptions { From = from, To = to });

        Assert.Equal(named is not null, result.Failed);
        Assert.StartsWith(named ?? "", result.FailureMessage ?? "", StringComparison.Ordinal);
    }

    private SesAlerts Alerts() =>
        new(
            _ses.Object,
            new AlertOptions { From = "alerts@example.com", To = "one@example.com, two@example.com" },
            new AlertOrigin("sync", "eu-central-1", "/aws/lambda/sync"));
}
