using MarketoLambda.Testing.Salesforce;

namespace MarketoLambda.Sources.Tests.Salesforce;

/// <summary>Something happens just before a call of that kind arrives.</summary>
internal sealed class Meanwhile(HttpMessageHandler org, OrgCallKind kind, Action happens, int times = int.MaxValue) : DelegatingHandler(org)
{
    private int _times;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        var isMore = path.Contains("/query/", StringComparison.Ordinal) && !path.Contains("/jobs/", StringComparison.Ordinal);
        if ((kind == OrgCallKind.Any || (kind == OrgCallKind.More && isMore)) && _times++ < times)
        {
            happens();
        }

        return base.SendAsync(request, cancellationToken);
    }
}
