using System.Globalization;
using MarketoLambda.Sources.Passes;

namespace MarketoLambda.Sources.Tests.Passes;

public sealed class WallClockTests
{
    [Theory]
    [InlineData("Europe/Berlin", "2026-10-24T00:00:00Z", "2026-10-26T00:00:00Z")] // 02:00 to 03:00 comes twice
    [InlineData("Europe/Berlin", "2026-03-28T00:00:00Z", "2026-03-30T00:00:00Z")] // 02:00 to 03:00 is left out
    [InlineData("Australia/Lord_Howe", "2026-04-03T00:00:00Z", "2026-04-06T00:00:00Z")] // half an hour comes twice
    [InlineData("America/New_York", "2026-10-31T00:00:00Z", "2026-11-02T12:00:00Z")]
    [InlineData("Asia/Kolkata", "2026-10-24T00:00:00Z", "2026-10-25T00:00:00Z")]
    public void Whatever_is_stamped_between_two_bounds_lies_between_what_the_clock_showed_then(string zoneId, string from, string until)
    {
        // Given
        var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneId);
        WallClock clock = new(zone);
        var instants = Every(from, until, TimeSpan.FromMinutes(10));
        var stamps = instants.Select(instant => (Instant: instant, Time: TimeZoneInfo.ConvertTime(instant, zone).DateTime)).ToList();

        foreach (var bound in instants)
        {
            // When
            var (lowest, end) = (clock.LowestSince(bound), clock.EndOf(bound));

            // Then
            Assert.DoesNotContain(stamps, stamp => stamp.Instant >= bound && stamp.Time < lowest);
            Assert.DoesNotContain(stamps, stamp => stamp.Instant < bound && stamp.Time >= end);
            Assert.True(lowest <= end);
        }

        Assert.All(stamps, stamp => Assert.True(clock.FirstInstantOf(stamp.Time) <= stamp.Instant));
    }

    [Fact]
    public void Outside_the_hour_that_comes_twice_bounds_are_exact_and_in_it_they_are_an_hour_wide()
    {
        // Given
        WallClock clock = new(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

        // When, Then
        Assert.Equal((Wall("12:30"), Wall("12:30")), Bounds("11:30"));
        Assert.Equal((Wall("01:30"), Wall("02:30")), Bounds("00:30")); // the first time
        Assert.Equal((Wall("02:30"), Wall("03:30")), Bounds("01:30")); // the second time

        (DateTime, DateTime) Bounds(string utc) => (clock.LowestSince(At(utc)), clock.EndOf(At(utc)));
        static DateTimeOffset At(string utc) => DateTimeOffset.Parse($"2026-10-25T{utc}:00Z", CultureInfo.InvariantCulture);
        static DateTime Wall(string time) => DateTime.Parse($"2026-10-25T{time}:00", CultureInfo.InvariantCulture);
    }

    [Fact]
    public void First_and_last_moments_of_the_calendar_are_kept_within_it()
    {
        // Given
        WallClock clock = new(TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"));

        // When, Then
        Assert.Equal(DateTime.MinValue, clock.FirstInstantOf(DateTime.MinValue).DateTime);
        Assert.Equal(DateTime.MaxValue, clock.EndOf(DateTimeOffset.MaxValue));
    }

    private static List<DateTimeOffset> Every(string from, string until, TimeSpan step)
    {
        List<DateTimeOffset> instants = [];
        for (
            var instant = DateTimeOffset.Parse(from, CultureInfo.InvariantCulture);
            instant < DateTimeOffset.Parse(until, CultureInfo.InvariantCulture);
            instant += step)
        {
            instants.Add(instant);
        }

        return instants;
    }
}
