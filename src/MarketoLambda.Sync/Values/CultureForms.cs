using System.Globalization;

namespace MarketoLambda.Sync.Values;

/// <summary>
/// Reads times in a format whose words .NET knows in one form only: <c>Sep</c> where its data say <c>Sept</c>, <c>p.m.</c> for <c>PM</c>.
/// </summary>
internal static class CultureForms
{
    /// <summary>Reads a text in one format of a culture.</summary>
    public delegate bool Reader(string text, string format, CultureInfo culture, out WrittenTime time);

    /// <summary>Tries the text again with its month as a number, and with <c>AM</c> or <c>PM</c> as the culture writes them.</summary>
    public static bool TryRead(string text, string format, CultureInfo culture, Reader read, out WrittenTime time)
    {
        var words = CultureDates.From(culture).Words;
        var named = format.Contains('t', StringComparison.Ordinal) ? WithHalfOfDay(text, words, culture.DateTimeFormat) : text;
        if (!format.Contains("MMM", StringComparison.Ordinal))
        {
            time = default;
            return named != text && read(named, format, culture, out time);
        }

        var numbered = format.Replace("MMMM", "MM", StringComparison.Ordinal).Replace("MMM", "MM", StringComparison.Ordinal);
        foreach (var (start, end) in Words(named))
        {
            if (words.Month(named.AsSpan(start, end - start)) is > 0 and var month)
            {
                var number = month.ToString("00", CultureInfo.InvariantCulture);
                if (
                    read($"{named[..start]}{number}{named[end..]}", numbered, culture, out time)
                    || (
                        end < named.Length
                        && named[end] == '.'
                        && read($"{named[..start]}{number}{named[(end + 1)..]}", numbered, culture, out time)))
                {
                    return true;
                }
            }
        }

        time = default;
        return false;
    }

    private static IEnumerable<(int Start, int End)> Words(string text)
    {
        var end = 0;
        for (var start = 0; start < text.Length; start = end + 1)
        {
            end = start;
            while (end < text.Length && char.IsLetter(text[end]))
            {
                end++;
            }

            if (end > start)
            {
                yield return (start, end);
            }
        }
    }

    private static string WithHalfOfDay(string text, CultureWords words, DateTimeFormatInfo format)
    {
        var start = text.Length;
        while (start > 0 && (char.IsLetter(text[start - 1]) || text[start - 1] is '.' or ' '))
        {
            start--;
        }

        return start < text.Length && words.IsHalfOfDay(text.AsSpan(start), out var isAfternoon)
            ? $"{text[..start]} {(isAfternoon ? format.PMDesignator : format.AMDesignator)}"
            : text;
    }
}
