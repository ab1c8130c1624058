using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Guesses;

/// <summary>The first rows of a source, column by column.</summary>
public sealed class SourceSample
{
    /// <summary>Rows that are looked at.</summary>
    public const int MaxRows = 10_000;

    private readonly List<ColumnSample> _columns;

    private SourceSample(IEnumerable<string> columns) => _columns = [.. columns.Select(column => new ColumnSample(column))];

    /// <summary>Rows that were looked at.</summary>
    public long Rows { get; private set; }

    /// <summary>Rows that could not be read, and would be rejected.</summary>
    public long Unreadable { get; private set; }

    /// <summary>Some texts are written for Excel, as <c>="0013"</c>.</summary>
    public bool HasExcelText { get; private set; }

    internal IReadOnlyList<ColumnSample> Columns => _columns;

    /// <summary>Reads the source from its beginning, with its own reader.</summary>
    /// <param name="source">As the job file would have it.</param>
    /// <param name="columns">What is read of it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SourceException">It cannot be read.</exception>
    public static async Task<SourceSample> ReadAsync(ISource source, IReadOnlyList<string> columns, CancellationToken cancellationToken)
    {
        SourceSample sample = new(columns);
        await using var reader = await source.OpenAsync(ReadRequest.Everything(columns), cancellationToken);
        while (sample.Rows + sample.Unreadable < MaxRows && await reader.ReadAsync(cancellationToken) is { } item)
        {
            sample.Add(item);
        }

        return sample;
    }

    private void Add(SourceItem item)
    {
        if (item is UnreadableRecord)
        {
            Unreadable++;
        }
        else if (item is SourceRecord record)
        {
            Rows++;
            for (var i = 0; i < _columns.Count; i++)
            {
                _columns[i].Add(Plain(record.Values[i]), record.Location);
            }
        }
    }

    private object? Plain(object? value)
    {
        if (value is not string text || !ExcelText.TryUnwrap(text, out var meant))
        {
            return value;
        }

        HasExcelText = true;
        return meant;
    }
}
