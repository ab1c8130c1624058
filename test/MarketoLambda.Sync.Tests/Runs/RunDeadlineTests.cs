using MarketoLambda.Sync.Leases;
using MarketoLambda.Testing;

namespace MarketoLambda.Sync.Tests.Runs;

public sealed class RunDeadlineTests
{
    private readonly VirtualTime _time = new();

    [Fact]
    public void Reading_ends_75_seconds_and_sending_45_seconds_before_the_end()
    {
        // Given
        RunDeadline deadline = new(_time, TimeSpan.FromMinutes(5), CancellationToken.None);
        using var cutOff = deadline.CreateCutOff();

        // When
        _time.Advance(TimeSpan.FromSeconds(225));
        var at225Seconds = (deadline.IsNear, cutOff.IsCancellationRequested);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        var justAfter = (deadline.IsNear, cutOff.IsCancellationRequested);
        _time.Advance(TimeSpan.FromSeconds(30));

        // Then
        Assert.Equal((false, false), at225Seconds);
        Assert.Equal((true, false), justAfter);
        Assert.True(cutOff.IsCancellationRequested);
    }

    [Fact]
    public void Sending_that_begins_after_its_end_is_cut_off_at_once()
    {
        // Given
        RunDeadline deadline = new(_time, TimeSpan.FromSeconds(10), CancellationToken.None);

        // When
        using var cutOff = deadline.CreateCutOff();
        _time.Advance(TimeSpan.Zero);

        // Then
        Assert.True(cutOff.IsCancellationRequested);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(60.0)]
    [InlineData(24_000.0)]
    public void Without_a_limit_or_with_a_distant_one_a_run_ends_all_the_same_and_with_it_its_claim(double? days) =>
        Assert.Equal(
            RunDeadline.MaxLength,
            new RunDeadline(_time, days is { } left ? TimeSpan.FromDays(left) : null, CancellationToken.None).Remaining);
}
