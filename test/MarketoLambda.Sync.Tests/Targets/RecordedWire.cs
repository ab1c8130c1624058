namespace MarketoLambda.Sync.Tests.Targets;

/// <summary>Stands between the client and Marketo, and remembers how large the bodies were.</summary>
internal sealed class RecordedWire
{
    private readonly List<long> _bodies = [];

    public IReadOnlyList<long> Bodies => _bodies;

    public long LastBody => _bodies[^1];

    public void Clear() => _bodies.Clear();

    public HttpMessageHandler Before(HttpMessageHandler marketo) => new Recorder(this, marketo);

    private sealed class Recorder(RecordedWire wire, HttpMessageHandler marketo) : DelegatingHandler(marketo)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Content is { } content)
            {
                wire._bodies.Add((await content.ReadAsByteArrayAsync(cancellationToken)).Length);
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
