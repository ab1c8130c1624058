using System.Buffers;
using System.Globalization;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Values;

/// <summary>Reads numbers from a source's text: whatever is one number is that number, and what may be two is none.</summary>
/// <remarks>
/// Signs between groups of digits must stand where the culture puts them: .NET takes them anywhere, and makes 15 of another culture's
/// <c>1,5</c>. Without a culture nobody said what a comma is, nor whether <c>1.000</c> is a thousand.
/// </remarks>
internal static class NumberText
{
    /// <summary>More than any number needs.</summary>
    private const int MaxCharacters = 400;

    private const int MaxDigitsOfLong = 19;

    private const int MaxUsualCharacters = 20;

    private static readonly SearchValues<char> SignsOfNumbers = SearchValues.Create("0123456789.,'’ \u00a0\u202f+-−");

    private static readonly SearchValues<char> SignsOfGroups = SearchValues.Create(",'’ \u00a0\u202f");

    /// <summary>A number without a fraction, however it is written: <c>12.0</c>, <c>7.</c>, <c>1.23E+3</c>, <c>1000-</c>.</summary>
    public static bool TryReadWhole(string text, SourceConventions conventions, out long number)
    {
        return IsDigits(text, out number)
            || (TryPlain(text, conventions, out var plain, out var exponent) && TryWhole(plain, exponent, out number));
    }

    /// <summary>A number with or without a fraction.</summary>
    public static bool TryReadDecimal(string text, SourceConventions conventions, out decimal number)
    {
        if (NumberSigns.From(conventions.Culture).Point == '.' && TryUsual(text, out number))
        {
            return true;
        }

        number = 0;
        return TryPlain(text, conventions, out var plain, out var exponent)
            && decimal.TryParse(
                exponent == 0 ? plain : $"{plain}E{exponent}",
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out number);
    }

    /// <summary>Digits alone are the same number in every culture.</summary>
    private static bool IsDigits(string text, out long number) =>
        long.TryParse(text.Length <= MaxDigitsOfLong ? text : "", NumberStyles.None, CultureInfo.InvariantCulture, out number);

    /// <summary>
    /// Digits and perhaps a point, but not before three of them: nearly all numbers, and nobody can take them for others.
    /// </summary>
    private static bool TryUsual(string text, out decimal number) =>
        decimal.TryParse(
            text.Length <= MaxUsualCharacters && text is not [.., '.', _, _, _] ? text : "",
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out number);

    /// <summary>Whether it would be a number if somebody had said in which culture it is written.</summary>
    public static bool IsAmbiguous(string text, SourceConventions conventions) =>
        !conventions.IsWrittenByProgram
        && NumberSigns.From(conventions.Culture).IsNeutral
        && text.AsSpan().ContainsAnyInRange('0', '9')
        && !text.AsSpan().ContainsAnyExcept(SignsOfNumbers)
        && (text.AsSpan().Trim().ContainsAny(SignsOfGroups) || IsGrouped(text.AsSpan().Trim()));

    // 5.5 is no whole number in any culture, 1.000 may be one.
    private static bool IsGrouped(ReadOnlySpan<char> text) =>
        text.LastIndexOf('.') is >= 0 and var point
        && text[(point + 1)..].Trim(['-', '−']).Length == 3
        && text.IndexOf('.') is >= 1 and <= 4;

    /// <summary>Sign, digits and point alone, and the power of ten behind them.</summary>
    private static bool TryPlain(string text, SourceConventions conventions, out string plain, out int exponent)
    {
        (plain, exponent) = ("", 0);
        var rest = text.AsSpan().Trim();
        if (rest.Length is 0 or > MaxCharacters)
        {
            return false;
        }

        var signs = NumberSigns.From(conventions.Culture);
        if (!TryTakeSign(ref rest, signs, out var isNegative) || !TryTakeExponent(ref rest, out exponent))
        {
            return false;
        }

        var point = rest.IndexOf(signs.Point);
        var whole = point < 0 ? rest : rest[..point];
        var fraction = point < 0 ? [] : rest[(point + 1)..];
        if (fraction.ContainsAnyExceptInRange('0', '9') || (whole.IsEmpty && fraction.IsEmpty) || !signs.TryJoin(whole, out var digits))
        {
            return false;
        }

        if (signs.IsNeutral && !conventions.IsWrittenByProgram && exponent == 0 && MayBeGroup(whole, fraction))
        {
            return false;
        }

        plain = $"{(isNegative ? "-" : "")}{(digits.Length == 0 ? "0" : digits)}{(fraction.IsEmpty ? "" : ".")}{fraction}";
        return true;
    }

    /// <summary>A thousand in one half of the world, one in the other: <c>1.000</c>.</summary>
    private static bool MayBeGroup(ReadOnlySpan<char> whole, ReadOnlySpan<char> fraction) =>
        fraction.Length == 3 && whole.Length is >= 1 and <= 3 && whole[0] != '0';

    /// <summary>One sign, in front of the digits or behind them.</summary>
    private static bool TryTakeSign(ref ReadOnlySpan<char> rest, NumberSigns signs, out bool isNegative)
    {
        isNegative = false;
        var first = NumberSigns.SkipMarks(rest);
        if (first is ['+', ..] || NumberSigns.IsMinus(first))
        {
            isNegative = first[0] != '+';
            rest = first[1..].TrimStart();
        }
        else if (NumberSigns.IsMinus(rest[^1..]) || rest[^1] == '+')
        {
            isNegative = rest[^1] != '+';
            rest = rest[..^1].TrimEnd();
        }

        return !rest.IsEmpty && (char.IsAsciiDigit(rest[0]) || rest[0] == signs.Point);
    }

    private static bool TryTakeExponent(ref ReadOnlySpan<char> rest, out int exponent)
    {
        exponent = 0;
        var at = rest.IndexOfAny('e', 'E');
        if (at < 0)
        {
            return true;
        }

        var isNumber = int.TryParse(rest[(at + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent);
        rest = rest[..at];
        return isNumber && exponent is > -1000 and < 1000;
    }

    private static bool TryWhole(string plain, int exponent, out long number)
    {
        number = 0;
        var point = plain.IndexOf('.', StringComparison.Ordinal);
        var scale = exponent - (point < 0 ? 0 : plain.Length - point - 1);
        var digits = plain.Replace("-", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal).TrimStart('0');
        var significant = digits.TrimEnd('0');
        scale += digits.Length - significant.Length;
        if (significant.Length == 0)
        {
            return true;
        }

        if (scale < 0 || significant.Length + scale > MaxDigitsOfLong)
        {
            return false;
        }

        var whole = $"{(plain[0] == '-' ? "-" : "")}{significant}{new string('0', scale)}";
        return long.TryParse(whole, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }
}
