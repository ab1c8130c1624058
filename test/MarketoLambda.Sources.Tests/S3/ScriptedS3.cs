using System.Net;
using System.Net.Http.Headers;
using Amazon.Runtime;
using Amazon.S3;

namespace MarketoLambda.Sources.Tests.S3;

/// <summary>AWS's own client in front of answers that a test thinks up.</summary>
internal sealed class ScriptedS3(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    private const string Tag = "\"the-tag\"";

    private int _requests;

    public ScriptedS3(Func<HttpRequestMessage, HttpResponseMessage> answer)
        : this((request, _) => Task.FromResult(answer(request)))
    {
    }

    /// <summary>Calls made so far.</summary>
    public int Requests => _requests;

    /// <summary>A client that repeats nothing by itself, unless told to.</summary>
    public AmazonS3Client Client(int retries = 0) =>
        new(
            new BasicAWSCredentials("id", "secret"),
            new AmazonS3Config
            {
                ServiceURL = "https://s3.test",
                ForcePathStyle = true,
                AuthenticationRegion = "us-east-1",
                MaxErrorRetry = retries,
                HttpClientFactory = new Factory(this),
            }
        );

    /// <summary>The answer to any request for a whole bucket of one object, or for a range of it.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="name">The object's key.</param>
    /// <param name="bytes">Its size.</param>
    /// <param name="content">Fills a range that begins there.</param>
    public static HttpResponseMessage Object(HttpRequestMessage request, string name, long bytes, Action<long, byte[]> content)
    {
        if (request.RequestUri!.Query.Contains("list-type=2", StringComparison.Ordinal))
        {
            return Xml(HttpStatusCode.OK, $"""
                <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>false</IsTruncated><EncodingType>url</EncodingType>
                <Contents><Key>{name}</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>{Tag}</ETag><Size>{bytes}</Size></Contents></ListBucketResult>
                """);
        }

        var range = request.Headers.Range!.Ranges.Single();
        var (from, to) = (range.From!.Value, range.To!.Value);
        var body = new byte[to - from + 1];
        content(from, body);
        HttpResponseMessage response = new(HttpStatusCode.PartialContent) { Content = new ByteArrayContent(body) };
        response.Headers.ETag = new EntityTagHeaderValue(Tag);
        response.Content.Headers.ContentRange = new ContentRangeHeaderValue(from, to, bytes);
        return response;
    }

    /// <summary>An error as S3 words it.</summary>
    public static HttpResponseMessage Error(HttpStatusCode status, string code, string message = "whatever") =>
        Xml(status, $"<Error><Code>{code}</Code><Message>{message}</Message><RequestId>1</RequestId><HostId>2</HostId></Error>");

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        return answer(request, cancellationToken);
    }

    private static HttpResponseMessage Xml(HttpStatusCode status, string xml) =>
        new(status)
        {
            Content = new StringContent($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{xml}", System.Text.Encoding.UTF8, "application/xml"),
        };

    private sealed class Factory(HttpMessageHandler handler) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(handler, disposeHandler: false);

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
    }
}
