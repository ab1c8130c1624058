using MarketoLambda.Marketo.Limits;

namespace MarketoLambda.Marketo.Tests.Limits;

public sealed class QuotaDayTests
{
    [Theory]
    [InlineData("2026-11-04T12:00:00Z", "2026-11-05T06:00:00Z")]
    [InlineData("2026-11-05T05:59:59Z", "2026-11-05T06:00:00Z")]
    [InlineData("2026-11-05T06:00:00Z", "2026-11-06T06:00:00Z")]
    [InlineData("2026-11-05T00:30:00+02:00", "2026-11-05T06:00:00Z")]
    [InlineData("2026-12-31T23:00:00Z", "2027-01-01T06:00:00Z")]
    public void A_day_ends_at_six_o_clock_utc(string instant, string end) =>
        Assert.Equal(DateTimeOffset.Parse(end, null), QuotaDay.EndOf(DateTimeOffset.Parse(instant, null)));
}
