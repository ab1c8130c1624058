using MarketoLambda.Emulator.Faults;
using MarketoLambda.Emulator.Http;
using MarketoLambda.Emulator.Identity;
using MarketoLambda.Emulator.Limits;

namespace MarketoLambda.Emulator.Calls;

/// <summary>One request on its way through the emulator.</summary>
internal sealed class Call(EmulatorRequest request, QueryString query, Route route, CallEntry entry, long writesSeen)
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

    /// <summary>What goes wrong with this call, if anything.</summary>
    public Fault? Fault { get; set; }

    /// <summary>Its places in the counters; null for identity calls, which are not counted.</summary>
    public Admission? Admission { get; set; }

    public string ObjectName => Route.ObjectName ?? "";

    public Envelope Envelope => new(Entry.Number, Entry.ArrivedAt);
}
