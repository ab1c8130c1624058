using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Cli.Output;

/// <summary>A run in the history, for programs: what people see of it, and where it ended.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="Number">Its number, from 1.</param>
internal sealed record RunEntry(string Job, long Number)
{
    public RunKind Kind { get; init; }

    /// <summary><see cref="RunStage.Claimed"/> while it is at work, and after a sudden death.</summary>
    public RunStage Stage { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Null while it runs, and after a sudden death.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>No other run may begin before; null for a run that has ended.</summary>
    public DateTimeOffset? LeaseEndsAt { get; init; }

    public string Outcome { get; init; } = "";

    public long Records { get; init; }

    public long Rejects { get; init; }

    public string? Error { get; init; }

    public string? Notices { get; init; }

    /// <summary>How far the import was when the run was done.</summary>
    public Checkpoint End { get; init; } = Checkpoint.Start;

    public static RunEntry From(RunRow row) => new(row.Job, row.Number)
    {
        Kind = row.Kind,
        Stage = row.Stage,
        StartedAt = row.StartedAt ?? row.CreatedAt,
        EndedAt = row.EndedAt,
        LeaseEndsAt = row.Stage == RunStage.Claimed ? row.LeaseEnd : null,
        Outcome = row.Outcome,
        Records = row.Records,
        Rejects = row.Rejects,
        Error = row.Error,
        Notices = row.Notices,
        End = row.End,
    };
}
