using System.Net;
using System.Text;
using System.Text.Json;
using MarketoLambda.Sources.Json;

namespace MarketoLambda.Sources.Salesforce.Client;

/// <summary>Reads JSON that nobody vouches for: a document of another form is a failed call.</summary>
/// <remarks>Text that is none stays what it is, see <see cref="JsonText"/>.</remarks>
internal static class SalesforceJson
{
    /// <exception cref="SalesforceException">The answer is not JSON, or lacks what <paramref name="read"/> needs.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> body, Func<JsonElement, T> read)
    {
        try
        {
            using var json = JsonDocument.Parse(body.Span.Contains((byte)0) ? Escaped(body.Span) : body);
            return read(json.RootElement);
        }
        catch (JsonException)
        {
            throw SalesforceException.Foreign(HttpStatusCode.OK);
        }
        catch (Exception mistake) when (mistake is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw SalesforceException.Misfit("lacks what every such answer holds", mistake);
        }
    }

    /// <summary>A NUL as JSON has to write it, so that the parser leaves it to the record it stands in.</summary>
    private static byte[] Escaped(ReadOnlySpan<byte> body) =>
        Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(body).Replace("\0", "\\u0000", StringComparison.Ordinal));
}
