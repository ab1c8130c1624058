using System.Text.Json.Nodes;
using MarketoLambda.Sync.Settings;

namespace MarketoLambda.Sources.Passes;

/// <summary>How passes overlap, so that a row that became visible late is still found.</summary>
public sealed record PassOptions
{
    private const int DefaultLagSeconds = 60;
    private const int MaxLagSeconds = 86_400;
    private const int DefaultLookbackMinutes = 10;
    private const int MaxLookbackMinutes = 10_080;
    private const int MaxDaysBetweenFullPasses = 365;

    private static readonly Setting LagSeconds = Setting.WholeNumber(
        "lagSeconds",
        "Records younger than this wait for the next pass. Seconds.",
        0,
        MaxLagSeconds,
        DefaultLagSeconds);
    private static readonly Setting LookbackMinutes = Setting.WholeNumber(
        "lookbackMinutes",
        "How far below the mark each pass begins, for what became visible late. Minutes.",
        0,
        MaxLookbackMinutes,
        DefaultLookbackMinutes);
    private static readonly Setting FullPassEveryDays = new(
        "fullPassEveryDays",
        "So long after the last full pass the next one reads every record. Days; never where it is absent.",
        new JsonObject
        {
            ["type"] = "integer",
            ["minimum"] = 1,
            ["maximum"] = MaxDaysBetweenFullPasses,
        }
    );

    /// <summary>What a source that reads passes adds to the settings of its section.</summary>
    public static IReadOnlyList<Setting> Settings { get; } = [LagSeconds, LookbackMinutes, FullPassEveryDays];

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

    /// <summary>Reads <see cref="Settings"/> of a source's section.</summary>
    public static PassOptions Read(JobSection section)
    {
        var days = section.OptionalInteger(FullPassEveryDays.Name, 1, MaxDaysBetweenFullPasses, otherwise: 0);
        return new PassOptions
        {
            Lag = TimeSpan.FromSeconds(section.OptionalInteger(LagSeconds)),
            Lookback = TimeSpan.FromMinutes(section.OptionalInteger(LookbackMinutes)),
            FullPassEvery = days == 0 ? null : TimeSpan.FromDays(days),
        };
    }
}
