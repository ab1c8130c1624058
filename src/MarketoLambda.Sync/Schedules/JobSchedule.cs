using System.Globalization;
using System.Text.RegularExpressions;
using Cronos;

namespace MarketoLambda.Sync.Schedules;

/// <summary>
/// When a job runs by itself: <c>cron(…)</c> or <c>rate(…)</c> as EventBridge Scheduler writes them, or five fields as a crontab has them.
/// </summary>
public sealed partial class JobSchedule
{
    private const string Forms =
        "write \"cron(0 3 * * ? *)\" or \"rate(10 minutes)\" as in AWS, or minute, hour, day, month and weekday as in a crontab: "
            + "\"0 3 * * *\"";

    private readonly Func<DateTimeOffset, DateTimeOffset?> _findNext;

    private JobSchedule(string text, Func<DateTimeOffset, DateTimeOffset?> findNext)
    {
        Text = text;
        _findNext = findNext;
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Reads a schedule.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="zone">In which hours and days are meant. An hour that a zone leaves out in spring is made up for right after it; one
    /// that it has twice in autumn counts once.</param>
    /// <exception cref="FormatException">It is none; the message is the predicate of a sentence.</exception>
    public static JobSchedule Parse(string text, TimeZoneInfo zone)
    {
        var expression = text.Trim();
        if (Rate().Match(expression) is { Success: true } rate)
        {
            return new JobSchedule(text, EveryInterval(rate));
        }

        try
        {
            return AwsCron().Match(expression) is { Success: true } aws
                ? new JobSchedule(text, new AwsCronExpression(aws.Groups[1].Value, zone).FindNext)
                : new JobSchedule(text, FiveFields(expression, zone));
        }
        catch (CronFormatException wrong)
        {
            throw new FormatException($"is no schedule ({wrong.Message.TrimEnd('.')}); {Forms}", wrong);
        }
    }

    /// <summary>The first time after that moment; null where there is none any more.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset moment) => _findNext(moment);

    /// <summary>Counted from 1970, so that the times are the same whenever the program was started.</summary>
    private static Func<DateTimeOffset, DateTimeOffset?> EveryInterval(Match rate)
    {
        var unit = rate.Groups[2].Value switch
        {
            "minute" => TimeSpan.FromMinutes(1),
            "hour" => TimeSpan.FromHours(1),
            _ => TimeSpan.FromDays(1),
        };
        if (!int.TryParse(rate.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > 10_000)
        {
            throw new FormatException("must be a rate of 1 to 10000 minutes, hours or days");
        }

        var interval = (unit * count).Ticks;
        return moment =>
        {
            var since = (moment.UtcDateTime - DateTime.UnixEpoch).Ticks;
            return new DateTimeOffset(DateTime.UnixEpoch.AddTicks(((since / interval) + 1) * interval));
        };
    }

    private static Func<DateTimeOffset, DateTimeOffset?> FiveFields(string expression, TimeZoneInfo zone)
    {
        var fields = expression.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 5)
        {
            throw new FormatException($"is no schedule; {Forms}");
        }

        if (fields[2] is not ("*" or "?") && fields[4] is not ("*" or "?"))
        {
            throw new FormatException(
                "names both a day of the month and a weekday, which a crontab takes for either of them and others for both at once; leave "
                    + "one of them *");
        }

        var cron = CronExpression.Parse(expression);
        return moment => cron.GetNextOccurrence(moment, zone);
    }

    [GeneratedRegex(@"^rate\(\s*(\d+)\s+(minute|hour|day)s?\s*\)$", RegexOptions.CultureInvariant)]
    private static partial Regex Rate();

    [GeneratedRegex(@"^cron\((.*)\)$", RegexOptions.CultureInvariant)]
    private static partial Regex AwsCron();
}
