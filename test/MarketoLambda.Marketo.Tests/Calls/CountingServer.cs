namespace MarketoLambda.Marketo.Tests.Calls;

/// <summary>Sees calls as Marketo does: when they arrive, and how many are there at once.</summary>
internal sealed class CountingServer
{
    private int _now;

    public List<TimeSpan> Arrivals { get; } = [];

    public int MaxAtOnce { get; private set; }

    public void Arrive(TimeSpan at)
    {
        Arrivals.Add(at);
        MaxAtOnce = Math.Max(MaxAtOnce, ++_now);
    }

    public void Leave() => _now--;

    /// <summary>Most arrivals in any [t, t + length).</summary>
    public int MaxInAnyWindow(TimeSpan length)
    {
        var sorted = Arrivals.Order().ToList();
        var (most, first) = (0, 0);
        for (var last = 0; last < sorted.Count; last++)
        {
            while (sorted[last] - sorted[first] >= length)
            {
                first++;
            }

            most = Math.Max(most, last - first + 1);
        }

        return most;
    }
}

/// <summary>A network of changing speed in front of a <see cref="CountingServer"/>.</summary>
internal sealed class LatentHandler(
    CountingServer server,
    TimeProvider time,
    Func<(TimeSpan There, TimeSpan Back)> latency,
    Func<string>? answer = null) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri!.AbsolutePath.StartsWith("/identity", StringComparison.Ordinal))
        {
            return Identity.AccessTokensTests.Token("t", 86_400);
        }

        var (there, back) = latency();
        await PassAsync(there);
        server.Arrive(time.GetElapsedTime(0));
        await PassAsync(back);
        server.Leave();
        return ScriptedMarketo.Json(answer?.Invoke() ?? Some.Empty);
    }

    private Task PassAsync(TimeSpan duration) => duration == TimeSpan.Zero ? Task.CompletedTask : Task.Delay(duration, time);
}
