namespace MarketoLambda.Sources.Tests.Support;

/// <summary>The clock of a scenario that is made only after its source.</summary>
internal sealed class SwappedTime : TimeProvider
{
    public TimeProvider? Inner { get; set; }

    public override DateTimeOffset GetUtcNow() => (Inner ?? System).GetUtcNow();
}
