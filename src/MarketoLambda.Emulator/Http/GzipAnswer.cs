using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace MarketoLambda.Emulator.Http;

/// <summary>Packs answers for clients that ask for it.</summary>
/// <remarks>Source: Adobe, rest-api/performance: with <c>Accept-Encoding: gzip</c>; bodies below 1,024 bytes are not packed.</remarks>
internal static class GzipAnswer
{
    private const int MinBytes = 1024;

    public static bool Covers(HttpRequest request, ReadOnlyMemory<byte> body) =>
        body.Length >= MinBytes
        && request
            .GetTypedHeaders()
            .AcceptEncoding.Any(accepted => accepted.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && accepted.Quality is not 0);

    /// <summary>The body to send; the headers say what it is.</summary>
    public static ReadOnlyMemory<byte> Pack(ReadOnlyMemory<byte> body, HttpResponse response)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(body.Span);
        }

        response.Headers[HeaderNames.ContentEncoding] = "gzip";
        return packed.ToArray();
    }
}
