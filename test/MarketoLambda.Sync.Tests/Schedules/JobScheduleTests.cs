using System.Globalization;
using MarketoLambda.Sync.Schedules;

namespace MarketoLambda.Sync.Tests.Schedules;

public sealed class JobScheduleTests
{
    // Wednesday
    private const string Noon = "2026-11-04T12:00:00Z";

    [Theory]
    [InlineData("cron(0 3 * * ? *)", "2026-11-05T03:00:00Z")]
    [InlineData("cron(0/15 * * * ? *)", "2026-11-04T12:15:00Z")]
    [InlineData("cron(0 10 ? * 2 *)", "2026-11-09T10:00:00Z")]
    [InlineData("cron(0 10 ? * 2-6 *)", "2026-11-05T10:00:00Z")]
    [InlineData("cron(0 10 ? * MON-FRI *)", "2026-11-05T10:00:00Z")]
    [InlineData("cron(0 10 ? * 1,7 *)", "2026-11-07T10:00:00Z")]
    [InlineData("cron(0 10 ? * 3#2 *)", "2026-11-10T10:00:00Z")]
    [InlineData("cron(0 10 ? * 6L *)", "2026-11-27T10:00:00Z")]
    [InlineData("cron(0 10 ? * L *)", "2026-11-07T10:00:00Z")]
    [InlineData("cron(0 8 L * ? *)", "2026-11-30T08:00:00Z")]
    [InlineData("cron(0 8 15W * ? *)", "2026-11-16T08:00:00Z")]
    [InlineData("cron(0 8 1 JAN ? 2028-2030)", "2028-01-01T08:00:00Z")]
    [InlineData("cron(0 8 1 * ? 2027/2)", "2027-01-01T08:00:00Z")]
    public void What_aws_runs_then_runs_then(string schedule, string next) => Assert.Equal(Time(next), Next(schedule, Noon));

    [Theory]
    [InlineData("0 6 * * 1-5", "2026-11-05T06:00:00Z")]
    [InlineData("*/10 * * * *", "2026-11-04T12:10:00Z")]
    [InlineData("30 12 1 * *", "2026-12-01T12:30:00Z")]
    [InlineData("0 6 * * 0", "2026-11-08T06:00:00Z")]
    [InlineData("0 6 * * SUN", "2026-11-08T06:00:00Z")]
    [InlineData("rate(10 minutes)", "2026-11-04T12:10:00Z")]
    [InlineData("rate(1 hour)", "2026-11-04T13:00:00Z")]
    [InlineData("rate(1 day)", "2026-11-05T00:00:00Z")]
    public void Crontabs_and_rates_are_schedules_too(string schedule, string next) => Assert.Equal(Time(next), Next(schedule, Noon));

    [Theory]
    [InlineData("0 3 * * *", "2026-07-01T00:00:00Z", "2026-07-01T01:00:00Z")]
    [InlineData("cron(0 3 * * ? *)", "2026-12-01T00:00:00Z", "2026-12-01T02:00:00Z")]
    [InlineData("30 2 * * *", "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("30 2 * * *", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    public void Hours_are_those_of_the_zone(string schedule, string from, string next)
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

        Assert.Equal(Time(next), JobSchedule.Parse(schedule, berlin).NextAfter(Time(from)));
    }

    [Fact]
    public void A_schedule_of_years_that_are_over_never_comes() => Assert.Null(Next("cron(0 8 1 * ? 2020-2025)", Noon));

    [Theory]
    [InlineData("", "is no schedule")]
    [InlineData("hourly", "is no schedule")]
    [InlineData("99 * * * *", "between 0 and 59")]
    [InlineData("0 6 13 * 5", "leave one of them *")]
    [InlineData("cron(0 3 * * *)", "5 fields")]
    [InlineData("cron(0 3 * * * *)", "must have a ?")]
    [InlineData("cron(0 3 ? * ? *)", "must have a ?")]
    [InlineData("cron(0 3 ? * 8 *)", "1 (Sunday) to 7")]
    [InlineData("cron(0 3 ? * 0 *)", "1 (Sunday) to 7")]
    [InlineData("cron(0 3 1 * ? 26)", "has a year")]
    [InlineData("rate(0 minutes)", "1 to 10000")]
    [InlineData("rate(5 seconds)", "is no schedule")]
    public void What_is_no_schedule_is_told(string schedule, string told) =>
        Assert.Contains(
            told,
            Assert.Throws<FormatException>(() => JobSchedule.Parse(schedule, TimeZoneInfo.Utc)).Message,
            StringComparison.Ordinal);

    private static DateTimeOffset? Next(string schedule, string from) =>
        JobSchedule.Parse(schedule, TimeZoneInfo.Utc).NextAfter(Time(from));

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
