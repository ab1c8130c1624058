using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Errors;

namespace MarketoLambda.Marketo.Tests.Calls;

public sealed class RetryPolicyTests
{
    private readonly RetryPolicy _policy = new(new Random(1));

    [Theory]
    [InlineData("614", 0, 1)]
    [InlineData("719", 0, 1)]
    public void First_delay_is_in_its_range(string code, double least, double most)
    {
        var delays = Enumerable.Range(0, 1000).Select(_ => Delay(code, CallKind.Sync, 1)).ToList();

        Assert.All(delays, delay => Assert.InRange(delay!.Value.TotalSeconds, least, most));
        Assert.True(delays.Max() - delays.Min() > TimeSpan.FromSeconds((most - least) * 0.8), "jitter covers the range");
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    public void Backoff_doubles_its_ceiling(int tries, int seconds)
    {
        var longest = Enumerable.Range(0, 1000).Max(_ => Delay("614", CallKind.Sync, tries));

        Assert.InRange(longest!.Value.TotalSeconds, seconds * 0.9, seconds);
        Assert.Equal(
            TimeSpan.FromSeconds(seconds),
            _policy.DelayAfter(Fault.Without(MarketoErrorCatalog.NotSent), CallKind.Sync, tries, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("614")]
    [InlineData("611")]
    [InlineData("502")]
    public void The_fourth_failure_is_the_last(string code) => Assert.Null(Delay(code, CallKind.Query, 4));

    [Theory]
    [InlineData("not-sent", "sync", 7)]
    [InlineData("connection-broken", "sync", 121)]
    [InlineData("timed-out", "sync", 261)]
    [InlineData("connection-broken", "query", 7)]
    [InlineData("timed-out", "query", 167)]
    [InlineData("HTTP 5xx", "sync", 481)]
    [InlineData("HTTP 5xx", "query", 127)]
    [InlineData("719", "sync", 7)]
    public void A_fault_that_stays_fails_the_call_after_a_time_that_the_table_in_the_readme_names(string code, string kind, int seconds)
    {
        // Given: a gateway answers after half a minute, the rest as its name says
        var error = MarketoErrorCatalog.All.Single(row => row.Code == code);
        var call = kind == "sync" ? CallKind.Sync : CallKind.Query;
        var answer =
            error == MarketoErrorCatalog.TimedOut ? call.TimeOut
            : error == MarketoErrorCatalog.Gateway ? TimeSpan.FromSeconds(30)
            : TimeSpan.Zero;

        // When
        var elapsed = answer;
        for (var tries = 1; _policy.DelayAfter(Fault.Without(error), call, tries, answer) is { } delay; tries++)
        {
            elapsed += delay + answer;
        }

        // Then
        Assert.InRange(elapsed.TotalSeconds, 0, seconds);
    }

    [Theory]
    [InlineData("607")]
    [InlineData("603")]
    [InlineData("610")]
    [InlineData("1003")]
    public void What_repeating_cannot_help_is_not_repeated(string code) => Assert.Null(Delay(code, CallKind.Query, 1));

    [Theory]
    [InlineData("606", 1, 10, 20)]
    [InlineData("606", 30, 10, 20)]
    [InlineData("615", 1, 0.5, 2)]
    [InlineData("615", 4, 0.5, 2)]
    [InlineData("615", 5, 10, 20)]
    public void The_pause_after_a_refusal_is_in_its_range_and_never_near_zero(string code, int refusals, double least, double most)
    {
        var delays = Enumerable.Range(0, 1000).Select(_ => _policy.DelayAfterRefusal(MarketoErrorCatalog.Find(code), refusals)).ToList();

        Assert.All(delays, delay => Assert.InRange(delay!.Value.TotalSeconds, least, most));
        Assert.True(delays.Max() - delays.Min() > TimeSpan.FromSeconds((most - least) * 0.8), "jitter covers the range");
    }

    [Fact]
    public void The_fortieth_refusal_in_a_row_is_the_last() => Assert.Null(_policy.DelayAfterRefusal(MarketoErrorCatalog.Find("615"), 40));

    [Fact]
    public void An_unclear_write_waits_until_marketo_must_be_done_and_an_unclear_read_does_not()
    {
        Assert.Equal(TimeSpan.FromSeconds(119), Delay("502", CallKind.Sync, 1));
        Assert.Equal(TimeSpan.FromSeconds(59), Delay("502", CallKind.Delete, 1));
        Assert.Equal(TimeSpan.FromSeconds(29), Delay("502", CallKind.WriteSchema, 1));
        Assert.True(Delay("502", CallKind.Query, 1) <= TimeSpan.FromSeconds(1));
    }

    private TimeSpan? Delay(string code, CallKind kind, int tries) =>
        _policy.DelayAfter(new Fault(MarketoErrorCatalog.Find(code), code, "", null), kind, tries, TimeSpan.FromSeconds(1));
}
