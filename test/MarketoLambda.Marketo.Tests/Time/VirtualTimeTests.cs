using MarketoLambda.Marketo.Calls;
using MarketoLambda.Testing;

namespace MarketoLambda.Marketo.Tests.Time;

public sealed class VirtualTimeTests
{
    private readonly VirtualTime _time = new();

    [Fact]
    public void Waiting_takes_virtual_time_only()
    {
        // Given
        var before = _time.GetUtcNow();

        // When
        _time.Run(() => Task.Delay(TimeSpan.FromDays(3), _time));

        // Then
        Assert.Equal(TimeSpan.FromDays(3), _time.GetUtcNow() - before);
        Assert.Equal(TimeSpan.FromDays(3), _time.GetElapsedTime(0));
    }

    [Fact]
    public void Timers_fire_when_due_and_in_the_order_set_at_the_same_instant()
    {
        // Given
        var fired = new List<string>();
        async Task After(int seconds, string name)
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds), _time);
            fired.Add($"{name}@{_time.Elapsed.TotalSeconds}");
        }

        // When
        _time.Run(() => Task.WhenAll(After(2, "c"), After(1, "a"), After(1, "b"), After(2, "d")));

        // Then
        Assert.Equal(["a@1", "b@1", "c@2", "d@2"], fired);
    }

    [Fact]
    public void A_story_stays_on_its_thread()
    {
        // Given
        var threads = new HashSet<int>();

        // When
        _time.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                threads.Add(Environment.CurrentManagedThreadId);
                await Task.Delay(TimeSpan.FromMilliseconds(i), _time);
            }
        });

        // Then
        Assert.Equal([Environment.CurrentManagedThreadId], threads);
    }

    [Fact]
    public void A_story_that_no_timer_can_end_is_an_error()
    {
        // Given
        var never = new TaskCompletionSource();

        // When
        var error = Assert.Throws<InvalidOperationException>(() => _time.Run(() => never.Task));

        // Then
        Assert.StartsWith("Nothing is left to wait for at 2026-11-04", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_story_without_end_is_an_error()
    {
        // Given
        async Task Forever()
        {
            while (true)
            {
                await Task.Delay(TimeSpan.FromMinutes(1), _time);
            }
        }

        // When
        var error = Assert.Throws<InvalidOperationException>(() => _time.Run(Forever, within: TimeSpan.FromHours(1)));

        // Then
        Assert.StartsWith("The story is not over after 01:00:00", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_story_throws_comes_out_as_it_is() =>
        Assert.Throws<FormatException>(() => _time.Run(async () =>
        {
            await Task.Delay(TimeSpan.FromSeconds(1), _time);
            throw new FormatException();
        }));

    [Fact]
    public void A_cancelled_wait_ends_inline_at_the_moment_of_cancellation()
    {
        // Given
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(5), _time);

        // When
        _time.Run(() =>
            Assert.ThrowsAnyAsync<OperationCanceledException>(() => _time.PauseAsync(TimeSpan.FromHours(1), cancellation.Token)));

        // Then
        Assert.Equal(TimeSpan.FromSeconds(5), _time.Elapsed);
    }

    [Fact]
    public void Advance_fires_what_is_due_and_nothing_else()
    {
        // Given
        var fired = new List<double>();
        using var timer = _time.CreateTimer(
            _ => fired.Add(_time.Elapsed.TotalSeconds),
            null,
            TimeSpan.FromSeconds(1),
            TimeSpan.FromSeconds(2));

        // When
        _time.Advance(TimeSpan.FromSeconds(6));

        // Then
        Assert.Equal([1, 3, 5], fired);
        Assert.Equal(TimeSpan.FromSeconds(6), _time.Elapsed);
    }

    [Fact]
    public void A_changed_or_disposed_timer_does_not_fire_at_its_old_time()
    {
        // Given
        var fired = new List<string>();
        using var moved = _time.CreateTimer(
            _ => fired.Add($"moved@{_time.Elapsed.TotalSeconds}"),
            null,
            TimeSpan.FromSeconds(1),
            Timeout.InfiniteTimeSpan);
        var gone = _time.CreateTimer(_ => fired.Add("gone"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        // When
        moved.Change(TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
        gone.Dispose();
        _time.Advance(TimeSpan.FromSeconds(10));

        // Then
        Assert.Equal(["moved@3"], fired);
    }

    [Fact]
    public void A_timer_set_from_another_thread_is_an_error()
    {
        // Given
        Exception? seen = null;

        // When
        _time.Advance(TimeSpan.Zero);
        _time.Run(() =>
        {
            var other = new Thread(() =>
                seen = Record.Exception(() =>
                {
                    _time.CreateTimer(_ => { }, null, TimeSpan.Zero, TimeSpan.Zero);
                }));
            other.Start();
            other.Join();
            return Task.CompletedTask;
        });

        // Then
        Assert.IsType<InvalidOperationException>(seen);
    }
}
