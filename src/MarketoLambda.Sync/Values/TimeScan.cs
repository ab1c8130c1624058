namespace MarketoLambda.Sync.Values;

/// <summary>Reads the time of day behind a date, and the offset behind that.</summary>
internal static class TimeScan
{
    private static readonly TimeSpan MaxOffset = TimeSpan.FromHours(14);

    /// <summary>Reads the rest of the text: hours and minutes at least, and nothing else behind them.</summary>
    public static bool TryRead(ref DateText text, out TimeSpan clock, out TimeSpan? offset)
    {
        (clock, offset) = (default, null);
        bool? isAfternoon = TrySkipHalfOfDay(ref text, out var first) ? first : null;
        var (hours, hourDigits) = text.Number();
        if (hourDigits is 0 or > 2 || !text.Dates.IsTimeSeparator(text.Next) || !TryTwoDigits(ref text, out var minutes))
        {
            return false;
        }

        var (seconds, fraction) = (0, 0L);
        if (text.Dates.IsTimeSeparator(text.Next))
        {
            if (!TryTwoDigits(ref text, out seconds))
            {
                return false;
            }

            fraction = Fraction(ref text);
        }

        if (isAfternoon is null && TrySkipHalfOfDay(ref text, out var last))
        {
            isAfternoon = last;
        }

        if (isAfternoon is not null && hours is < 1 or > 12)
        {
            return false;
        }

        hours = isAfternoon is { } half ? (hours % 12) + (half ? 12 : 0) : hours;
        clock = new TimeSpan(hours, minutes, seconds) + TimeSpan.FromTicks(fraction);
        return hours <= 23 && minutes <= 59 && seconds <= 59 && TryReadOffset(ref text, out offset) && text.IsAtEnd();
    }

    /// <summary>An offset from UTC, or none.</summary>
    public static bool TryReadOffset(ref DateText text, out TimeSpan? offset)
    {
        offset = null;
        while (text.Next == ' ')
        {
            text.Position++;
        }

        foreach (var utc in (ReadOnlySpan<string>)["Z", "UTC", "GMT"])
        {
            var behind = text.Peek(utc.Length);
            if (
                text.Rest.StartsWith(utc, StringComparison.OrdinalIgnoreCase)
                && !char.IsLetterOrDigit(behind)
                && behind is not ('+' or '-'))
            {
                offset = TimeSpan.Zero;
                text.Position += utc.Length;
                return true;
            }
        }

        return text.Next is not ('+' or '-') || TryReadHoursAndMinutes(ref text, isBehind: text.Next == '-', out offset);
    }

    private static bool TryReadHoursAndMinutes(ref DateText text, bool isBehind, out TimeSpan? offset)
    {
        offset = null;
        text.Position++;
        var (hours, digits) = text.Number();
        var minutes = 0;
        if (digits == 4)
        {
            (hours, minutes) = (hours / 100, hours % 100);
        }
        else if (digits is 0 or > 2 || (text.Next == ':' && !TryTwoDigits(ref text, out minutes)))
        {
            return false;
        }

        var shift = new TimeSpan(hours, minutes, 0);
        offset = isBehind ? -shift : shift;
        return minutes <= 59 && shift <= MaxOffset;
    }

    /// <summary>Two digits behind a separator.</summary>
    private static bool TryTwoDigits(ref DateText text, out int value)
    {
        text.Position++;
        (value, var digits) = text.Number();
        return digits == 2;
    }

    // ISO 8601 takes a comma too. Beyond ten-millionths digits are cut.
    private static long Fraction(ref DateText text)
    {
        if (text.Next is not ('.' or ',') || !char.IsAsciiDigit(text.Peek(1)))
        {
            return 0;
        }

        var ticks = 0L;
        text.Position++;
        for (var weight = TimeSpan.TicksPerSecond / 10; char.IsAsciiDigit(text.Next); weight /= 10)
        {
            ticks += (text.Next - '0') * weight;
            text.Position++;
        }

        return ticks;
    }

    private static bool TrySkipHalfOfDay(ref DateText text, out bool isAfternoon)
    {
        var isThere = text.IsHalfOfDay(out isAfternoon, out var length);
        text.Position += isThere ? length : 0;
        return isThere;
    }
}
