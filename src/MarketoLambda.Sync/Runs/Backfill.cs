using System.Globalization;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sync.Runs;

/// <summary>
/// A stretch of the past that is imported again while the mark stays where it is. Outlives the runs that do it, one after the other.
/// </summary>
/// <remarks>
/// A file may hold a newer version of a record behind the stretch. So that the older one is not the last word, records behind it are
/// sent too if the stretch had one of the same key. Of the keys only hash codes are kept: a chance hit sends a record too many, which
/// changes nothing.
/// </remarks>
/// <param name="from">First modification stamp, inclusive.</param>
/// <param name="until">Last one, exclusive.</param>
public sealed class Backfill(DateTimeOffset from, DateTimeOffset until)
{
    private readonly HashSet<int> _keys = [];

    /// <summary>Last stamp, exclusive.</summary>
    internal DateTimeOffset Until => until;

    /// <summary>Where the next run of it goes on.</summary>
    internal Checkpoint Position { get; set; } = new() { Mark = from };

    /// <summary>What its source keeps beside that.</summary>
    internal ISourceHistory History { get; } = new MemoryHistory();

    /// <summary>The stretch holds that cursor value.</summary>
    internal bool Holds(DateTimeOffset cursorValue) => cursorValue >= from && cursorValue < until;

    /// <summary>A record of the stretch is sent: newer versions of its key have to follow.</summary>
    internal void Remember(string foldedKey) => _keys.Add(Hash(foldedKey));

    /// <summary>A version of the key, or by chance of another, was sent.</summary>
    internal bool WasSent(string foldedKey) => _keys.Contains(Hash(foldedKey));

    private static int Hash(string foldedKey) => foldedKey.GetHashCode(StringComparison.Ordinal);

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"backfill from {UtcText.Seconds(from)} until {UtcText.Seconds(until)}");
}
