using MarketoLambda.Sync.Jobs;

namespace MarketoLambda.Sources.Passes;

/// <summary>How passes overlap, so that a row that became visible late is still found.</summary>
public sealed record PassOptions
{
    private const int DefaultLagSeconds = 60;
    private const int MaxLagSeconds = 86_400;
    private const int DefaultLookbackMinutes = 10;
    private const int MaxLookbackMinutes = 10_080;
    private const int MaxDaysBetweenFullPasses = 365;

    /// <summary>Rows younger than this wait for the next pass. 0 to 1 day, default 1 minute.</summary>
    public TimeSpan Lag { get; init; } = TimeSpan.FromSeconds(DefaultLagSeconds);

    /// <summary>So far below the mark each pass begins. 0 to 7 days, default 10 minutes.</summary>
    /// <remarks>
    /// Finds what was committed later than it was stamped, and sends again what a call that was executed late may have overwritten: with
    /// less than five minutes an older value that landed last could stay. The price is in the run's count of records read again.
    /// </remarks>
    public TimeSpan Lookback { get; init; } = TimeSpan.FromMinutes(DefaultLookbackMinutes);

    /// <summary>So long after the last full pass the next one reads every row; null for never. 1 to 365 days.</summary>
    public TimeSpan? FullPassEvery { get; init; }

    /// <summary>Reads <c>lagSeconds</c>, <c>lookbackMinutes</c> and <c>fullPassEveryDays</c> of a source's section.</summary>
    public static PassOptions Read(JobSection section)
    {
        var days = section.OptionalInteger("fullPassEveryDays", 1, MaxDaysBetweenFullPasses, otherwise: 0);
        return new PassOptions
        {
            Lag = TimeSpan.FromSeconds(section.OptionalInteger("lagSeconds", 0, MaxLagSeconds, DefaultLagSeconds)),
            Lookback = TimeSpan.FromMinutes(section.OptionalInteger("lookbackMinutes", 0, MaxLookbackMinutes, DefaultLookbackMinutes)),
            FullPassEvery = days == 0 ? null : TimeSpan.FromDays(days),
        };
    }
}
