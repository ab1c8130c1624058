namespace MarketoLambda.Sources.Tests.Salesforce;

/// <summary>A proxy that changes answers on their way.</summary>
/// <param name="org">Where calls go.</param>
/// <param name="rewrite">Gives the answer that arrives; it may change the one it gets.</param>
internal sealed class Rewriting(HttpMessageHandler org, Action<HttpRequestMessage, HttpResponseMessage> rewrite) : DelegatingHandler(org)
{
    /// <summary>Changes the bodies of successful answers to calls whose path and query hold that.</summary>
    public static Func<HttpMessageHandler, HttpMessageHandler> Bodies(string call, Func<byte[], byte[]> rewrite, int times = int.MaxValue)
    {
        var rewritten = 0;
        return org => new Rewriting(org, (request, response) =>
        {
            if (request.RequestUri!.PathAndQuery.Contains(call, StringComparison.Ordinal) && response.IsSuccessStatusCode
                && rewritten++ < times)
            {
                using MemoryStream body = new();
                response.Content.ReadAsStream().CopyTo(body);
                response.Content = new ByteArrayContent(rewrite(body.ToArray()));
            }
        });
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        rewrite(request, response);
        return response;
    }
}
