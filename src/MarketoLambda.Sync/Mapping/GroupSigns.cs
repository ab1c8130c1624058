using System.Globalization;

namespace MarketoLambda.Sync.Mapping;

/// <summary>Checks the signs between groups of digits, such as the comma in <c>1,234.5</c>.</summary>
/// <remarks>.NET takes them anywhere: <c>1,5</c> from another culture would be sent as 15.</remarks>
internal static class GroupSigns
{
    /// <summary>True when there are none, or all stand where the culture puts them.</summary>
    /// <param name="text">What was read.</param>
    /// <param name="number">What .NET made of it.</param>
    /// <param name="culture">How it is written.</param>
    public static bool AreInPlace(string text, decimal number, CultureInfo culture)
    {
        var whole = WholePart(text, culture);
        return !whole.ContainsAnyExceptInRange('0', '9') || HaveDigitsInTheSamePlaces(whole, decimal.Truncate(Math.Abs(number)).ToString("N0", culture));
    }

    /// <summary>From the first digit to the last one before the decimal sign or exponent.</summary>
    private static ReadOnlySpan<char> WholePart(ReadOnlySpan<char> text, CultureInfo culture)
    {
        foreach (var end in (ReadOnlySpan<string>)[culture.NumberFormat.NumberDecimalSeparator, "e", "E"])
        {
            var index = text.IndexOf(end, StringComparison.Ordinal);
            text = index < 0 ? text : text[..index];
        }

        var first = text.IndexOfAnyInRange('0', '9');
        return first < 0 ? [] : text[first..(text.LastIndexOfAnyInRange('0', '9') + 1)];
    }

    private static bool HaveDigitsInTheSamePlaces(ReadOnlySpan<char> one, string other)
    {
        if (one.Length != other.Length)
        {
            return false;
        }

        for (var place = 0; place < one.Length; place++)
        {
            if (char.IsAsciiDigit(one[place]) != char.IsAsciiDigit(other[place]))
            {
                return false;
            }
        }

        return true;
    }
}
