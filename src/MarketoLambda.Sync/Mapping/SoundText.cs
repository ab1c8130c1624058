using System.Text;

namespace MarketoLambda.Sync.Mapping;

/// <summary>Tells text that everyone can hold from text that nobody can: half a character of UTF-16 (a cut emoji), or NUL.</summary>
/// <remarks>One rule for all sources. It costs the record: JSON cannot carry the one, and no database the other.</remarks>
internal static class SoundText
{
    public static bool IsSound(object? value) => value is not string text || IsSound(text);

    private static bool IsSound(ReadOnlySpan<char> text) => !text.Contains('\0') && (Ascii.IsValid(text) || IsWhole(text));

    private static bool IsWhole(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOfAnyInRange('\uD800', '\uDFFF'); at >= 0;)
        {
            if (!char.IsHighSurrogate(text[at]) || at + 1 == text.Length || !char.IsLowSurrogate(text[at + 1]))
            {
                return false;
            }

            text = text[(at + 2)..];
            at = text.IndexOfAnyInRange('\uD800', '\uDFFF');
        }

        return true;
    }
}
