using MarketoLambda.Marketo.Settings;

namespace MarketoLambda.Marketo.Calls;

/// <summary>What a call is for, which decides who may still call late in the day, and how stubbornly.</summary>
public enum CallPurpose
{
    /// <summary>
    /// The program's own records (leases, marks, outcomes), and all reading: stopped only by Marketo itself (607), and the last to be out
    /// of retries, so that a run can always finish cleanly.
    /// </summary>
    State,

    /// <summary>Imported records: stopped at <see cref="MarketoOptions.DailySharePercent"/> of the day's quota.</summary>
    Import,

    /// <summary>
    /// A part of imported records that failed together, sent to find the one that is to blame: like <see cref="Import"/>, but not
    /// tried again where its outcome is unclear, since smaller parts of it will be.
    /// </summary>
    Probe,
}
