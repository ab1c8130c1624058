namespace MarketoLambda.Emulator.Http;

/// <summary>Answers a request; cancelled when the client has left.</summary>
internal delegate Task<EmulatorResponse> AnswerRequest(EmulatorRequest request, CancellationToken cancellationToken);

/// <summary>A request as it came over the wire, without the wire.</summary>
/// <param name="Method">Upper case: <c>GET</c>, <c>POST</c>.</param>
/// <param name="Path">Percent-encoded, beginning with <c>/</c>.</param>
/// <param name="Query">Percent-encoded, without the question mark; may be empty.</param>
/// <param name="Body">May be empty.</param>
public sealed record EmulatorRequest(string Method, string Path, string Query, ReadOnlyMemory<byte> Body)
{
    /// <summary>Value of the <c>Authorization</c> header.</summary>
    public string? Authorization { get; init; }

    /// <summary>Value of the <c>Content-Type</c> header, with its parameters.</summary>
    public string? ContentType { get; init; }

    /// <summary>Length of path and query, which are plain ASCII once encoded.</summary>
    internal int UriBytes => Path.Length + (Query.Length == 0 ? 0 : Query.Length + 1);

    internal bool HasContentType(string mediaType) =>
        ContentType is { } type
        && type.AsSpan(0, type.IndexOf(';') is var end and >= 0 ? end : type.Length)
            .Trim()
            .Equals(mediaType, StringComparison.OrdinalIgnoreCase);
}
