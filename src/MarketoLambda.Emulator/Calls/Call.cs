using MarketoLambda.Emulator.Http;
using MarketoLambda.Emulator.Identity;

namespace MarketoLambda.Emulator.Calls;

/// <summary>Why the record of a key is skipped; null when it is not.</summary>
internal delegate Refusal? SkipRecord(string? key);

/// <summary>One request on its way through the emulator.</summary>
internal sealed class Call(EmulatorRequest request, QueryString query, Route route, CallEntry entry, long writesSeen, SkipRecord? skip)
{
    public EmulatorRequest Request { get; } = request;

    public QueryString Query { get; } = query;

    public Route Route { get; } = route;

    /// <summary>Its line in the call log.</summary>
    public CallEntry Entry { get; } = entry;

    /// <summary>Number of the newest write when the call arrived; a create that is not atomic sees no further.</summary>
    public long WritesSeen { get; } = writesSeen;

    /// <summary>Who called; null until the token was checked.</summary>
    public CustomService? Service { get; set; }

    public string ObjectName => Route.ObjectName ?? "";

    public string FieldName => Route.FieldName ?? "";

    public Envelope Envelope => new(Entry.Number, Entry.ArrivedAt);

    /// <summary>Why something that goes wrong skips the record of this key; null when nothing does.</summary>
    public Refusal? Skip(string? key) => skip?.Invoke(key);
}
