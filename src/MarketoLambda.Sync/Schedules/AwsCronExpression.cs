using System.Globalization;
using System.Text.RegularExpressions;
using Cronos;

namespace MarketoLambda.Sync.Schedules;

/// <summary>
/// Six fields as AWS has them: minute, hour, day of the month, month, weekday, year. Weekdays are 1 (Sunday) to 7, and one of the two days
/// is <c>?</c>.
/// </summary>
/// <remarks>Source: AWS, EventBridge Scheduler user guide, "Cron-based schedules".</remarks>
internal sealed partial class AwsCronExpression
{
    private const int FieldCount = 6;

    private readonly CronExpression _cron;
    private readonly YearField _years;
    private readonly TimeZoneInfo _zone;

    /// <exception cref="FormatException">It is none; the message is the predicate of a sentence.</exception>
    public AwsCronExpression(string expression, TimeZoneInfo zone)
    {
        var fields = expression.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != FieldCount)
        {
            throw new FormatException(
                $"has {fields.Length} fields in cron(…), where AWS wants {FieldCount}: minute, hour, day of the month, month, weekday and "
                    + "year, for example cron(0 3 * * ? *)");
        }

        if ((fields[2] == "?") == (fields[4] == "?"))
        {
            throw new FormatException("must have a ? as day of the month or as weekday, and only as one of them: AWS refuses it otherwise");
        }

        fields[4] = Weekdays(fields[4]);
        _cron = CronExpression.Parse(string.Join(' ', fields[..5]));
        _years = YearField.Parse(fields[5]);
        _zone = zone;
    }

    public DateTimeOffset? FindNext(DateTimeOffset moment)
    {
        var next = _cron.GetNextOccurrence(moment, _zone);
        while (next is { } found && YearOf(found) is var year && !_years.Has(year))
        {
            next = _years.FirstAfter(year) is { } later ? _cron.GetNextOccurrence(BeginningOf(later), _zone, inclusive: true) : null;
        }

        return next;
    }

    private int YearOf(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, _zone).Year;

    private DateTimeOffset BeginningOf(int year)
    {
        DateTime local = new(year, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
        return new DateTimeOffset(local, _zone.GetUtcOffset(local));
    }

    /// <summary>Crontabs count weekdays from 0; an L alone is AWS's last day of the week, Saturday.</summary>
    private static string Weekdays(string field) => field == "L" ? "6" : Weekday().Replace(field, number =>
        int.TryParse(number.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var day) && day is >= 1 and <= 7
            ? (day - 1).ToString(CultureInfo.InvariantCulture)
            : throw new FormatException("has a weekday that is not 1 (Sunday) to 7 (Saturday), or SUN to SAT"));

    // Behind # stands which one of the month it is.
    [GeneratedRegex(@"(?<![#\d])\d+", RegexOptions.CultureInvariant)]
    private static partial Regex Weekday();
}
