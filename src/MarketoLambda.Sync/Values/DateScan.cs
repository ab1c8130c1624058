namespace MarketoLambda.Sync.Values;

/// <summary>Reads the whole text of a date: three parts, then perhaps a time of day and an offset, and nothing else.</summary>
internal static class DateScan
{
    private const string DateSeparators = "-/.";

    /// <summary>Reads one of the forms a culture may mean.</summary>
    /// <param name="whole">The text.</param>
    /// <param name="dates">The culture's.</param>
    /// <param name="isWeekdayFirst">A word before the date is a weekday rather than a month, as the Spanish <c>mar</c> may be.</param>
    /// <param name="time">What it says.</param>
    public static bool TryRead(string whole, CultureDates dates, bool isWeekdayFirst, out WrittenTime time)
    {
        time = default;
        DateText text = new(whole, dates);
        DayOfWeek? weekday = isWeekdayFirst && !dates.IsNeutral && text.TrySkipWeekday(out var before) ? before : null;
        if (!TryReadDate(ref text, out var date) || date == DateTime.MinValue)
        {
            return false;
        }

        if (text.Next is 'Z' or '+' or '-')
        {
            time = TimeScan.TryReadOffset(ref text, out var ofDate) && text.IsAtEnd() ? new WrittenTime(date, ofDate) : default;
            return time.Offset is not null && weekday is null;
        }

        if (!TryReadTime(ref text, ref weekday, out var clock, out var offset))
        {
            return false;
        }

        time = new WrittenTime(date + clock, offset);
        return weekday is null || weekday == date.DayOfWeek;
    }

    private static bool TryReadDate(ref DateText text, out DateTime date)
    {
        date = default;
        Span<int> parts = stackalloc int[3];
        Span<int> lengths = stackalloc int[3];
        Span<char> separators = ['\0', '\0', '\0'];
        var monthAt = -1;
        for (var part = 0; part < 3; part++)
        {
            if (part > 0 && !TryReadSeparator(ref text, out separators[part]))
            {
                return false;
            }

            if (char.IsAsciiDigit(text.Next))
            {
                (parts[part], lengths[part]) = text.Number();
            }
            else if (monthAt < 0 && !text.Dates.IsNeutral && text.Dates.Words.Month(text.Word()) is > 0 and var month)
            {
                (parts[part], monthAt) = (month, part);
                text.Position += text.Next == '.' && !char.IsAsciiDigit(text.Peek(1)) ? 1 : 0; // of a short form
            }
            else
            {
                return false;
            }
        }

        return !char.IsAsciiDigit(text.Next) && (monthAt < 0
            ? TryNumbers(text.Dates, parts, lengths, separators, out date)
            : TryNamed(text.Dates, parts, lengths, monthAt, out date));
    }

    private static bool TryNumbers(
        CultureDates dates, ReadOnlySpan<int> parts, ReadOnlySpan<int> lengths, ReadOnlySpan<char> separators, out DateTime date)
    {
        date = default;
        var isYearFirst = lengths[0] == 4;
        return separators[1] == separators[2] && DateSeparators.Contains(separators[1], StringComparison.Ordinal)
            && lengths[1] <= 2 && (isYearFirst ? lengths[2] <= 2 : lengths[0] <= 2 && lengths[2] == 4)
            && dates.TryDate(parts, isYearFirst, separators[1], out date);
    }

    private static bool TryNamed(CultureDates dates, ReadOnlySpan<int> parts, ReadOnlySpan<int> lengths, int monthAt, out DateTime date)
    {
        date = default;
        var (first, second) = monthAt switch { 0 => (1, 2), 1 => (0, 2), _ => (0, 1) };
        var year = lengths[first] == 4 ? first : second;
        var day = year == first ? second : first;
        return lengths[year] == 4 && lengths[day] <= 2 && dates.TryDate(parts[year], parts[monthAt], parts[day], out date);
    }

    /// <summary>Gives the sign between two parts, a blank where nothing but blanks and fillers stand there.</summary>
    private static bool TryReadSeparator(ref DateText text, out char separator)
    {
        separator = '\0';
        while (true)
        {
            if (text.Next == ' ')
            {
                separator = separator == '\0' ? ' ' : separator;
                text.Position++;
            }
            else if (text.Next is '-' or '/' or '.' or ',')
            {
                if (separator is not ('\0' or ' '))
                {
                    return false;
                }

                separator = text.Next;
                text.Position++;
            }
            else if (!text.TrySkipFiller())
            {
                return separator != '\0';
            }
        }
    }

    /// <summary>Midnight where nothing but blanks stands behind the date.</summary>
    private static bool TryReadTime(ref DateText text, ref DayOfWeek? weekday, out TimeSpan clock, out TimeSpan? offset)
    {
        (clock, offset) = (default, null);
        var end = text.Position;
        if (text.Next is 'T' or 't' && char.IsAsciiDigit(text.Peek(1)))
        {
            text.Position++;
            return TimeScan.TryRead(ref text, out clock, out offset);
        }

        return SkipFillers(ref text, ref weekday)
            && (text.IsOver || (text.Position > end && TimeScan.TryRead(ref text, out clock, out offset)));
    }

    /// <summary>What may stand behind a date and says nothing: blanks, and in a culture a comma, a dot, a filler or the weekday.</summary>
    private static bool SkipFillers(ref DateText text, ref DayOfWeek? weekday)
    {
        while (!text.IsOver)
        {
            if (text.Next == ' ' || (!text.Dates.IsNeutral && text.Next is ',' or '.'))
            {
                text.Position++;
                continue;
            }

            if (text.Dates.IsNeutral || !char.IsLetter(text.Next) || text.IsHalfOfDay(out _, out _))
            {
                return true;
            }

            if (text.TrySkipFiller())
            {
                continue;
            }

            if (weekday is not null || !text.TrySkipWeekday(out var behind))
            {
                return false;
            }

            weekday = behind;
        }

        return true;
    }
}
