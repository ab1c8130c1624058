using MarketoLambda.Marketo.Limits;

namespace MarketoLambda.Marketo.Usage;

/// <summary>How far Marketo's limits are used just now, for people who watch.</summary>
public sealed class MarketoLoad
{
    private readonly RateWindow _window;
    private readonly DailyBudget _budget;

    internal MarketoLoad(RateWindow window, DailyBudget budget) => (_window, _budget) = (window, budget);

    /// <summary>A call waits until the calls of the last 20 seconds leave room for it.</summary>
    public bool IsWaiting => _window.HasLine;

    /// <summary>Calls of the day; null where Marketo was not asked, or does not say.</summary>
    public DailyUse? Today => _budget.Today;
}

/// <summary>Calls of a day, whoever made them.</summary>
/// <param name="Used">So many were made.</param>
/// <param name="MaxForImports">At so many, imports stop.</param>
/// <param name="Quota">So many Marketo allows, as the settings say.</param>
public sealed record DailyUse(long Used, long MaxForImports, long Quota);
