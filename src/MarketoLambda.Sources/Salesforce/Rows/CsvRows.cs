using System.Text;
using MarketoLambda.Sync.Reading;
using Sylvan.Data.Csv;

namespace MarketoLambda.Sources.Salesforce.Rows;

/// <summary>Reads rows from the parts of a bulk result. Whether parts after the first have a header is not documented, so it is looked for.</summary>
internal sealed class CsvRows(Selection selection)
{
    /// <summary>Most characters of a row; a long text field alone holds 131,072.</summary>
    private const int MostRowCharacters = 16 * 1024 * 1024;

    private Dictionary<string, int>? _ordinals;

    /// <exception cref="SourceException">The result does not hold what was asked for.</exception>
    public IEnumerable<SalesforceRow> Read(ReadOnlyMemory<byte> part)
    {
        using StreamReader text = new(new MemoryStream(part.ToArray(), writable: false), Encoding.UTF8);
        using var csv = CsvDataReader.Create(text, new CsvDataReaderOptions { HasHeaders = false, Delimiter = ',', Comment = '\0', MaxBufferSize = MostRowCharacters });
        var isFirst = true;
        while (csv.Read())
        {
            var isHeader = isFirst && (_ordinals is null || IsHeader(csv));
            isFirst = false;
            if (isHeader)
            {
                _ordinals = Header(csv);
                continue;
            }

            if (csv.RowFieldCount < _ordinals!.Count)
            {
                throw Unexpected();
            }

            yield return selection.Row(path => csv.GetString(_ordinals[path]));
        }
    }

    // No id is the word Id.
    private bool IsHeader(CsvDataReader csv) => csv.RowFieldCount > _ordinals![Selection.Id] && csv.GetString(_ordinals[Selection.Id]) == Selection.Id;

    private Dictionary<string, int> Header(CsvDataReader csv)
    {
        Dictionary<string, int> ordinals = new(StringComparer.OrdinalIgnoreCase);
        for (var ordinal = 0; ordinal < csv.RowFieldCount; ordinal++)
        {
            ordinals[csv.GetString(ordinal)] = ordinal;
        }

        return selection.Paths.All(ordinals.ContainsKey) ? ordinals : throw Unexpected();
    }

    private static SourceException Unexpected() => new("A bulk result of Salesforce lacks columns that were asked for; nothing of it was imported. Please report this with the name of the object");
}
