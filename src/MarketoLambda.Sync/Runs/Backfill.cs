using System.Globalization;
using MarketoLambda.Sync.Sources;

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
    internal Sources.ISourceHistory History { get; } = new Sources.MemoryHistory();

    /// <summary>A record of that stamp and key has to be sent.</summary>
    internal bool Includes(DateTimeOffset stamp, string foldedKey)
    {
        var hash = foldedKey.GetHashCode(StringComparison.Ordinal);
        return stamp < until ? stamp >= from && (_keys.Add(hash) || true) : _keys.Contains(hash);
    }

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"backfill from {from.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} until {until.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}");
}
