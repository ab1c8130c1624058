namespace MarketoLambda.Sync.Mapping;

/// <summary>One pass over the text of a date: three parts, then perhaps a time of day and an offset, and nothing else.</summary>
internal ref struct DateScan(string text, CultureDates dates)
{
    private const string DateSeparators = "-/.";

    private readonly ReadOnlySpan<char> _text = text;
    private int _at;

    /// <summary>Reads the whole text.</summary>
    /// <param name="isWeekdayFirst">A word before the date is a weekday rather than a month, as the Spanish <c>mar</c> may be.</param>
    /// <param name="time">What it says.</param>
    public bool TryRead(bool isWeekdayFirst, out WrittenTime time)
    {
        time = default;
        DayOfWeek? weekday = null;
        if (isWeekdayFirst && !dates.IsNeutral && TrySkipWeekday(out var before))
        {
            weekday = before;
        }

        if (!TryReadDate(out var date))
        {
            return false;
        }

        if (At is 'Z' or '+' or '-')
        {
            time = TryReadOffset(out var ofDate) && ofDate is not null && IsAtEnd() ? new WrittenTime(date, ofDate) : default;
            return time.Offset is not null && weekday is null;
        }

        var hasT = At is 'T' or 't' && char.IsAsciiDigit(Peek(1));
        var end = _at;
        _at += hasT ? 1 : 0;
        if (!hasT && !SkipFillers(ref weekday))
        {
            return false;
        }

        var clock = TimeSpan.Zero;
        TimeSpan? offset = null;
        if (_at < _text.Length && ((!hasT && _at == end) || !TryReadTime(out clock, out offset)))
        {
            return false;
        }

        time = new WrittenTime(date + clock, offset);
        return (weekday is null || weekday == date.DayOfWeek) && date != DateTime.MinValue;
    }

    private readonly char At => Peek(0);

    private readonly char Peek(int ahead) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    private bool TrySkipWeekday(out DayOfWeek day)
    {
        day = default;
        var start = _at;
        if (!dates.Words.IsWeekday(Word(), out day))
        {
            _at = start;
            return false;
        }

        while (At is ' ' or '.' or ',')
        {
            _at++;
        }

        return true;
    }

    private ReadOnlySpan<char> Word()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsLetter(_text[_at]) || char.GetUnicodeCategory(_text[_at]) == System.Globalization.UnicodeCategory.NonSpacingMark))
        {
            _at++;
        }

        return _text[start.._at];
    }

    private bool TryReadDate(out DateTime date)
    {
        date = default;
        Span<int> parts = stackalloc int[3];
        Span<int> lengths = stackalloc int[3];
        Span<char> separators = ['\0', '\0', '\0'];
        var monthAt = -1;
        for (var part = 0; part < 3; part++)
        {
            if (part > 0 && !TryReadSeparator(out separators[part]))
            {
                return false;
            }

            if (char.IsAsciiDigit(At))
            {
                (parts[part], lengths[part]) = Number();
            }
            else if (monthAt < 0 && !dates.IsNeutral && dates.Words.Month(Word()) is > 0 and var month)
            {
                (parts[part], monthAt) = (month, part);
                _at += At == '.' && !char.IsAsciiDigit(Peek(1)) ? 1 : 0; // of a short form
            }
            else
            {
                return false;
            }
        }

        if (char.IsAsciiDigit(At))
        {
            return false;
        }

        return monthAt < 0
            ? TryNumbers(parts, lengths, separators, out date)
            : TryNamed(parts, lengths, monthAt, out date);
    }

    private readonly bool TryNumbers(ReadOnlySpan<int> parts, ReadOnlySpan<int> lengths, ReadOnlySpan<char> separators, out DateTime date)
    {
        date = default;
        var isYearFirst = lengths[0] == 4;
        return separators[1] == separators[2] && DateSeparators.Contains(separators[1], StringComparison.Ordinal)
            && lengths[1] <= 2 && (isYearFirst ? lengths[2] <= 2 : lengths[0] <= 2 && lengths[2] == 4)
            && dates.TryDate(parts, isYearFirst, separators[1], out date);
    }

    private readonly bool TryNamed(ReadOnlySpan<int> parts, ReadOnlySpan<int> lengths, int monthAt, out DateTime date)
    {
        date = default;
        var (first, second) = monthAt switch { 0 => (1, 2), 1 => (0, 2), _ => (0, 1) };
        var year = lengths[first] == 4 ? first : second;
        var day = year == first ? second : first;
        return lengths[year] == 4 && lengths[day] <= 2 && dates.TryDate(parts[year], parts[monthAt], parts[day], out date);
    }

    private (int Value, int Length) Number()
    {
        var (value, start) = (0, _at);
        while (char.IsAsciiDigit(At) && _at - start < 5)
        {
            value = (value * 10) + (At - '0');
            _at++;
        }

        return (value, _at - start);
    }

    /// <summary>Gives the sign between two parts, a blank where nothing but blanks and fillers stand there.</summary>
    private bool TryReadSeparator(out char separator)
    {
        separator = '\0';
        while (true)
        {
            if (At == ' ')
            {
                separator = separator == '\0' ? ' ' : separator;
                _at++;
            }
            else if (At is '-' or '/' or '.' or ',')
            {
                if (separator is not ('\0' or ' '))
                {
                    return false;
                }

                separator = At;
                _at++;
            }
            else if (!TrySkipFiller())
            {
                return separator != '\0';
            }
        }
    }

    private bool TrySkipFiller()
    {
        var start = _at;
        if (!dates.IsNeutral && dates.Words.IsFiller(Word()))
        {
            while (At is '.' or '’' or '\'')
            {
                _at++;
            }

            return true;
        }

        _at = start;
        return false;
    }

    /// <summary>What may stand behind a date and says nothing: blanks, and in a culture a comma, a dot, a filler or the weekday.</summary>
    private bool SkipFillers(ref DayOfWeek? weekday)
    {
        while (_at < _text.Length)
        {
            if (At == ' ' || (!dates.IsNeutral && At is ',' or '.'))
            {
                _at++;
                continue;
            }

            if (dates.IsNeutral || !char.IsLetter(At) || IsHalfOfDay(out _, out _))
            {
                return true;
            }

            if (TrySkipFiller())
            {
                continue;
            }

            if (weekday is not null || !TrySkipWeekday(out var behind))
            {
                return false;
            }

            weekday = behind;
        }

        return true;
    }

    private bool TryReadTime(out TimeSpan clock, out TimeSpan? offset)
    {
        (clock, offset) = (default, null);
        bool? isAfternoon = TrySkipHalfOfDay(out var first) ? first : null;
        var (hours, hourDigits) = Number();
        if (hourDigits is 0 or > 2 || !dates.IsTimeSeparator(At) || !TryTwoDigits(out var minutes))
        {
            return false;
        }

        var (seconds, ticks) = (0, 0L);
        if (dates.IsTimeSeparator(At) && (!TryTwoDigits(out seconds) || !TryReadFraction(out ticks)))
        {
            return false;
        }

        if (isAfternoon is null && TrySkipHalfOfDay(out var last))
        {
            isAfternoon = last;
        }

        if (isAfternoon is { } half)
        {
            if (hours is < 1 or > 12)
            {
                return false;
            }

            hours = (hours % 12) + (half ? 12 : 0);
        }

        clock = new TimeSpan(hours, minutes, seconds) + TimeSpan.FromTicks(ticks);
        return hours <= 23 && minutes <= 59 && seconds <= 59 && TryReadOffset(out offset) && IsAtEnd();
    }

    private bool TryTwoDigits(out int value)
    {
        _at++;
        (value, var length) = Number();
        return length == 2;
    }

    // ISO 8601 takes a comma too. Beyond ten-millionths digits are cut.
    private bool TryReadFraction(out long ticks)
    {
        ticks = 0;
        if (At is not ('.' or ',') || !char.IsAsciiDigit(Peek(1)))
        {
            return true;
        }

        _at++;
        for (var weight = TimeSpan.TicksPerSecond / 10; char.IsAsciiDigit(At); weight /= 10)
        {
            ticks += (At - '0') * weight;
            _at++;
        }

        return true;
    }

    private bool TrySkipHalfOfDay(out bool isAfternoon)
    {
        if (!IsHalfOfDay(out isAfternoon, out var length))
        {
            return false;
        }

        _at += length;
        return true;
    }

    /// <summary>Looks ahead: <c>PM</c>, <c>p.m.</c>, <c>p. m.</c>, with blanks around.</summary>
    private readonly bool IsHalfOfDay(out bool isAfternoon, out int length)
    {
        var end = _at;
        while (end < _text.Length && (char.IsLetter(_text[end]) || _text[end] is ' ' or '.' or '״' or '\u200c'))
        {
            end++;
        }

        var words = _text[_at..end];
        var isZoneBehind = words.EndsWith("Z") || words.EndsWith("UTC") || words.EndsWith("GMT");
        length = words.Length - (isZoneBehind ? words.EndsWith("Z") ? 1 : 3 : 0);
        return dates.Words.IsHalfOfDay(words[..length], out isAfternoon);
    }

    private bool TryReadOffset(out TimeSpan? offset)
    {
        offset = null;
        while (At == ' ')
        {
            _at++;
        }

        var rest = _text[_at..];
        foreach (var utc in (ReadOnlySpan<string>)["Z", "UTC", "GMT"])
        {
            if (rest.StartsWith(utc, StringComparison.OrdinalIgnoreCase) && !char.IsLetterOrDigit(Peek(utc.Length)) && Peek(utc.Length) is not ('+' or '-'))
            {
                offset = TimeSpan.Zero;
                _at += utc.Length;
                return true;
            }
        }

        return At is not ('+' or '-') || TryReadHoursAndMinutes(isBehind: At == '-', out offset);
    }

    private bool TryReadHoursAndMinutes(bool isBehind, out TimeSpan? offset)
    {
        offset = null;
        _at++;
        var (hours, digits) = Number();
        var minutes = 0;
        if (digits == 4)
        {
            (hours, minutes) = (hours / 100, hours % 100);
        }
        else if (digits is 0 or > 2 || (At == ':' && !TryTwoDigits(out minutes)))
        {
            return false;
        }

        var shift = new TimeSpan(hours, minutes, 0);
        offset = isBehind ? -shift : shift;
        return minutes <= 59 && shift <= TimeSpan.FromHours(14);
    }

    private bool IsAtEnd()
    {
        while (_at < _text.Length)
        {
            if (At == ' ' || (!dates.IsNeutral && At == '.'))
            {
                _at++;
            }
            else if (!char.IsLetter(At) || !TrySkipFiller())
            {
                return false;
            }
        }

        return true;
    }
}
