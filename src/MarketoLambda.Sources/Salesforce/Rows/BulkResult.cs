using MarketoLambda.Sources.Salesforce.Client;

namespace MarketoLambda.Sources.Salesforce.Rows;

/// <summary>Fetches the result of one bulk job, part by part, as far as it fits into memory. A part that cannot be one of it is fetched
/// again.</summary>
/// <param name="jobs">Where it is.</param>
/// <param name="selection">What is in its lines.</param>
/// <param name="job">The job's id.</param>
/// <param name="announced">Rows of the whole result.</param>
internal sealed class BulkResult(BulkJobs jobs, Selection selection, string job, long announced)
{
    /// <summary>Rows of the first part, by which the size of a row becomes known.</summary>
    private const int RowsOfFirstPart = 1000;

    private const int MaxRowsOfPart = 25_000;

    /// <summary>About so large are the further parts: small beside what is kept of them.</summary>
    private const int BytesOfPart = 8 * 1024 * 1024;

    /// <summary>Most bytes of a result: all its rows are kept until they are sorted.</summary>
    private const long MaxBytes = 64 * 1024 * 1024;

    private readonly CsvRows _csv = new(selection);
    private readonly HashSet<string> _locators = new(StringComparer.Ordinal);
    private readonly List<SalesforceRow> _rows = [];
    private string? _locator;
    private long _bytes;
    private int _max = RowsOfFirstPart;

    /// <summary>Rows of which about half the memory would hold; what to ask for where <see cref="FetchAsync"/> gave null.</summary>
    public int FittingRows => (int)Math.Clamp(_rows.Count * MaxBytes / Math.Max(_bytes, 1) / 2, 1, int.MaxValue);

    /// <summary>All rows, in no order; null where they do not fit into memory.</summary>
    /// <exception cref="SalesforceException">Salesforce refused, or does not hand out what belongs together.</exception>
    public async Task<List<SalesforceRow>?> FetchAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await PartAsync(cancellationToken) is not { } part)
            {
                continue;
            }

            _rows.AddRange(part.Rows);
            _bytes += part.Bytes;
            if (_bytes > MaxBytes && _rows.Count > 1)
            {
                return null;
            }

            _max = (int)Math.Clamp(BytesOfPart * (long)_rows.Count / Math.Max(_bytes, 1), 1, MaxRowsOfPart);
            _locator = part.Next;
            if (_locator is null)
            {
                return _rows;
            }

            _locators.Add(_locator);
        }
    }

    /// <summary>The next part; null where it was too large, and is now asked for with fewer rows.</summary>
    private async Task<Part?> PartAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await jobs.GetPartAsync(job, _locator, _max, Read, cancellationToken);
        }
        catch (SalesforceException large) when (large.Code == SalesforceException.TooLarge && _max > 1)
        {
            _max = Math.Max(1, _max / 8);
            return null;
        }
    }

    private Part Read(BulkPart part)
    {
        var rows = _csv.Read(part.Csv, isFirst: _locator is null);
        if (part.Count is { } count && rows.Count != count)
        {
            throw SalesforceException.Misfit($"announces {count} records and holds {rows.Count}");
        }

        if (part.NextLocator is { } next && (rows.Count == 0 || _locators.Contains(next)))
        {
            throw SalesforceException.Misfit("leads back to a part of the bulk result that was read");
        }

        return _rows.Count + rows.Count <= announced ? new Part(rows, part.NextLocator, part.Csv.Length)
            : throw SalesforceException.Misfit("holds more records than the bulk job has");
    }

    private sealed record Part(List<SalesforceRow> Rows, string? Next, int Bytes);
}
