using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Rejects;

/// <summary>All rejects of a job that are not over, by what a run asks for: their keys, their places in the source, their order.</summary>
/// <remarks>
/// Of each it holds a fixed size, some hundred bytes; keys and values stay in Marketo and are read again when they are needed.
/// </remarks>
/// <param name="keyParts">Dedupe fields of the object.</param>
/// <param name="isLater">Whether a record from the first place is for certain a later version than one from the second.</param>
internal sealed class RejectBook(int keyParts, Func<SourcePlace, SourcePlace, bool> isLater)
{
    private readonly Dictionary<long, OpenReject> _byNumber = [];
    private readonly Dictionary<ulong, OpenReject[]> _byKey = [];
    private readonly Dictionary<ulong, long> _byRecord = [];
    private readonly Dictionary<string, string> _containers = new(StringComparer.Ordinal);

    public int Count => _byNumber.Count;

    /// <summary>In no particular order.</summary>
    public IEnumerable<OpenReject> All => _byNumber.Values;

    public OpenReject? Find(long number) => _byNumber.GetValueOrDefault(number);

    /// <summary>The reject of this mark, where it is neither over nor held back.</summary>
    public OpenReject? FindMarked(string mark) =>
        RejectMark.NumberIn(mark) is { } number
        && Find(number) is { IsHeld: false } reject
        && RejectMark.Create(number, reject.Place.Location) == mark
            ? reject
            : null;

    /// <summary>A row corrects an open reject, in whose place it stands.</summary>
    public bool MayCorrect(SourceRecord row) =>
        row.Corrects is { } mark && FindMarked(mark) is { } reject && reject.Place.Location == row.Location;

    /// <summary>Takes a reject in, in place of what had its number; one that is over is forgotten.</summary>
    /// <returns>The older of two rejects of the same source record, which is over with that; null where there is one.</returns>
    public OpenReject? Add(RejectRow row)
    {
        Remove(row.Number);
        if (row.IsOver)
        {
            return null;
        }

        var reject = OpenReject.From(row with { Location = row.Location with { Container = Shared(row.Location.Container) } }, keyParts);
        var duplicate = reject.Record is { } record && _byRecord.TryGetValue(record, out var number) ? Find(number) : null;
        if (duplicate?.Number > reject.Number)
        {
            return reject;
        }

        if (duplicate is not null)
        {
            Remove(duplicate.Number);
        }

        Put(reject);
        return duplicate;
    }

    public void Remove(long number)
    {
        if (!_byNumber.Remove(number, out var reject))
        {
            return;
        }

        if (reject.Record is { } record)
        {
            _byRecord.Remove(record);
        }

        if (reject.FoldedKey is { } key)
        {
            Replace(key, [.. OfKey(key).Where(other => other.Number != number)]);
        }
    }

    /// <summary>Says of rejects whether they are held back, wait or are merely open.</summary>
    public void Mark(IEnumerable<long> numbers, RejectStage stage)
    {
        foreach (var reject in numbers.Select(Find).OfType<OpenReject>().ToList())
        {
            Remove(reject.Number);
            Put(reject with { IsHeld = stage == RejectStage.Held, IsWaiting = stage == RejectStage.Waiting });
        }
    }

    /// <summary>
    /// The reject of this very source record, or the newest one of its key where that has the same values: a file that came again under
    /// another name.
    /// </summary>
    public OpenReject? FindSame(SourceLocation place, string? key, string? foldedKey, string? payload)
    {
        if (FindAt(place, key) is { } same)
        {
            return same;
        }

        if (key is not null && FindAt(place, key: null) is { } keyless)
        {
            return keyless; // its key can be read now
        }

        return foldedKey is not null
            && OpenReject.VersionOf(key, payload) is { } version
            && OfKey(KeyFingerprint.Compute(foldedKey)) is { Length: > 0 } rejects
            && rejects.MaxBy(reject => reject.Number) is { } newest
            && newest.Version == version
            ? newest
            : null;
    }

    /// <summary>Rejects without a key from this very place.</summary>
    public IEnumerable<OpenReject> FindKeyless(SourceLocation place) => FindAt(place, key: null) is { } reject ? [reject] : [];

    /// <summary>Rejects of exactly this key.</summary>
    public IEnumerable<OpenReject> FindSameKey(RecordKey key) =>
        OfKey(KeyFingerprint.Compute(key.Folded)).Where(reject => reject.Key == OpenReject.FingerprintOf(key.Text));

    /// <summary>
    /// Rejects of what is, or may be, the same record, that a version from this place replaces: all but those that are later.
    /// </summary>
    public IEnumerable<OpenReject> FindReplaced(RecordKey key, SourcePlace by) =>
        _byKey.Count == 0 ? [] : OfKey(KeyFingerprint.Compute(key.Folded)).Where(reject => !isLater(reject.Place, by));

    /// <summary>Rejects of what is, or may be, the same record, that come before this one.</summary>
    public IEnumerable<OpenReject> FindBefore(OpenReject reject) =>
        reject.FoldedKey is { } key ? OfKey(key).Where(other => other.Number != reject.Number && IsBefore(other, reject)) : [];

    private OpenReject? FindAt(SourceLocation place, string? key) =>
        OpenReject.RecordOf(place, key) is { } record && _byRecord.TryGetValue(record, out var number) ? Find(number) : null;

    private bool IsBefore(OpenReject first, OpenReject second) =>
        isLater(second.Place, first.Place) || (!isLater(first.Place, second.Place) && first.Number < second.Number);

    private OpenReject[] OfKey(ulong foldedKey) => _byKey.GetValueOrDefault(foldedKey, []);

    private void Put(OpenReject reject)
    {
        _byNumber.Add(reject.Number, reject);
        if (reject.Record is { } record)
        {
            _byRecord[record] = reject.Number;
        }

        if (reject.FoldedKey is { } key)
        {
            Replace(key, [.. OfKey(key), reject]);
        }
    }

    private void Replace(ulong key, OpenReject[] rejects)
    {
        if (rejects.Length == 0)
        {
            _byKey.Remove(key);
        }
        else
        {
            _byKey[key] = rejects;
        }
    }

    private string Shared(string container) =>
        _containers.TryGetValue(container, out var shared) ? shared : _containers[container] = container;
}
