namespace MarketoLambda.Emulator.Http;

/// <summary>What the client gets to see: an HTTP response, or the lack of one.</summary>
public sealed record EmulatorResponse
{
    internal const string Json = "application/json;charset=UTF-8";
    internal const string Html = "text/html";

    /// <summary>HTTP status; meaningless unless <see cref="Delivery"/> is <see cref="Delivery.Answered"/>.</summary>
    public int Status { get; init; } = 200;

    public string ContentType { get; init; } = Json;

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Headers beyond Content-Type and Content-Length.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public Delivery Delivery { get; init; }

    /// <summary>Marketo's response-level code; null when the call succeeded or has no envelope.</summary>
    public string? Code { get; init; }

    /// <summary>One word for the call log: <c>ok</c>, a code, <c>http 502</c>, <c>refused</c> or <c>broken</c>.</summary>
    internal string Outcome => Delivery switch
    {
        Delivery.ConnectionRefused => "refused",
        Delivery.ConnectionBroken => "broken",
        _ when Code is not null => Code,
        _ when Status != 200 => $"http {Status}",
        _ => "ok",
    };

    internal static EmulatorResponse Plain(int status, string body) =>
        new() { Status = status, ContentType = Html, Body = System.Text.Encoding.UTF8.GetBytes(body) };

    internal static readonly EmulatorResponse Refused = new() { Delivery = Delivery.ConnectionRefused };

    internal static readonly EmulatorResponse Broken = new() { Delivery = Delivery.ConnectionBroken };
}

/// <summary>Whether an answer reaches the client.</summary>
public enum Delivery
{
    Answered,

    /// <summary>Nobody listens.</summary>
    ConnectionRefused,

    /// <summary>The request was sent, then the connection broke.</summary>
    ConnectionBroken,
}
