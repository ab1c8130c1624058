using MarketoLambda.Emulator.Faults;
using MarketoLambda.Marketo.Errors;

namespace MarketoLambda.Testing.Simulation;

/// <summary>One thing that can go wrong at one step of a program: the vocabulary of all fault injection.</summary>
public sealed record Mishap
{
    private Mishap(string name) => Name = name;

    /// <summary>What it is, for the message of a failed test.</summary>
    public string Name { get; }

    /// <summary>The process dies at this moment of the step; null when it lives on.</summary>
    public KillMoment? Kill { get; private init; }

    /// <summary>What Marketo or the network does; null when nothing is sent.</summary>
    public Fault? Fault { get; private init; }

    /// <summary>The row of the error table that has to deal with it; null for a death or a full disk.</summary>
    public MarketoError? Error { get; private init; }

    /// <summary>The connection cannot be made, so the call is not even sent.</summary>
    public bool IsNotSent { get; private init; }

    /// <summary>Marketo never sees the last record of the call, and answers for the others only.</summary>
    public bool LosesLastRecord { get; private init; }

    /// <summary>The host falls asleep as soon as the call is on its way, and hears the answer when it wakes.</summary>
    public TimeSpan? Sleep { get; private init; }

    /// <summary>The reject store fails: true after storing, false before; null when it works.</summary>
    public bool? StoreFailsAfterwards { get; private init; }

    public static Mishap Killed(KillMoment moment) => new($"killed {moment}") { Kill = moment };

    public static Mishap Of(MarketoError error, Fault fault) => new(fault.ToString()) { Error = error, Fault = fault };

    public static Mishap NotSent() => new("not sent") { Error = MarketoErrorCatalog.NotSent, IsNotSent = true };

    public static Mishap HostUnknown() => new("host unknown") { Error = MarketoErrorCatalog.HostUnknown, IsNotSent = true };

    public static Mishap LastRecordLost() => new("last record lost") { Error = MarketoErrorCatalog.Unreadable, LosesLastRecord = true };

    public static Mishap StoreFails(bool afterwards) =>
        new($"store fails {(afterwards ? "after" : "before")} effect") { StoreFailsAfterwards = afterwards };

    public static Mishap Sleeps(TimeSpan duration) => new($"sleeps {duration}") { Sleep = duration };

    public override string ToString() => Name;
}

/// <summary>When in a step the process dies.</summary>
public enum KillMoment
{
    /// <summary>The request never leaves.</summary>
    BeforeEffect,

    /// <summary>The request is on its way: Marketo executes it when the process is long dead.</summary>
    InFlight,

    /// <summary>Marketo has executed it; nobody hears the answer.</summary>
    AfterEffect,
}

/// <summary>What a program does to the world, one step at a time.</summary>
public enum StepKind
{
    Identity,
    Read,

    /// <summary>Records of the imported object.</summary>
    Write,

    /// <summary>The job's state record.</summary>
    Commit,

    /// <summary>A run's own record: its claim, its end.</summary>
    Lease,
    StoreRejects,

    /// <summary>Rejects in Marketo.</summary>
    Reject,
    Alert,
}
