using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Sync.Mapping;

/// <summary>What a reject's payload holds, as it was read from Marketo.</summary>
internal abstract record StoredPayload
{
    private StoredPayload()
    {
    }

    /// <summary>The record as Marketo refused it.</summary>
    public sealed record Sent(EncodedRecord Record) : StoredPayload;

    /// <summary>The source's values that the mapping refused, in the order of the columns that were asked for.</summary>
    public sealed record Row(object?[] Values) : StoredPayload;

    /// <summary>Somebody has changed it to something else.</summary>
    public sealed record Unreadable : StoredPayload;
}
