using System.IO.Compression;
using System.Net;

namespace MarketoLambda.Testing.Salesforce.Attack;

/// <summary>A <see cref="HostileOrg"/> as the innermost handler of an <see cref="HttpClient"/>: what arrives is what a network would
/// give.</summary>
public sealed class HostileHandler(HostileOrg org, TimeProvider time) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var uri = request.RequestUri ?? throw new InvalidOperationException("The request has no address");
        if (!org.Address.EndsWith(uri.Authority, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"The client was led to {uri.Authority}");
        }

        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var answer = org.Answer(request.Method.Method, uri.PathAndQuery, request.Headers.Authorization?.Parameter, body);
        switch (answer.Delivery)
        {
            case HostileDelivery.Never:
                await Task.Delay(TimeSpan.FromMinutes(10), time, CancellationToken.None).WaitAsync(cancellationToken);
                throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection timed out");
            case HostileDelivery.Reset or HostileDelivery.Cut:
                throw new HttpRequestException(HttpRequestError.ResponseEnded, "The response ended prematurely");
            case HostileDelivery.NotPacked:
                throw new InvalidDataException("The archive entry was compressed using an unsupported compression method.");
        }

        HttpResponseMessage message = new((HttpStatusCode)answer.Status)
        {
            RequestMessage = request,
            Content = new ByteArrayContent(answer.Delivery == HostileDelivery.PackedAndCut ? Unpacked(answer.Body) : answer.Body),
        };
        foreach (var (name, value) in answer.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    /// <summary>What .NET makes of a packed body that is cut: its first part, without a word.</summary>
    private static byte[] Unpacked(byte[] body)
    {
        var packed = Packed(body);
        using MemoryStream half = new(packed[..(packed.Length / 2)]);
        using GZipStream gzip = new(half, CompressionMode.Decompress);
        using MemoryStream rest = new();
        gzip.CopyTo(rest);
        return rest.ToArray();
    }

    internal static byte[] Packed(byte[] body)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }

        return packed.ToArray();
    }
}
