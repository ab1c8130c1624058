using System.Globalization;
using System.Text;

namespace MarketoLambda.Cli.Output;

/// <summary>
/// Shows what would act on a terminal or turn text around instead of printing it: cells, file names and headers come from anywhere.
/// </summary>
/// <remarks>Line feeds and tabs stay; joiners stay too, because writing of some languages needs them.</remarks>
internal static class VisibleText
{
    private const char FirstPicture = '\u2400';
    private const char PictureOfDelete = '\u2421';

    public static string From(string text) =>
        text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 || !text.Any(IsHidden) ? text : Shown(text);

    private static string Shown(string text)
    {
        StringBuilder shown = new(text.Length + 16);
        foreach (var sign in text.Replace("\r\n", "\n", StringComparison.Ordinal))
        {
            _ = !IsHidden(sign) ? shown.Append(sign)
                : sign < ' ' ? shown.Append((char)(FirstPicture + sign))
                : sign == '\u007f' ? shown.Append(PictureOfDelete)
                : shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)sign:x4}");
        }

        return shown.ToString();
    }

    private static bool IsHidden(char sign) => sign switch
    {
        '\n' or '\t' or '\u200c' or '\u200d' => false,
        _ => char.GetUnicodeCategory(sign)
            is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator,
    };
}
