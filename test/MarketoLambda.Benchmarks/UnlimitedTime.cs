namespace MarketoLambda.Benchmarks;

/// <summary>Clocks that run three hundred times as fast as real ones: the client's own limits never bind.</summary>
internal sealed class UnlimitedTime : TimeProvider
{
    public const int Factor = 300;

    private readonly DateTimeOffset _begun = System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => _begun + ((System.GetUtcNow() - _begun) * Factor);

    public override long GetTimestamp() => System.GetTimestamp() * Factor;
}
