using MarketoLambda.Testing.Simulation;

namespace MarketoLambda.Sources.Tests.Salesforce;

/// <summary>The network of a process that dies at a call.</summary>
internal sealed class MortalHandler(HttpMessageHandler inner, ProcessLife life, Func<bool> diesNow, bool isHeard) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (life.IsOver)
        {
            return await ProcessLife.NeverAsync<HttpResponseMessage>();
        }

        if (!diesNow())
        {
            return await life.HearAsync(base.SendAsync(request, cancellationToken));
        }

        if (isHeard)
        {
            using var response = await base.SendAsync(request, CancellationToken.None);
        }

        life.Kill();
        return await ProcessLife.NeverAsync<HttpResponseMessage>();
    }
}
