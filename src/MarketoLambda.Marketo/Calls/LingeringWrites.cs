namespace MarketoLambda.Marketo.Calls;

/// <summary>Knows until when Marketo may still be at work on writes that were given up without a certain answer.</summary>
internal sealed class LingeringWrites(TimeProvider time)
{
    private readonly Lock _lock = new();
    private DateTimeOffset _until = DateTimeOffset.MinValue;

    /// <summary>Null when nothing can be under way any more.</summary>
    public DateTimeOffset? Until
    {
        get
        {
            lock (_lock)
            {
                return _until > time.GetUtcNow() ? _until : null;
            }
        }
    }

    public void Note(DateTimeOffset until)
    {
        lock (_lock)
        {
            _until = until > _until ? until : _until;
        }
    }
}
