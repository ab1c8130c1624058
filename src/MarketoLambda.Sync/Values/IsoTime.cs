namespace MarketoLambda.Sync.Values;

/// <summary>
/// Reads the forms that nearly all programs write, and that mean the same in every culture: <c>2026-11-23</c> and
/// <c>2026-11-23T18:05:09Z</c>.
/// </summary>
/// <remarks>A short way for most values of most files. What it does not take may still be a time.</remarks>
internal static class IsoTime
{
    private const int DateLength = 10;
    private const int TimeLength = 19;

    public static bool TryRead(ReadOnlySpan<char> text, out WrittenTime time)
    {
        time = default;
        var isUtc = text is [.., 'Z'];
        var clock = isUtc ? text[..^1] : text;
        if (!TryReadDate(clock, out var read) || (clock.Length == DateLength ? isUtc : !TryReadTime(clock, ref read)))
        {
            return false;
        }

        time = new WrittenTime(read, isUtc ? TimeSpan.Zero : null);
        return true;
    }

    private static bool TryReadDate(ReadOnlySpan<char> text, out DateTime date)
    {
        date = default;
        if (text.Length is not (DateLength or TimeLength) || text[4] != '-' || text[7] != '-'
            || !IsTwoDigits(text[..2], out var century) || !IsTwoDigits(text[2..4], out var year)
            || !IsTwoDigits(text[5..7], out var month) || !IsTwoDigits(text[8..10], out var day))
        {
            return false;
        }

        year += century * 100;
        if (year < 2 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        date = new DateTime(year, month, day);
        return true;
    }

    private static bool TryReadTime(ReadOnlySpan<char> text, ref DateTime time)
    {
        if (text[10] is not ('T' or ' ') || text[13] != ':' || text[16] != ':'
            || !IsTwoDigits(text[11..13], out var hours)
            || !IsTwoDigits(text[14..16], out var minutes) || !IsTwoDigits(text[17..19], out var seconds)
            || hours > 23 || minutes > 59 || seconds > 59)
        {
            return false;
        }

        time = time.AddTicks(new TimeSpan(hours, minutes, seconds).Ticks);
        return true;
    }

    private static bool IsTwoDigits(ReadOnlySpan<char> text, out int number)
    {
        number = ((text[0] - '0') * 10) + text[1] - '0';
        return char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[1]);
    }
}
