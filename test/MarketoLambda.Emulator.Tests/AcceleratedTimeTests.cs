using Microsoft.Extensions.Time.Testing;

namespace MarketoLambda.Emulator.Tests;

public sealed class AcceleratedTimeTests
{
    private readonly FakeTimeProvider _origin = new(SubscriptionUnderTest.Start);

    [Fact]
    public void It_starts_now_and_runs_faster()
    {
        // Given
        var time = new AcceleratedTime(60, _origin);
        var began = time.GetTimestamp();
        // When
        _origin.Advance(TimeSpan.FromSeconds(1));
        // Then
        Assert.Equal(SubscriptionUnderTest.Start.AddMinutes(1), time.GetUtcNow());
        Assert.Equal(TimeSpan.FromMinutes(1), time.GetElapsedTime(began));
    }

    [Fact]
    public void It_can_be_pushed_ahead()
    {
        // Given
        var time = new AcceleratedTime(1, _origin);
        // When
        time.Advance(TimeSpan.FromHours(2));
        // Then
        Assert.Equal(SubscriptionUnderTest.Start.AddHours(2), time.GetUtcNow());
    }

    [Fact]
    public void Its_timers_run_faster_too()
    {
        // Given
        var time = new AcceleratedTime(60, _origin);
        var rang = 0;
        using var timer = time.CreateTimer(_ => rang++, null, TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
        // When
        _origin.Advance(TimeSpan.FromSeconds(0.999));
        var early = rang;
        _origin.Advance(TimeSpan.FromSeconds(0.001));
        // Then
        Assert.Equal((0, 1), (early, rang));
    }
}
