using MarketoLambda.Sources.Salesforce.Client;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Salesforce.Rows;

/// <summary>Guards what positions rely on: that a page holds the rows behind the place that was asked for, in the order that was asked
/// for, each once.</summary>
internal static class PageOrder
{
    /// <exception cref="SalesforceException">The page is not one of that query.</exception>
    /// <exception cref="SourceException">Salesforce sorts ids in another way than is known.</exception>
    public static void Check(IReadOnlyList<SalesforceRow> rows, RowQuery query)
    {
        if (rows.Any(row => row.Second < query.From || row.Second >= query.Until
            || (query.BehindId is { } id && string.CompareOrdinal(row.Id, id) <= 0)))
        {
            throw SalesforceException.Misfit("holds records of another time or place than was asked for");
        }

        if (RowIds.HasDuplicates(rows))
        {
            throw SalesforceException.Misfit("holds a record twice");
        }

        for (var i = 1; i < rows.Count; i++)
        {
            if (rows[i].Second < rows[i - 1].Second)
            {
                throw SalesforceException.Misfit("is not in the order that was asked for");
            }

            if (query.IsOfOneSecond || rows[i - 1].Stamp == rows[i].Stamp)
            {
                CheckIds(rows[i - 1], rows[i]);
            }
        }
    }

    /// <summary>That ids are sorted as their characters are numbered.</summary>
    public static void CheckIds(SalesforceRow before, SalesforceRow after)
    {
        if (string.CompareOrdinal(before.Id, after.Id) >= 0)
        {
            throw new SourceException("Salesforce sorts record ids in an order this program does not know, so a position between them "
                + "would skip records; nothing is lost. Please report this with the name of the object");
        }
    }
}

/// <summary>Ids of records: 15 characters that tell them apart, and where there are 18, three that repeat their casing.</summary>
internal static class RowIds
{
    private const int Significant = 15;

    public static bool IsId(string? text) => text is { Length: Significant or Significant + 3 } && text.All(char.IsAsciiLetterOrDigit);

    public static bool HasDuplicates(IReadOnlyList<SalesforceRow> rows) =>
        rows.Select(row => row.Id[..Significant]).ToHashSet(StringComparer.Ordinal).Count < rows.Count;
}
