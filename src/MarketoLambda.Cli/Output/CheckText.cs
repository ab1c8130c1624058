using System.Globalization;
using MarketoLambda.Sync.Checks;
using MarketoLambda.Sync.Failures;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Cli.Output;

/// <summary>Shows people what <c>jobs check</c> found: a table for each job, and every mistake in red.</summary>
internal static class CheckText
{
    public static void Write(CheckReport report, int exitCode)
    {
        foreach (var job in report.Jobs)
        {
            Write(job, report.IsMarketoChecked);
        }

        Terminal.Line();
        if (report.NotChecked is { } reason)
        {
            (exitCode == ExitCode.Done ? (Action<string>)Terminal.Warning : Terminal.Error)(reason);
        }

        foreach (var mistake in report.Mistakes)
        {
            Terminal.Error(mistake);
        }

        var jobs = Quantity.Format(report.Jobs.Count, "job");
        if (report.MistakeCount > 0)
        {
            Terminal.Error($"{jobs} checked: {Quantity.Format(report.MistakeCount, "mistake")}. Nothing was sent.");
        }
        else
        {
            var isAllSeen = report.IsMarketoChecked && report.Jobs.All(job => job.IsSourceSeen);
            (isAllSeen ? (Action<string>)Terminal.Good : Terminal.Warning)(
                $"{jobs} checked, no mistakes{(isAllSeen ? "" : " as far as could be seen")}. Nothing was sent.");
        }
    }

    private static void Write(JobFindings job, bool isConverted)
    {
        Terminal.Heading(job.Job);
        Terminal.Line($"from {job.Source} into {job.Target}{(job.After.Count == 0 ? "" : $", after {string.Join(", ", job.After)}")}");
        Terminal.People.Write(FieldTable.Create(job.Fields, Terminal.People.Profile.Width));
        if (job.SampledFrom is { } place)
        {
            Terminal.Line(
                $"Samples are from {place}, {(isConverted ? "as they would be sent" : "before they are converted to the field's type")}.");
        }

        if (job.AllRows is { } all)
        {
            Write(all, isConverted);
        }

        foreach (var note in job.Notes)
        {
            Terminal.Warning($"  note: {note}");
        }

        foreach (var mistake in job.Mistakes)
        {
            Terminal.Error($"  {mistake.TrimEnd('.')}.");
        }
    }

    private static void Write(AllRows all, bool isConverted)
    {
        var rejected = all.Rejected.Sum(group => group.Count);
        var unsure = isConverted ? "" : "; values were not checked, because Marketo was not asked";
        (rejected == 0 ? (Action<string>)Terminal.Good : Terminal.Warning)(rejected == 0
            ? $"{Quantity.Format(all.Records, "row")} read; none would be rejected before it is sent{unsure}."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{Quantity.Format(all.Records, "row")} read; of these {rejected:N0} would be rejected{unsure}:"));
        foreach (var group in all.Rejected)
        {
            var value = group.Value is { } example ? $": \"{example}\"" : "";
            var rows = Quantity.Format(group.Count, "row");
            Terminal.Warning($"  {rows} ({group.Code}): {group.Reason.TrimEnd('.')}; the first is {group.Example}{value}");
        }
    }
}
