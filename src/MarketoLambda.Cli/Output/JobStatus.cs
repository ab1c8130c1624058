using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Cli.Output;

/// <summary>A job and what Marketo remembers of it.</summary>
/// <param name="Job">API name of the imported object.</param>
/// <param name="LagSeconds">Age of the high-water mark, in seconds; null without a mark.</param>
/// <param name="State">The state record; null before <c>init</c>.</param>
internal sealed record JobStatus(string Job, long? LagSeconds, StateRecord? State)
{
    /// <summary>What has changed in the job file since the last run that imported something; null where nothing has.</summary>
    public string? Changed { get; init; }

    /// <summary>How long records wait for the person or record that they name, before they are given up: hours, 0 to 720.</summary>
    public double RetryHours { get; init; }

    /// <summary>What the exact position means, for people; null between two files or passes.</summary>
    public PositionText? Position { get; init; }

    /// <summary>A run whose lease holds: it is at work, or died a moment ago; null where there is none.</summary>
    public UnfinishedRun? Running { get; init; }

    /// <summary>The newest run, where its lease is over and it never said how it ended; null where it did.</summary>
    public UnfinishedRun? Dead { get; init; }

    /// <summary>When this computer last ran the job, also where nothing was new; null where it never did.</summary>
    public LastCheck? LastCheck { get; init; }

    /// <summary>The file that is read last by its name, finished or not; null where there is none, or the source has no files.</summary>
    public SeenFile? NewestFile { get; init; }

    /// <summary>Why it could not be looked for; null where it could.</summary>
    public string? NewestFileError { get; init; }
}

/// <summary>A run that has not said how it ended.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Kind">What for.</param>
/// <param name="Since">When it began.</param>
/// <param name="LeaseEndsAt">Until then no other run may begin.</param>
/// <param name="Records">Records that Marketo accepted until its last checkpoint; null before the first.</param>
/// <param name="DeadProcessId">
/// The number that its process had on this computer, where that is gone; null where it lives, or nobody here can tell.
/// </param>
internal sealed record UnfinishedRun(
    long Number,
    RunKind Kind,
    DateTimeOffset Since,
    DateTimeOffset LeaseEndsAt,
    long? Records,
    int? DeadProcessId);
