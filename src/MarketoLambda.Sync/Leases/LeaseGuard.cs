using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sync.Leases;

/// <summary>How long this process may believe that a lease is its own.</summary>
/// <remarks>
/// A host that sleeps does not notice: its timers stand still, and when it wakes another run may have gone on. The clock on the wall shows
/// it, and so does the difference to the clock that stood still. Whoever set the clock meanwhile is taken for a sleeper: that costs a run,
/// and nothing else.
/// </remarks>
internal sealed class LeaseGuard
{
    /// <summary>Two clocks of one computer that are corrected all the time stay closer than that.</summary>
    public static readonly TimeSpan MaxJump = TimeSpan.FromSeconds(10);

    private readonly ILeaseWitness _witness;
    private readonly TimeProvider _time;
    private readonly string _job;
    private readonly DateTimeOffset _wall;
    private readonly long _monotonic;
    private readonly TimeSpan _length;

    /// <summary>Begins before the lease is asked for, so that it ends before the lease does.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="deadline">When the run must be over.</param>
    /// <param name="witness">Hears of every write.</param>
    /// <param name="time">The clock.</param>
    public LeaseGuard(string job, RunDeadline deadline, ILeaseWitness witness, TimeProvider time)
    {
        _job = job;
        _witness = witness;
        _time = time;
        (_wall, _monotonic, _length) = (time.GetUtcNow(), time.GetTimestamp(), deadline.Remaining);
    }

    /// <summary>Call it before each write.</summary>
    /// <exception cref="LeaseLostException">Another run may be at work by now.</exception>
    public void BeforeWrite()
    {
        ThrowIfOver();
        _witness.Sending(_job);
    }

    /// <exception cref="LeaseLostException">Another run may be at work by now.</exception>
    public void ThrowIfOver()
    {
        ThrowIfAsleep();
        if (_time.GetUtcNow() - _wall > _length || _time.GetElapsedTime(_monotonic) > _length)
        {
            throw new LeaseLostException(
                $"The time of this run of {_job} was over before it could write how far it got. The next run goes on from the last "
                    + "checkpoint"
            );
        }
    }

    /// <exception cref="LeaseLostException">The two clocks have drifted apart.</exception>
    public void ThrowIfAsleep()
    {
        var (wall, monotonic) = (_time.GetUtcNow() - _wall, _time.GetElapsedTime(_monotonic));
        var jump = (wall - monotonic).Duration();
        if (jump > MaxJump)
        {
            throw new LeaseLostException(
                $"This computer slept for {Quantity.Format((long)jump.TotalSeconds, "second")}, or its clock was set, while a run of "
                    + $"{_job} was at work. Another run may have gone on since, "
                + "so this one stopped and wrote nothing more. Run it again when the lease has ended; it goes on from the last checkpoint");
        }
    }
}

/// <summary>The run must not write any more: its lease may have ended, and another run gone on. What it had stored before stands.</summary>
public sealed class LeaseLostException(string message) : Exception(message);
