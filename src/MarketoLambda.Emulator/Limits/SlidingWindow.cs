namespace MarketoLambda.Emulator.Limits;

/// <summary>Exact log of arrivals in the newest <paramref name="length"/>; an arrival exactly that long ago is out.</summary>
internal sealed class SlidingWindow(Func<TimeSpan> length)
{
    private readonly LinkedList<DateTimeOffset> _arrivals = new();

    /// <summary>Most arrivals it ever held at once.</summary>
    public int Worst { get; private set; }

    public int Count(DateTimeOffset now)
    {
        while (_arrivals.First is { } oldest && now - oldest.Value >= length())
        {
            _arrivals.RemoveFirst();
        }

        return _arrivals.Count;
    }

    public LinkedListNode<DateTimeOffset> Add(DateTimeOffset now)
    {
        var place = _arrivals.AddLast(now);
        Worst = Math.Max(Worst, Count(now));
        return place;
    }

    /// <summary>Takes back an arrival that turned out not to count.</summary>
    public void Remove(LinkedListNode<DateTimeOffset> place)
    {
        if (place.List is not null)
        {
            _arrivals.Remove(place);
        }
    }
}
