namespace MarketoLambda.Sources.Csv;

/// <summary>Suspects a quoted cell of being several rows: a quote that belongs to the text opened it, one rows below closed it.</summary>
internal static class SwallowedLines
{
    /// <summary>Whether the first line of a row and another one would be rows of that width by themselves.</summary>
    public static bool AreIn(ReadOnlySpan<char> row, char delimiter, int width)
    {
        if (width < 2)
        {
            return false;
        }

        var (line, alike) = (0, 0);
        foreach (var text in row.EnumerateLines())
        {
            var isAlike = text.Count(delimiter) == width - 1;
            if (line++ == 0 && !isAlike)
            {
                return false;
            }

            alike += isAlike ? 1 : 0;
        }

        return alike > 1;
    }
}
