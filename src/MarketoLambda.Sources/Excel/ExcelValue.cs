using System.Globalization;
using System.Text.RegularExpressions;

namespace MarketoLambda.Sources.Excel;

/// <summary>Gives the value of a cell the type that Excel shows.</summary>
/// <remarks>Excel calculates with 15 digits; those behind them are noise of binary numbers, and it does not show them either.</remarks>
internal static partial class ExcelValue
{
    private const double MaxExactWhole = 1L << 53;
    private const double MinOfDecimal = 1e-12;
    private const string ExcelDigits = "G15";

    /// <param name="value">As the library reads it.</param>
    /// <param name="format">The cell's number format.</param>
    /// <returns>Text, <see cref="long"/>, <see cref="decimal"/> (or <see cref="double"/> where none holds it), <see cref="bool"/>,
    /// <see cref="DateOnly"/>, <see cref="DateTime"/>, or null.</returns>
    public static object? Convert(object? value, string? format) => value switch
    {
        double number => Number(number, format ?? ""),
        DateTime time => Time(time, Letters().Match(Quoted().Replace(format ?? "", "")).Value),
        TimeSpan span => string.Create(
            CultureInfo.InvariantCulture, $"{(span < TimeSpan.Zero ? "-" : "")}{Math.Abs((long)span.TotalHours):00}:{span:mm\\:ss}"),
        int number => (long)number,
        _ => value,
    };

    /// <summary>A value as text.</summary>
    public static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        _ => System.Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static object Number(double number, string format)
    {
        if (double.IsInteger(number) && Math.Abs(number) <= MaxExactWhole)
        {
            var whole = (long)number;
            return Zeros().IsMatch(format) && whole >= 0
                ? whole.ToString($"D{format.Length}", CultureInfo.InvariantCulture) : whole;
        }

        var digits = number.ToString(double.IsInteger(number) ? "R" : ExcelDigits, CultureInfo.InvariantCulture);
        var isDecimal = decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact);
        return isDecimal && Math.Abs(number) >= MinOfDecimal ? exact : number;
    }

    // The letters of the format say what is shown: a day, a time of day, or both.
    private static object Time(DateTime time, string format)
    {
        var hasDay = format.AsSpan().ContainsAny("dyDY");
        var hasTime = format.AsSpan().ContainsAny("hsHS");
        return !hasDay && hasTime && time.Date == Epoch(time)
            ? time.ToString("HH:mm:ss", CultureInfo.InvariantCulture)
            : !hasTime && time.TimeOfDay == TimeSpan.Zero ? DateOnly.FromDateTime(time)
            : time;
    }

    // Day 0: what has none.
    private static DateTime Epoch(DateTime time) =>
        time.Year == 1904 ? new(1904, 1, 1) : time.Day == 30 ? new(1899, 12, 30) : new(1899, 12, 31);

    [GeneratedRegex("^0{2,15}$")]
    private static partial Regex Zeros();

    [GeneratedRegex("\"[^\"]*\"|\\[[^\\]]*\\]|\\\\.|AM/PM|A/P", RegexOptions.IgnoreCase)]
    private static partial Regex Quoted();

    [GeneratedRegex("[^;]*")]
    private static partial Regex Letters();
}
