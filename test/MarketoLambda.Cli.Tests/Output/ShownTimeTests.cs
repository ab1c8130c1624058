using MarketoLambda.Cli.Output;

namespace MarketoLambda.Cli.Tests.Output;

public sealed class ShownTimeTests
{
    private static readonly DateTimeOffset Time = new(2026, 7, 1, 22, 30, 5, TimeSpan.Zero);
    private static readonly ShownTime Berlin = new(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
    private static readonly ShownTime Utc = new(TimeZoneInfo.Utc);

    [Fact]
    public void Times_of_the_wall_clock_name_their_zone()
    {
        Assert.Equal("2026-07-02 00:30:05", Berlin.Text(Time));
        Assert.Equal("2026-07-02 00:30:05 (Europe/Berlin)", Berlin.Full(Time));
        Assert.Equal("2026-07-02 00:30", Berlin.Cell(Time, hasSeconds: false));
        Assert.Equal("Times are those of Europe/Berlin.", Berlin.Note);
    }

    [Fact]
    public void Times_in_utc_say_so_themselves()
    {
        Assert.Equal("2026-07-01 22:30:05Z", Utc.Text(Time));
        Assert.Equal("2026-07-01 22:30:05Z", Utc.Full(Time));
        Assert.Null(Utc.Note);
    }

    [Theory]
    [InlineData(0, "< 1 s")]
    [InlineData(1, "1 s")]
    [InlineData(59, "59 s")]
    [InlineData(600, "10 min")]
    public void A_duration_in_whole_seconds_claims_no_more(int seconds, string text) =>
        Assert.Equal(text, Duration.WholeSeconds(TimeSpan.FromSeconds(seconds)));
}
