namespace MarketoLambda.Sync.Jobs;

/// <summary>
/// What a job reads and what it makes of it, as two short hashes: the state record keeps them, so that a change is noticed.
/// </summary>
/// <param name="Source">Hash of the source's section.</param>
/// <param name="Mapping">Hash of the key, the fields, and a target that is another one than that of a job that names none.</param>
public sealed record JobDefinition(string Source, string Mapping)
{
    /// <summary>Reads what <see cref="ToString"/> wrote; null where it is something else.</summary>
    public static JobDefinition? Parse(string? text) =>
        text?.Split(' ') is [['s', ':', .. var source], ['m', ':', .. var mapping]] ? new JobDefinition(source, mapping) : null;

    public override string ToString() => $"s:{Source} m:{Mapping}";

    /// <summary>What has changed since another definition was in force, as a sentence with the remedy; null where nothing has.</summary>
    public string? ChangeSince(JobDefinition? before, string job)
    {
        if (before is null || before == this)
        {
            return null;
        }

        var what = before.Source == Source ? "mapping" : before.Mapping == Mapping ? "source" : "source and the mapping";
        var has = what.Contains(' ', StringComparison.Ordinal) ? "have" : "has";
        return $"the {what} of this job {has} changed in the job file since the last run that imported something; "
            + $"rows that were imported before are not sent again: \"marketo-lambda reset {job}\" sends all of them, "
            + $"\"marketo-lambda backfill {job}\" a stretch of time";
    }
}
