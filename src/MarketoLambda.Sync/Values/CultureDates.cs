using System.Collections.Concurrent;
using System.Globalization;

namespace MarketoLambda.Sync.Values;

/// <summary>Reads dates and times of a culture where no format says how they are written.</summary>
/// <remarks>
/// Nothing is added to what the text says: day, month and a year of four digits must be there. .NET's own reader takes the rest from
/// today (<c>1/2</c>), or from a rule (<c>Nov-24</c>), and which one it does depends on the culture.
/// Without a culture only what begins with the year is clear, because nobody said whether 03.04. is in March or in April.
/// In a culture with another calendar, dates from 1900 to 2200 are read, so that the years of one are not taken for those of the other.
/// </remarks>
internal sealed class CultureDates
{
    private static readonly ConcurrentDictionary<CultureInfo, CultureDates> Known = new();

    private readonly Calendar _calendar;
    private readonly Order _order;
    private readonly char _timeSeparator;

    private CultureDates(CultureInfo culture)
    {
        _calendar = culture.DateTimeFormat.Calendar;
        IsGregorian = _calendar is GregorianCalendar;
        IsNeutral = culture.Equals(CultureInfo.InvariantCulture);
        Words = new CultureWords(culture.DateTimeFormat);
        _order = IsNeutral ? Order.YearFirst : OrderOf(culture.DateTimeFormat.ShortDatePattern);
        _timeSeparator = culture.DateTimeFormat.TimeSeparator is [var sign] ? sign : ':';
    }

    private enum Order
    {
        YearFirst,
        DayFirst,
        MonthFirst,
    }

    /// <summary>Nobody said how dates are written.</summary>
    public bool IsNeutral { get; }

    public bool IsGregorian { get; }

    public CultureWords Words { get; }

    public static CultureDates From(CultureInfo culture) => Known.GetOrAdd(culture, static culture => new CultureDates(culture));

    /// <summary>Three numbers as the culture orders them.</summary>
    public string OwnPattern => _order switch
    {
        Order.DayFirst => "dd/MM/yyyy",
        Order.MonthFirst => "MM/dd/yyyy",
        _ => "yyyy-MM-dd",
    };

    /// <summary>Reads a text whose blanks are plain ones.</summary>
    public bool TryRead(string text, out WrittenTime time) =>
        (IsoTime.TryRead(text, out time) && IsInReach(time.Clock))
        || DateScan.TryRead(text, this, isWeekdayFirst: true, out time) || DateScan.TryRead(text, this, isWeekdayFirst: false, out time);

    /// <summary>A date that lies where no calendar can be taken for another.</summary>
    public bool IsInReach(DateTime time) => IsGregorian || time.Year is >= 1900 and <= 2200;

    public bool IsTimeSeparator(char sign) => sign == ':' || sign == _timeSeparator;

    /// <summary>Three numbers with the same sign between them.</summary>
    public bool TryDate(ReadOnlySpan<int> parts, bool isYearFirst, char separator, out DateTime date)
    {
        if (isYearFirst)
        {
            var isIso = IsGregorian || separator == '-';
            date = default;
            return (isIso || _order == Order.YearFirst) && TryDate(isIso ? null : _calendar, parts[0], parts[1], parts[2], out date);
        }

        date = default;
        return _order switch
        {
            Order.DayFirst => TryDate(_calendar, parts[2], parts[1], parts[0], out date),
            Order.MonthFirst => TryDate(_calendar, parts[2], parts[0], parts[1], out date),
            _ => false,
        };
    }

    /// <summary>A day with the month's name.</summary>
    public bool TryDate(int year, int month, int day, out DateTime date) => TryDate(_calendar, year, month, day, out date);

    private bool TryDate(Calendar? calendar, int year, int month, int day, out DateTime date)
    {
        date = default;
        if (calendar is null or GregorianCalendar)
        {
            if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            {
                return false;
            }

            date = new DateTime(year, month, day);
            return IsInReach(date);
        }

        try
        {
            date = calendar.ToDateTime(year, month, day, 0, 0, 0, 0);
            return IsInReach(date);
        }
        catch (ArgumentOutOfRangeException)
        {
            return false;
        }
    }

    private static Order OrderOf(string pattern)
    {
        var (day, month, year) = (At('d'), At('M'), At('y'));
        return year < day ? Order.YearFirst : day < month ? Order.DayFirst : Order.MonthFirst;

        int At(char letter) => pattern.IndexOf(letter, StringComparison.Ordinal);
    }
}
