using MarketoLambda.Cli.Output;
using MarketoLambda.Sync.Runs;

namespace MarketoLambda.Cli.Tests.Output;

public sealed class RunDisplayTests
{
    [Fact]
    public void Progress_tells_records_rate_and_remaining_time() =>
        Assert.Equal(
            "12,000 records · 600/s · 60 s left",
            RunDisplay.Describe(new RunProgress(12_000, 0, 0, 0.25, TimeSpan.FromSeconds(20)), TimeSpan.FromSeconds(60)));

    [Fact]
    public void A_source_that_cannot_tell_its_size_has_no_remaining_time() =>
        Assert.Equal(
            "12,000 records · 600/s",
            RunDisplay.Describe(new RunProgress(12_000, 0, 0, null, TimeSpan.FromSeconds(20)), left: null));

    [Fact]
    public void A_wait_for_Marketos_limit_is_told() =>
        Assert.Equal(
            "12,000 records · 600/s · 60 s left · waiting for Marketo's limit",
            RunDisplay.Describe(
                new RunProgress(12_000, 0, 0, 0.25, TimeSpan.FromSeconds(20)),
                TimeSpan.FromSeconds(60),
                isWaiting: true));

    [Fact]
    public void Rejects_are_told_apart() =>
        Assert.Equal(
            "90 records · 10/s · 10 rejected",
            RunDisplay.Describe(new RunProgress(90, 10, 0, 1, TimeSpan.FromSeconds(10)), left: null));

    [Fact]
    public void The_first_moment_divides_by_nothing() =>
        Assert.Equal("0 records · 0/s", RunDisplay.Describe(new RunProgress(0, 0, 0, 0, TimeSpan.Zero), left: null));

    [Fact]
    public void One_record_is_one_record() =>
        Assert.Equal("1 record · 0/s", RunDisplay.Describe(new RunProgress(1, 0, 0, 0, TimeSpan.FromSeconds(10)), left: null));

    [Theory]
    [InlineData(0, "0.0 s")]
    [InlineData(9.94, "9.9 s")]
    [InlineData(59, "59 s")]
    [InlineData(600, "10 min")]
    [InlineData(7500, "2 h 5 min")]
    [InlineData(200_000, "2 d 7 h")]
    [InlineData(-30, "30 s")]
    public void Durations_have_two_units_at_most(double seconds, string text) =>
        Assert.Equal(text, Duration.Text(TimeSpan.FromSeconds(seconds)));
}
