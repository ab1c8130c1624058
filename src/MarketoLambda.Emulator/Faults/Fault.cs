using System.Collections.Immutable;
using System.Net;
using MarketoLambda.Emulator.Calls;

namespace MarketoLambda.Emulator.Faults;

/// <summary>
/// Something that goes wrong with one call: what the client sees instead of the answer, and whether the call takes effect all the same.
/// </summary>
/// <example><c>Fault.Code("611").AfterEffect()</c>: the records are written, and the client gets "System error".</example>
public sealed record Fault
{
    private Fault(FaultAnswer answer)
    {
        Answer = answer;
    }

    internal FaultAnswer Answer { get; }

    public FaultTiming Timing { get; private init; }

    /// <summary>With <see cref="FaultTiming.Delayed"/>: how long after the answer the call takes effect.</summary>
    public TimeSpan EffectDelay { get; private init; }

    internal string ResponseCode { get; private init; } = "";

    internal string Text { get; private init; } = "";

    internal int HttpStatus { get; private init; } = 200;

    internal TimeSpan? Wait { get; private init; }

    internal int Missing { get; private init; }

    internal ImmutableHashSet<string>? Keys { get; private init; }

    /// <summary>A refusal of the whole call in Marketo's envelope.</summary>
    /// <param name="code">Any code, documented or not.</param>
    /// <param name="message">Null: the documented one.</param>
    public static Fault Code(string code, string? message = null) =>
        new(FaultAnswer.Code) { ResponseCode = code, Text = message ?? MarketoCodes.MessageOf(code) };

    /// <summary>An HTTP status that does not come from Marketo's application but from something in front of it.</summary>
    /// <param name="body">Null: a small HTML page.</param>
    public static Fault Http(int status, string? body = null) =>
        new(FaultAnswer.Http)
        {
            HttpStatus = status,
            Text =
                body
                ?? $"<html><head><title>{status} {(HttpStatusCode)status}</title></head><body><center><h1>{status} "
                    + $"{(HttpStatusCode)status}</h1></center></body></html>",
        };

    /// <summary>The connection breaks before an answer. With <see cref="AfterEffect"/>: the reply is lost.</summary>
    public static Fault BrokenConnection() => new(FaultAnswer.BrokenConnection);

    /// <summary>No answer until the client gives up.</summary>
    /// <param name="max">After this time the connection breaks; null: never.</param>
    public static Fault Hang(TimeSpan? max = null) => new(FaultAnswer.Hang) { Wait = max };

    /// <summary>The true answer, but this much later.</summary>
    public static Fault Slow(TimeSpan by) => new(FaultAnswer.Slow) { Wait = by, Timing = FaultTiming.AfterEffect };

    /// <summary>HTTP 200 and a body that is no JSON at all.</summary>
    public static Fault Garbage() => new(FaultAnswer.Garbage);

    /// <summary>HTTP 200 and the first half of an answer.</summary>
    public static Fault TruncatedJson() => new(FaultAnswer.TruncatedJson) { Timing = FaultTiming.AfterEffect };

    /// <summary>HTTP 200 and nothing.</summary>
    public static Fault EmptyBody() => new(FaultAnswer.EmptyBody);

    /// <summary>The last elements of <c>result</c> are missing.</summary>
    public static Fault ShortResult(int missing = 1) =>
        new(FaultAnswer.ShortResult) { Missing = missing, Timing = FaultTiming.AfterEffect };

    /// <summary>Records of a sync or delete are skipped; the others go through.</summary>
    /// <param name="message">Null: the documented one.</param>
    /// <param name="keys">Keys of the records; none: every record.</param>
    public static Fault SkipRecords(string code, string? message = null, params string[] keys) => new(FaultAnswer.SkipRecords)
    {
        ResponseCode = code,
        Text = message ?? MarketoCodes.MessageOf(code),
        Keys = keys.Length == 0 ? null : [.. keys],
        Timing = FaultTiming.AfterEffect,
    };

    /// <summary>The call never takes effect. The default of refusals and transport faults.</summary>
    public Fault BeforeEffect() => this with { Timing = FaultTiming.BeforeEffect };

    /// <summary>The call takes effect, then goes wrong.</summary>
    public Fault AfterEffect() => this with { Timing = FaultTiming.AfterEffect };

    /// <summary>The call takes effect later than the client sees the fault, as a request stuck in a queue would.</summary>
    public Fault TakesEffectAfter(TimeSpan delay) => this with { Timing = FaultTiming.Delayed, EffectDelay = delay };

    /// <summary>Why a record of this key is skipped; null when it is not.</summary>
    internal Refusal? Skip(string? key) =>
        Answer == FaultAnswer.SkipRecords && (Keys is null || (key is not null && Keys.Contains(key)))
            ? new Refusal(ResponseCode, Text)
            : null;

    public override string ToString() =>
        $"{Answer}{(ResponseCode.Length == 0 ? "" : $" {ResponseCode}")}{(Answer == FaultAnswer.Http ? $" {HttpStatus}" : "")} "
            + $"{Timing}{(Timing == FaultTiming.Delayed ? $" by {EffectDelay}" : "")}";
}

/// <summary>Whether a call with a fault takes effect.</summary>
public enum FaultTiming
{
    BeforeEffect,
    AfterEffect,
    Delayed,
}

/// <summary>What the client sees.</summary>
internal enum FaultAnswer
{
    Code,
    Http,
    BrokenConnection,
    Hang,
    Slow,
    Garbage,
    TruncatedJson,
    EmptyBody,
    ShortResult,
    SkipRecords,
}
