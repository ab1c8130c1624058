using MarketoLambda.Sync.Alerts;

namespace MarketoLambda.Sync.Tests.Alerts;

public sealed class OutageAlertTests
{
    private static readonly DateTimeOffset Started = new(2026, 11, 4, 13, 5, 9, TimeSpan.FromHours(1));

    [Fact]
    public void An_alert_says_what_failed_since_when_for_which_job_what_is_not_recorded_and_what_to_do()
    {
        // When
        var alert = OutageAlert.Compose("car_c", Started, "No connection to Marketo: check the network.", "Marketo's gateway failed.", 1200);

        // Then
        Assert.Equal("car_c", alert.Job);
        Assert.Contains("car_c", alert.Subject, StringComparison.Ordinal);
        Assert.All(
            ["2026-11-04 12:05:09 UTC", "No connection to Marketo: check the network.", "Marketo's gateway failed.", "1,200 records", "marketo-lambda run car_c"],
            part => Assert.Contains(part, alert.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void An_alert_of_a_run_that_never_started_says_so()
    {
        // When
        var alert = OutageAlert.Compose("car_c", Started, "No connection.", recordingFailure: null, finished: 0);

        // Then
        Assert.Contains("nothing was started", alert.Text, StringComparison.Ordinal);
        Assert.Contains("No record was imported", alert.Text, StringComparison.Ordinal);
    }
}
