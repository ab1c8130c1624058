namespace MarketoLambda.Sources.Csv;

/// <summary>Finds a line end in the middle of a row, outside quotes, where none can be.</summary>
internal static class StrayLineEnd
{
    private const char Quote = '"';

    /// <param name="row">A whole row as it stands in the file, without the line end that closes it.</param>
    /// <param name="delimiter">Between cells.</param>
    public static bool IsIn(ReadOnlySpan<char> row, char delimiter)
    {
        if (row.IndexOfAny('\r', '\n') < 0)
        {
            return false;
        }

        var isCellStart = true;
        for (var i = 0; i < row.Length; i++)
        {
            if (isCellStart && row[i] == Quote)
            {
                i = ClosingQuote(row, i + 1);
                isCellStart = false;
            }
            else if (row[i] is '\r' or '\n')
            {
                return true;
            }
            else
            {
                isCellStart = row[i] == delimiter;
            }
        }

        return false;
    }

    private static int ClosingQuote(ReadOnlySpan<char> row, int from)
    {
        for (var i = from; i < row.Length; i++)
        {
            var isDoubled = i + 1 < row.Length && row[i + 1] == Quote;
            if (row[i] == Quote && !isDoubled)
            {
                return i;
            }

            i += row[i] == Quote ? 1 : 0;
        }

        return row.Length;
    }
}
