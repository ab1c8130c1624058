namespace MarketoLambda.Sources.Files;

/// <summary>Which files are finished: those up to a floor, by name, and the newest ones each with its fingerprint.</summary>
/// <remarks>
/// Only files above the floor are known one by one, so only among them a late file (a smaller name that comes later) or a
/// replaced one (same name, other content) is noticed and imported.
/// </remarks>
internal sealed class FileLedger(string? floor, IEnumerable<KeyValuePair<string, string>> done)
{
    private readonly SortedList<string, string> _done = new(done.ToDictionary(), StringComparer.Ordinal);

    /// <summary>Every file whose name is not above this one is finished; null where there is no floor.</summary>
    public string? Floor { get; private set; } = floor;

    /// <summary>Fingerprints of finished files above the floor, by name.</summary>
    public IReadOnlyDictionary<string, string> Done => _done;

    public bool IsAtOrBelowFloor(string name) => Floor is not null && string.CompareOrdinal(name, Floor) <= 0;

    public void Finish(string name, string print) => _done[name] = print;

    public void Forget(string name) => _done.Remove(name);

    /// <summary>Raises the floor to the oldest file known by its fingerprint.</summary>
    /// <param name="limit">The smallest name that is not finished: the floor stays below it. Null where all is finished.</param>
    /// <returns>False where nothing could be raised.</returns>
    public bool RaiseFloor(string? limit)
    {
        if (_done.Count == 0 || (limit is not null && string.CompareOrdinal(_done.Keys[0], limit) >= 0))
        {
            return false;
        }

        Floor = IsAtOrBelowFloor(_done.Keys[0]) ? Floor : _done.Keys[0];
        _done.RemoveAt(0);
        return true;
    }
}
