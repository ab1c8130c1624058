using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Values;

/// <summary>Times that are written as one number: the days of Excel, or what has passed since 1970.</summary>
internal static class NumericTime
{
    public const string Excel = "excel";
    public const string Unix = "unix";
    public const string UnixMilliseconds = "unixMilliseconds";

    /// <summary>Excel counts 29 February 1900, which never was, so its days before have another beginning.</summary>
    private const int LeapDayThatNeverWas = 60;

    private const decimal FirstDayBeyond = 2_958_466m;

    /// <summary>Whether a format is one of these words.</summary>
    public static bool IsFormat(string format) => IsUnix(format) || format.Equals(Excel, StringComparison.OrdinalIgnoreCase);

    /// <summary>An example of how 23 November 2026, 18:05 UTC is written.</summary>
    public static string Example(string format, bool hasTime) =>
        format.Equals(Excel, StringComparison.OrdinalIgnoreCase) ? hasTime ? "46349.75347" : "46349"
        : format.Equals(Unix, StringComparison.OrdinalIgnoreCase) ? "1795457100" : "1795457100000";

    /// <summary>Reads the number; a time of Unix has an offset, one of Excel has none.</summary>
    public static bool TryRead(string text, string format, SourceConventions conventions, out WrittenTime time)
    {
        time = default;
        if (!NumberText.TryReadDecimal(text, conventions, out var number))
        {
            return false;
        }

        var isSeconds = format.Equals(Unix, StringComparison.OrdinalIgnoreCase);
        return IsUnix(format)
            ? TryUnix(number, isSeconds ? TimeSpan.TicksPerSecond : TimeSpan.TicksPerMillisecond, conventions, out time)
            : TryExcel(number, out time);
    }

    private static bool IsUnix(string format) =>
        format.Equals(Unix, StringComparison.OrdinalIgnoreCase) || format.Equals(UnixMilliseconds, StringComparison.OrdinalIgnoreCase);

    // An instant has no date of its own: it is the one of the source's zone.
    private static bool TryUnix(decimal number, long ticksOfOne, SourceConventions conventions, out WrittenTime time)
    {
        time = default;
        var (least, most) = (DateTime.MinValue.AddDays(2) - DateTime.UnixEpoch, DateTime.MaxValue.AddDays(-2) - DateTime.UnixEpoch);
        if (number < (decimal)least.Ticks / ticksOfOne || number > (decimal)most.Ticks / ticksOfOne)
        {
            return false;
        }

        var instant = DateTimeOffset.UnixEpoch.AddTicks((long)Math.Floor(number * ticksOfOne));
        var local = TimeZoneInfo.ConvertTime(instant, conventions.TimeZone);
        time = new WrittenTime(local.DateTime, local.Offset);
        return true;
    }

    // A fraction of a day is never exact: to the nearest second, as Excel shows it.
    private static bool TryExcel(decimal number, out WrittenTime time)
    {
        time = default;
        var day = decimal.Floor(number);
        if (number < 1 || number >= FirstDayBeyond || day == LeapDayThatNeverWas)
        {
            return false;
        }

        var seconds = decimal.Round((number - day) * 86_400m, 0, MidpointRounding.AwayFromZero);
        var beginning = new DateTime(1899, 12, day < LeapDayThatNeverWas ? 31 : 30);
        if (day == FirstDayBeyond - 1 && seconds == 86_400m)
        {
            return false;
        }

        time = new WrittenTime(beginning.AddDays((double)day).AddSeconds((double)seconds), null);
        return true;
    }
}
