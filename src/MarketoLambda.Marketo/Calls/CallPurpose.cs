namespace MarketoLambda.Marketo.Calls;

/// <summary>What a write is for, which decides who may still call late in the day.</summary>
public enum CallPurpose
{
    /// <summary>The program's own records (claims, marks, outcomes): stopped only by Marketo itself (607), so that a run can always finish cleanly.</summary>
    State,

    /// <summary>Imported records: stopped at <see cref="MarketoOptions.DailySharePercent"/> of the day's quota.</summary>
    Import,
}
