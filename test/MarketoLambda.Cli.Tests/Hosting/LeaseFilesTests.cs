using MarketoLambda.Cli.Hosting;
using MarketoLambda.Sync.Leases;
using Microsoft.Extensions.Time.Testing;

namespace MarketoLambda.Cli.Tests.Hosting;

/// <summary>The file that says which process of this computer is at work, and when it last sent something.</summary>
public sealed class LeaseFilesTests : IDisposable
{
    private static readonly RunRow Lease = new("", "car_c", 7) { Token = "the-token" };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("marketo-lambda-test-");
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-11-28T08:00:00Z", null));

    private string File => Path.Combine(_folder.FullName, "running-car_c.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_process_that_runs_is_alive_for_everybody()
    {
        using LeaseFiles mine = new(_folder.FullName, _time);
        using LeaseFiles other = new(_folder.FullName, _time);

        mine.Taking(Lease);

        Assert.Equal(new LeaseHolder.Alive(Environment.ProcessId), other.Find(Lease));
    }

    [Fact]
    public void A_lease_that_was_given_back_leaves_no_file()
    {
        using LeaseFiles mine = new(_folder.FullName, _time);
        mine.Taking(Lease);

        mine.Ended(Lease);

        Assert.Empty(_folder.GetFiles());
        Assert.Null(mine.Find(Lease));
    }

    [Fact]
    public void A_process_that_is_gone_was_quiet_since_its_last_write()
    {
        // Given
        Die(Lease);
        _time.Advance(TimeSpan.FromSeconds(100));

        // When
        using LeaseFiles other = new(_folder.FullName, _time);

        // Then: the stamp may be a second old
        Assert.Equal(TimeSpan.FromSeconds(99), Assert.IsType<LeaseHolder.Dead>(other.Find(Lease)).QuietFor);
    }

    [Fact]
    public void A_clock_that_was_set_forward_shortens_no_wait()
    {
        // Given: a day passes on the wall, and four seconds by the clock that nobody sets
        Die(Lease);
        _time.Advance(TimeSpan.FromSeconds(4));
        FakeTimeProvider later = new(_time.GetUtcNow().AddDays(1)); // begins at timestamp 0, as after a start of the computer
        later.Advance(TimeSpan.FromSeconds(4));

        // When
        using LeaseFiles other = new(_folder.FullName, new TwoClocks(_time.GetUtcNow().AddDays(1), _time));

        // Then
        Assert.Equal(TimeSpan.FromSeconds(3), Assert.IsType<LeaseHolder.Dead>(other.Find(Lease)).QuietFor);
    }

    [Fact]
    public void Of_another_lease_another_job_and_another_computer_nothing_is_known()
    {
        // Given
        Die(Lease);
        using LeaseFiles other = new(_folder.FullName, _time);

        // Then
        Assert.Null(other.Find(Lease with { Token = "another" }));
        Assert.Null(other.Find(Lease with { Job = "bus_c" }));
        System.IO.File.WriteAllText(
            File, System.IO.File.ReadAllText(File).Replace(Environment.MachineName, "elsewhere", StringComparison.Ordinal));
        Assert.Null(other.Find(Lease));
    }

    [Fact]
    public void A_file_that_nobody_holds_proves_nothing_while_its_process_runs()
    {
        // Given: a lock that the folder does not keep
        using (LeaseFiles mine = new(_folder.FullName, _time))
        {
            mine.Taking(Lease);
        }

        // When
        using LeaseFiles other = new(_folder.FullName, _time);

        // Then
        Assert.Null(other.Find(Lease));
    }

    [Fact]
    public void Who_finds_the_file_in_use_runs_without_one()
    {
        // Given
        using LeaseFiles mine = new(_folder.FullName, _time);
        using LeaseFiles other = new(_folder.FullName, _time);
        mine.Taking(Lease);

        // When
        other.Taking(Lease with { Token = "second" });
        other.Ended(Lease with { Token = "second" });

        // Then
        Assert.NotNull(mine.Find(Lease));
    }

    [Fact]
    public void Spoiled_contents_are_no_proof()
    {
        using LeaseFiles files = new(_folder.FullName, _time);
        System.IO.File.WriteAllText(File, "{");

        Assert.Null(files.Find(Lease));
    }

    /// <summary>A process took the lease, wrote once more five seconds later and died: it is one that cannot be there.</summary>
    private void Die(RunRow lease)
    {
        using (LeaseFiles dying = new(_folder.FullName, _time))
        {
            dying.Taking(lease);
            _time.Advance(TimeSpan.FromSeconds(5));
            dying.Sending(lease.Job);
        }

        System.IO.File.WriteAllText(
            File,
            System.IO.File.ReadAllText(File).Replace(
                $"\"processId\":{Environment.ProcessId}", "\"processId\":2147483647", StringComparison.Ordinal));
    }

    /// <summary>A clock on the wall that was set.</summary>
    private sealed class TwoClocks(DateTimeOffset wall, TimeProvider steady) : TimeProvider
    {
        public override long TimestampFrequency => steady.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => wall;

        public override long GetTimestamp() => steady.GetTimestamp();
    }
}
