namespace MarketoLambda.Cli.Watching;

/// <summary>What happens while jobs are watched.</summary>
internal interface IWatchEvents
{
    /// <summary>It is known when each job is due.</summary>
    void Planned();

    /// <summary>The job file has changed.</summary>
    void Changed(IReadOnlyList<WatchedJob> jobs);

    void Began(WatchedJob job);

    /// <summary>The run has a report.</summary>
    void Ended(WatchedJob job);

    /// <summary>The run ended without a report.</summary>
    void Failed(WatchedJob job, Exception failure);
}
