namespace MarketoLambda.Sources.Tests.Salesforce;

/// <summary>Something happens just before a call arrives.</summary>
/// <param name="org">Where the call goes.</param>
/// <param name="happens">What happens.</param>
internal sealed class Meanwhile(HttpMessageHandler org, Action happens) : DelegatingHandler(org)
{
    private int _queries;

    /// <summary>Before that page of a query only, from 1; null for any call.</summary>
    public int? BeforePage { get; init; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var isPage = request.RequestUri!.AbsolutePath.EndsWith("/query", StringComparison.Ordinal) && request.Method == HttpMethod.Get;
        if (BeforePage is null || (isPage && ++_queries == BeforePage))
        {
            happens();
        }

        return base.SendAsync(request, cancellationToken);
    }
}
