namespace MarketoLambda.Sources.Excel;

/// <summary>Names columns as Excel does: A to Z, then AA.</summary>
internal static class ColumnLetters
{
    private const int Letters = 26;

    /// <param name="column">From 0.</param>
    public static string Format(int column) => (column < Letters ? "" : Format((column / Letters) - 1)) + (char)('A' + (column % Letters));

    /// <summary>The column, from 0, of a cell such as <c>AB12</c>; null where the text is none.</summary>
    public static int? Parse(string? cell)
    {
        var column = 0;
        foreach (var letter in cell ?? "")
        {
            if (!char.IsAsciiLetter(letter))
            {
                break;
            }

            column = (column * Letters) + (char.ToUpperInvariant(letter) - 'A') + 1;
        }

        return column == 0 ? null : column - 1;
    }
}
