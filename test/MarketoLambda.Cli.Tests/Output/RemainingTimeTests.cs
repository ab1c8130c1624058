using MarketoLambda.Cli.Output;
using MarketoLambda.Sync.Runs;

namespace MarketoLambda.Cli.Tests.Output;

public sealed class RemainingTimeTests
{
    private readonly RemainingTime _remaining = new();

    [Fact]
    public void After_a_resume_only_what_this_run_did_counts()
    {
        Assert.Null(_remaining.After(At(seconds: 2, fraction: 0.80)));
        Assert.Equal(90, _remaining.After(At(seconds: 12, fraction: 0.82))!.Value.TotalSeconds, tolerance: 0.001);
    }

    [Fact]
    public void The_first_seconds_promise_nothing()
    {
        _remaining.After(At(seconds: 1, fraction: 0.1));

        Assert.Null(_remaining.After(At(seconds: 3, fraction: 0.5)));
    }

    [Fact]
    public void A_pause_makes_the_rest_longer()
    {
        _remaining.After(At(seconds: 0, fraction: 0));

        Assert.True(_remaining.After(At(seconds: 40, fraction: 0.5)) > _remaining.After(At(seconds: 20, fraction: 0.5)));
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.1)]
    [InlineData(null)]
    public void Nothing_is_said_at_the_end_without_progress_and_of_a_source_that_cannot_tell(double? fraction)
    {
        _remaining.After(At(seconds: 0, fraction: 0.1));

        Assert.Null(_remaining.After(At(seconds: 60, fraction)));
    }

    private static RunProgress At(double seconds, double? fraction) => new(0, 0, 0, fraction, TimeSpan.FromSeconds(seconds));
}
