namespace MarketoLambda.Benchmarks;

/// <summary>Real time, but the stopwatch that the rate window reads runs ten thousand times as fast: the client's own limits never bind.</summary>
internal sealed class UnlimitedTime : TimeProvider
{
    public override long GetTimestamp() => System.GetTimestamp() * 10_000;
}
