using MarketoLambda.Marketo.Errors;
using MarketoLambda.Sync.Failures;
using MarketoLambda.Sync.Outages;
using MarketoLambda.Sync.State.Tables;

namespace MarketoLambda.Sync.Tests.Outages;

public sealed class OutageAlertTests
{
    private static readonly DateTimeOffset Started = new(2026, 11, 4, 13, 5, 9, TimeSpan.FromHours(1));

    private static readonly Outage First = new(Started, AlertedAt: null, FailedRuns: 1);

    private static readonly UnrecordedFailure Failure = new(
        "car_c",
        Started,
        "No connection to Marketo: check the network.",
        Down("No connection to Marketo: check the network."),
        RecordingFailure: null,
        Unrecorded: 0);

    private static readonly (Exception? Failure, FailureKind Cause)[] Failures =
    [
        (new MarketoUnavailableException("down", code: null, requestId: null, mayHaveBeenExecuted: false), FailureKind.Unreachable),
        (new TaskCanceledException(), FailureKind.Unreachable),
        (new MarketoAuthorizationException("no", "603", requestId: null), FailureKind.AccessDenied),
        (new StateException("missing"), FailureKind.SetUp),
        (new MarketoQuotaExceededException("enough", "607", requestId: null, Started), FailureKind.Quota),
        (new MarketoRequestException("wrong", "609", requestId: null), FailureKind.CallRefused),
        (new InvalidOperationException(), FailureKind.Unexpected),
        (null, FailureKind.Unexpected),
    ];

    [Fact]
    public void An_alert_says_what_failed_since_when_for_which_job_what_is_not_recorded_and_what_to_do()
    {
        // When
        var alert = OutageAlert.Compose(Failure with { RecordingFailure = Down("Marketo's gateway failed"), Unrecorded = 1200 }, First);

        // Then
        Assert.Equal(("car_c", false), (alert.Job, alert.IsOver));
        Assert.Contains("car_c failed", alert.Subject, StringComparison.Ordinal);
        Assert.Equal(
            ["What happened", "What could not be recorded", "What is safe", "What to do"],
            alert.Sections.Select(section => section.Heading));
        Assert.All(
            [
                "2026-11-04 12:05:09 UTC",
                "No connection to Marketo: check the network.",
                "Marketo's gateway failed.",
                "1,200 records",
                "marketo-lambda run car_c",
                "not alerted again for 24 hours",
            ],
            part => Assert.Contains(part, alert.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void An_alert_of_a_run_that_never_started_says_so()
    {
        // When
        var alert = OutageAlert.Compose(Failure, First);

        // Then
        Assert.Contains("nothing was started", alert.Text, StringComparison.Ordinal);
        Assert.Contains("No record was imported", alert.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reminder_says_since_when_and_how_often()
    {
        // When
        var alert = OutageAlert.Compose(
            Failure with { StartedAt = Started.AddDays(1) },
            new Outage(Started, AlertedAt: Started.AddMinutes(1), FailedRuns: 25));

        // Then
        Assert.Contains("still fails", alert.Subject, StringComparison.Ordinal);
        Assert.Contains("run 25 in a row", alert.Text, StringComparison.Ordinal);
        Assert.Contains("the first one started at 2026-11-04 12:05:09 UTC", alert.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FailureKind.Unreachable, "status page", "catches up by itself")]
    [InlineData(
        FailureKind.AccessDenied,
        "does not pass by itself",
        "LaunchPoint",
        "Users & Roles",
        "Read-Write Custom Object",
        "IP allowlist"
    )]
    [InlineData(FailureKind.SetUp, "does not pass by itself", "marketo-lambda init")]
    [InlineData(FailureKind.Quota, "starts anew every day", "Marketo__DailySharePercent")]
    [InlineData(FailureKind.CallRefused, "log", "tries again")]
    public void The_advice_fits_the_failure(FailureKind cause, params string[] advice)
    {
        // When
        var failure = Failures.First(row => row.Cause == cause).Failure!;
        var toDo = OutageAlert.Compose(Failure with { Cause = failure }, First).Sections[^1];

        // Then
        Assert.All(advice, words => Assert.Contains(words, string.Join(' ', toDo.Lines), StringComparison.Ordinal));
        Assert.Equal(
            cause == FailureKind.Unreachable,
            string.Join(' ', toDo.Lines).Contains("next scheduled run catches up by itself", StringComparison.Ordinal));
    }

    [Fact]
    public void A_cause_is_read_from_the_failure()
    {
        Assert.All(Failures, row => Assert.Equal(row.Cause, FailureRule.Find(row.Failure).Kind));
    }

    [Fact]
    public void The_end_of_an_outage_says_since_when_until_when_how_many_runs_and_what_was_caught_up()
    {
        // When
        var alert = OutageAlert.Recovered("car_c", new Outage(Started, Started, 3), Started.AddHours(2), "Everything.");

        // Then
        Assert.True(alert.IsOver);
        Assert.Contains("can be told again about car_c", alert.Subject, StringComparison.Ordinal);
        Assert.Contains(
            "From 2026-11-04 12:05:09 UTC until 2026-11-04 14:05:09 UTC 3 runs of car_c failed",
            alert.Text,
            StringComparison.Ordinal);
        Assert.Contains("What was caught up\n  Everything.", alert.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("No alert could be sent", alert.Text, StringComparison.Ordinal);
        Assert.Contains(
            "No alert could be sent",
            OutageAlert.Recovered("car_c", new Outage(Started, AlertedAt: null, FailedRuns: 3), Started, "Everything.").Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_for_a_mail_program_says_the_same_and_takes_no_word_for_markup()
    {
        // When
        var alert = OutageAlert.Compose(Failure with { Error = "Marketo said <b>no</b> & went." }, First);

        // Then
        Assert.Contains("<h3>What to do</h3>", alert.Html, StringComparison.Ordinal);
        Assert.Contains("<p>Marketo said &lt;b&gt;no&lt;/b&gt; &amp; went.</p>", alert.Html, StringComparison.Ordinal);
    }

    private static MarketoUnavailableException Down(string message) =>
        new(message, code: null, requestId: null, mayHaveBeenExecuted: false);
}
