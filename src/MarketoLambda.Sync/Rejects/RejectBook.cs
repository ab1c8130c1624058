using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Reading;

namespace MarketoLambda.Sync.Rejects;

/// <summary>The rejects of a job that may still be tried again, by what a run asks for: their keys and their places in the source.</summary>
/// <param name="keyParts">Dedupe fields of the object.</param>
internal sealed class RejectBook(int keyParts)
{
    private readonly SortedDictionary<long, RejectRow> _rows = [];
    private readonly Dictionary<string, SortedSet<long>> _openByKey = new(StringComparer.Ordinal);
    private readonly Dictionary<(SourceLocation Place, string? Key), long> _openByRecord = [];

    /// <summary>Open ones, in the order in which they were stored.</summary>
    public IEnumerable<RejectRow> Open => _rows.Values.Where(row => row.Stage == RejectStage.Open);

    public int OpenCount { get; private set; }

    /// <summary>Lowest number it knows; null where it knows none.</summary>
    public long? Lowest => _rows.Count == 0 ? null : _rows.Keys.First();

    /// <summary>Takes a reject in, in place of what had its number.</summary>
    /// <returns>An older open reject of the same source record, which is over with that; null where there is none.</returns>
    public RejectRow? Add(RejectRow row)
    {
        Remove(row.Number);
        _rows[row.Number] = row with { Payload = row.Payload is null ? null : "", Reason = "" }; // read again when they are needed: memory must not grow with them
        if (row.Stage != RejectStage.Open)
        {
            return null;
        }

        var twin = FindOpen(row.Location, row.Key);
        if (twin is not null)
        {
            Remove(twin.Number);
        }

        OpenCount++;
        if (IsRecognizable(row.Location, row.Key))
        {
            _openByRecord[(row.Location, row.Key)] = row.Number;
        }

        if (Folded(row) is { } key)
        {
            (_openByKey.TryGetValue(key, out var numbers) ? numbers : _openByKey[key] = []).Add(row.Number);
        }

        return twin;
    }

    /// <summary>The open reject of this very source record; null where there is none.</summary>
    public RejectRow? FindOpen(SourceLocation place, string? key) => _openByRecord.TryGetValue((place, key), out var number) ? _rows[number] : null;

    /// <summary>Open rejects that hold one of these keys.</summary>
    public IReadOnlyList<RejectRow> FindOpen(IReadOnlyCollection<string> foldedKeys) => _openByKey.Count == 0
        ? []
        : [.. foldedKeys.SelectMany(key => _openByKey.TryGetValue(key, out var numbers) ? numbers : []).Distinct().Select(number => _rows[number])];

    /// <summary>These are over, and kept a while for people.</summary>
    public void Close(IEnumerable<RejectRow> rows, RejectStage stage)
    {
        foreach (var row in rows)
        {
            Remove(row.Number);
            _rows[row.Number] = row with { Stage = stage };
        }
    }

    public void Remove(long number)
    {
        if (!_rows.Remove(number, out var row) || row.Stage != RejectStage.Open)
        {
            return;
        }

        OpenCount--;
        if (IsRecognizable(row.Location, row.Key))
        {
            _openByRecord.Remove((row.Location, row.Key));
        }

        if (Folded(row) is { } key && _openByKey.TryGetValue(key, out var numbers) && numbers.Remove(number) && numbers.Count == 0)
        {
            _openByKey.Remove(key);
        }
    }

    /// <summary>Without a key, and from a place that has no rows, two rejects may be of two records although nothing tells them apart.</summary>
    private static bool IsRecognizable(SourceLocation place, string? key) => key is not null || place.Row > 0;

    private string? Folded(RejectRow row) => row.Key is { } key ? RecordKey.Parse(key, keyParts).Folded : null;
}
