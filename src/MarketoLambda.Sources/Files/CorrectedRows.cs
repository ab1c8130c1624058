using System.IO.Hashing;
using System.Text;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Files;

/// <summary>Puts corrected rows at the places of their rejects, whatever their file is called.</summary>
/// <remarks>
/// A reject that is open has no newer version in Marketo, by its key. One that had no key, or another one, says nothing of the row's:
/// such a row is compared with everything that stands behind its reject.
/// </remarks>
/// <param name="wanted">The open rejects; null where there are none.</param>
/// <param name="keyOf">Says which record a row is.</param>
/// <param name="gone">Finished files up to this name may be gone; null where all are there, or it is to make no difference.</param>
internal sealed class CorrectedRows(IWantedRecords? wanted, Func<SourceRecord, SourceKey?>? keyOf, string? gone)
{
    private readonly Dictionary<UInt128, SourceLocation?> _last = [];

    /// <summary>Other rows have to be looked at.</summary>
    public bool IsToBeCompared => _last.Count > 0;

    /// <summary>A row of the file of corrections.</summary>
    public void Want(SourceRecord row)
    {
        if (wanted?.Corrected(row) is { IsOfSameKey: false } && keyOf?.Invoke(row) is { } key)
        {
            _last.TryAdd(Hash(key), null);
        }
    }

    /// <summary>Any row of that file or a finished one. Of those with one key the one that stands last counts.</summary>
    public void Add(SourceRecord row)
    {
        if (keyOf?.Invoke(row) is { } key && _last.TryGetValue(Hash(key), out var last))
        {
            var place = row.Corrects is { } mark && RejectMark.PlaceIn(mark) is { } corrected ? corrected : row.Location;
            _last[Hash(key)] = last is { } known && IsLater(known, place) ? known : place;
        }
    }

    /// <summary>The row in its reject's place, or why it is not sent. Of one whose reject is not open the run itself says so.</summary>
    public SourceItem Judge(SourceRecord row) => wanted?.Corrected(row) switch
    {
        null => row,
        { IsOfSameKey: true } reject => At(row, reject.Place),
        { } reject when IsBehind(reject.Place.Location, row) => Corrections.Older(row),
        { } reject when string.CompareOrdinal(reject.Place.Location.Container, gone) < 0 => Corrections.Unclear(row),
        { } reject => At(row, reject.Place),
    };

    private static SourceRecord At(SourceRecord row, SourcePlace place) =>
        row with { Location = place.Location, CursorValue = place.CursorValue };

    private bool IsBehind(SourceLocation reject, SourceRecord row) =>
        keyOf?.Invoke(row) is { } key && _last.TryGetValue(Hash(key), out var last) && last is { } place && IsLater(place, reject);

    private static bool IsLater(SourceLocation place, SourceLocation than) =>
        string.CompareOrdinal(place.Container, than.Container) is var order && (order > 0 || (order == 0 && place.Row > than.Row));

    private static UInt128 Hash(SourceKey key) => XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(key.Folded));
}
