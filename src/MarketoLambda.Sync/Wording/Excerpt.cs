namespace MarketoLambda.Sync.Wording;

/// <summary>The beginning of a text that is too long for its place, with an ellipsis behind it; never half a character.</summary>
public static class Excerpt
{
    /// <summary>The text, or as much of it as fits with the ellipsis.</summary>
    /// <param name="text">Any.</param>
    /// <param name="max">Most UTF-16 units of the result, from 1.</param>
    public static string Cut(string text, int max) => text.Length <= max ? text : Beginning(text, max - 1);

    /// <summary>The text, or its first characters.</summary>
    /// <param name="text">Any.</param>
    /// <param name="most">Most UTF-16 units of the text that are shown.</param>
    public static string Show(string text, int most) => text.Length <= most ? text : Beginning(text, most);

    private static string Beginning(string text, int length) =>
        $"{text[..(length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)]}…";
}
