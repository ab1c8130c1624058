using System.Globalization;
using System.Text;

namespace MarketoLambda.Sources.Csv;

/// <summary>How column names are compared, and how they are shown where a difference would be invisible.</summary>
internal static class HeaderName
{
    // No width, no meaning: left behind by exports and by copying from web pages.
    private const string Nothing = "\uFEFF\u200B\u200C\u200D\u200E\u200F\u2060";

    /// <summary>The name with every run of blanks and line ends as one blank, in one Unicode form, without what has no width.</summary>
    public static string Normal(string name)
    {
        StringBuilder normal = new(name.Length);
        foreach (var character in name)
        {
            if (char.IsWhiteSpace(character))
            {
                if (normal.Length > 0 && normal[^1] != ' ')
                {
                    normal.Append(' ');
                }
            }
            else if (!Nothing.Contains(character, StringComparison.Ordinal))
            {
                normal.Append(character);
            }
        }

        return normal.ToString().Trim().Normalize(NormalizationForm.FormC);
    }

    /// <summary>The name in quotes, with invisible characters spelled, for example as <c>&lt;U+00AD&gt;</c>.</summary>
    public static string Shown(string name)
    {
        StringBuilder shown = new("\"");
        foreach (var rune in name.EnumerateRunes())
        {
            var isVisible = rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (
                UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
            shown.Append(isVisible ? rune.ToString() : string.Create(CultureInfo.InvariantCulture, $"<U+{rune.Value:X4}>"));
        }

        return shown.Append('"').ToString();
    }
}
