using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Mapping;

/// <summary>Tells a source which record of Marketo a row is. It can once the run knows the object it fills.</summary>
internal sealed class RecordKeys
{
    /// <summary>Maps the job's rows; null until the object was described.</summary>
    public RecordMapper? Mapper { get; set; }

    /// <summary>Null where the row's dedupe values cannot be read.</summary>
    /// <exception cref="InvalidOperationException">
    /// The run has not described its object yet: a source asks only after it has handed out something to do.
    /// </exception>
    public SourceKey? Find(SourceRecord record) =>
        (Mapper ?? throw new InvalidOperationException("The object is not described yet.")).KeyOf(record) is { } key
            ? new SourceKey(key.Text, key.Folded)
            : null;
}
