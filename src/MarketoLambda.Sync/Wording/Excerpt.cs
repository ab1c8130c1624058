namespace MarketoLambda.Sync.Wording;

/// <summary>The beginning of a text that is too long for its place.</summary>
internal static class Excerpt
{
    /// <summary>The text, or its beginning with an ellipsis; never half a character.</summary>
    /// <param name="text">Any.</param>
    /// <param name="max">Most UTF-16 units, from 1.</param>
    public static string Cut(string text, int max)
    {
        if (text.Length <= max)
        {
            return text;
        }

        var length = max - 1;
        return $"{text[..(length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)]}…";
    }
}
