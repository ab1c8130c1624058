using System.Collections.Concurrent;
using System.Globalization;

namespace MarketoLambda.Sync.Values;

/// <summary>The signs a culture writes in numbers, and where it puts those between groups of digits.</summary>
internal sealed class NumberSigns
{
    private const string Blanks = " \u00a0\u202f\u2009";
    private const string Apostrophes = "'’";
    private const string Minuses = "-\u2212";

    /// <summary>Directions of writing that some cultures put before a minus.</summary>
    private const string Marks = "\u200e\u200f\u061c";

    private static readonly ConcurrentDictionary<CultureInfo, NumberSigns> Known = new();

    private readonly string _groupSigns;
    private readonly int[] _groupSizes;

    private NumberSigns(CultureInfo culture)
    {
        var format = culture.NumberFormat;
        IsNeutral = culture.Equals(CultureInfo.InvariantCulture);
        Point = format.NumberDecimalSeparator is [var point] ? point : '.';
        _groupSizes = format.NumberGroupSizes is [> 0, ..] sizes ? sizes : [];
        var isOneForm = format.CurrencyDecimalSeparator == format.NumberDecimalSeparator; // Austria has another sign for money only
        var signs = GroupSigns(format.NumberGroupSeparator) + (isOneForm ? GroupSigns(format.CurrencyGroupSeparator) : "");
        _groupSigns = IsNeutral ? "" : signs.Replace(Point.ToString(), "", StringComparison.Ordinal);
    }

    /// <summary>Nobody said how numbers are written.</summary>
    public bool IsNeutral { get; }

    /// <summary>Between the whole part and the fraction.</summary>
    public char Point { get; }

    public static NumberSigns From(CultureInfo culture) => Known.GetOrAdd(culture, static culture => new NumberSigns(culture));

    public static ReadOnlySpan<char> SkipMarks(ReadOnlySpan<char> text) => text.TrimStart(Marks);

    /// <summary>Whether the text begins with a minus.</summary>
    public static bool IsMinus(ReadOnlySpan<char> text) => text is [var sign, ..] && Minuses.Contains(sign, StringComparison.Ordinal);

    /// <summary>The digits of a whole part without its group signs; false where one stands in a wrong place.</summary>
    public bool TryJoin(ReadOnlySpan<char> whole, out string digits)
    {
        digits = "";
        if (!whole.ContainsAnyExceptInRange('0', '9'))
        {
            digits = whole.ToString();
            return true;
        }

        Span<char> joined = stackalloc char[whole.Length];
        var (at, group, inGroup, separator) = (joined.Length, 0, 0, '\0');
        for (var i = whole.Length - 1; i >= 0; i--)
        {
            if (char.IsAsciiDigit(whole[i]))
            {
                if (SizeOf(group) is > 0 and var size && inGroup == size)
                {
                    return false; // a sign is missing where others are
                }

                joined[--at] = whole[i];
                inGroup++;
            }
            else
            {
                var isGroupSign = _groupSigns.Contains(whole[i], StringComparison.Ordinal)
                    && (separator == '\0' || ClassOf(separator) == ClassOf(whole[i]));
                if (!isGroupSign || inGroup == 0 || inGroup != SizeOf(group))
                {
                    return false;
                }

                (separator, inGroup, group) = (whole[i], 0, group + 1);
            }
        }

        digits = joined[at..].ToString();
        return inGroup > 0;
    }

    private static string GroupSigns(string separator) => separator is not [var sign] ? "" : ClassOf(sign);

    /// <summary>All signs that are one and the same to a reader.</summary>
    private static string ClassOf(char sign) =>
        Blanks.Contains(sign, StringComparison.Ordinal) ? Blanks
        : Apostrophes.Contains(sign, StringComparison.Ordinal) ? Apostrophes
        : sign.ToString();

    /// <summary>Digits in a group, counted from the point; 0 where the rest is one group.</summary>
    private int SizeOf(int group) => _groupSizes.Length == 0 ? 0 : _groupSizes[Math.Min(group, _groupSizes.Length - 1)];
}
