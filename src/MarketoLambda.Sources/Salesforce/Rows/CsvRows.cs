using MarketoLambda.Sources.Json;
using MarketoLambda.Sources.Salesforce.Client;

namespace MarketoLambda.Sources.Salesforce.Rows;

/// <summary>Reads rows from the parts of a bulk result. Whether parts after the first have a header is not documented, so it is looked
/// for.</summary>
internal sealed class CsvRows(Selection selection)
{
    private Dictionary<string, int>? _ordinals;

    /// <summary>The rows of a part.</summary>
    /// <param name="part">The part.</param>
    /// <param name="isFirst">It begins with the header.</param>
    /// <exception cref="SalesforceException">The part does not hold what was asked for.</exception>
    public List<SalesforceRow> Read(ReadOnlyMemory<byte> part, bool isFirst)
    {
        List<SalesforceRow> rows = [];
        foreach (var (number, cells) in BulkCsv.Lines(JsonText.Decoded(part.Span)).Index())
        {
            if (number == 0 && (isFirst || IsHeader(cells)))
            {
                _ordinals = Header(cells);
                continue;
            }

            rows.Add(_ordinals is { } ordinals && cells.Count == ordinals.Count ? selection.Row(path => cells[ordinals[path]])
                : throw SalesforceException.Misfit("has a line with more or fewer values than columns"));
        }

        return rows;
    }

    // No id is the word Id.
    private bool IsHeader(List<string> cells) =>
        _ordinals is { } known && cells.Count == known.Count
            && cells[known[Selection.Id]].Equals(Selection.Id, StringComparison.OrdinalIgnoreCase);

    private Dictionary<string, int> Header(List<string> cells)
    {
        Dictionary<string, int> ordinals = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (ordinal, name) in cells.Index())
        {
            ordinals[name] = ordinal;
        }

        return ordinals.Count == cells.Count && selection.Paths.All(ordinals.ContainsKey) ? ordinals
            : throw SalesforceException.Misfit("lacks columns that were asked for");
    }
}
