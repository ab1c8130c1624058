using MarketoLambda.Marketo.Limits;
using MarketoLambda.Testing;

namespace MarketoLambda.Marketo.Tests.Calls;

public sealed class AdaptiveLimitTests
{
    private readonly VirtualTime _time = new();
    private readonly AdaptiveLimit _limit;

    public AdaptiveLimitTests() => _limit = new AdaptiveLimit(max: 50, min: 5, step: 5, _time);

    [Fact]
    public void Each_refusal_halves_it_down_to_the_least()
    {
        var limits = Enumerable.Range(0, 6).Select(_ => AfterRefusal()).ToList();

        Assert.Equal([25, 12, 6, 5, 5, 5], limits);
    }

    [Fact]
    public void Calls_refused_together_halve_it_once()
    {
        var sentAt = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.All(Enumerable.Range(0, 5), _ =>
        {
            _limit.Throttled(sentAt, TimeSpan.Zero);
            Assert.Equal(25, _limit.Now);
        });
    }

    [Fact]
    public void It_grows_by_a_step_for_each_20_seconds_without_a_refusal_up_to_the_most()
    {
        AfterRefusal();

        var limits = Enumerable.Range(0, 7).Select(_ => After(TimeSpan.FromSeconds(20))).ToList();

        Assert.Equal([30, 35, 40, 45, 50, 50, 50], limits);
        AfterRefusal();
        Assert.Equal(35, After(TimeSpan.FromSeconds(59)));
    }

    [Fact]
    public void Time_in_which_nothing_is_sent_does_not_let_it_grow()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        _limit.Throttled(_time.GetTimestamp(), pause: TimeSpan.FromSeconds(15));

        Assert.Equal(25, After(TimeSpan.FromSeconds(34)));
        Assert.Equal(30, After(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void A_limit_below_the_least_is_not_raised_by_a_refusal()
    {
        AdaptiveLimit small = new(max: 3, min: 5, step: 1, _time);
        small.Throttled(1, TimeSpan.Zero);
        Assert.Equal(3, small.Now);
    }

    private int AfterRefusal()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        _limit.Throttled(_time.GetTimestamp(), TimeSpan.Zero);
        return _limit.Now;
    }

    private int After(TimeSpan duration)
    {
        _time.Advance(duration);
        return _limit.Now;
    }
}
