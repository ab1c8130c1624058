using System.Globalization;

namespace MarketoLambda.Sources.JsonLines;

/// <summary>Takes numbers as they are written: none is ever rounded.</summary>
internal static class JsonNumber
{
    private const int MaxDigits = 28;

    /// <summary>The number, or its text where no <see cref="decimal"/> holds it exactly or writes it so.</summary>
    /// <param name="raw">A number as JSON has it.</param>
    public static object Parse(string raw)
    {
        if (decimal.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            var exponent = raw.AsSpan().IndexOfAny('e', 'E');
            if (exponent < 0
                ? number.ToString(CultureInfo.InvariantCulture) == raw
                : IsExact(raw.AsSpan(0, exponent), raw.AsSpan(exponent + 1)))
            {
                return number;
            }
        }

        return raw;
    }

    private static bool IsExact(ReadOnlySpan<char> mantissa, ReadOnlySpan<char> exponent)
    {
        var point = mantissa.IndexOf('.');
        var decimals = point < 0 ? 0 : mantissa.Length - point - 1;
        return int.TryParse(exponent, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var power)
            && Math.Abs(power) <= MaxDigits
            && decimals - power <= MaxDigits
            && mantissa.Length + Math.Max(0, power) <= MaxDigits;
    }
}
