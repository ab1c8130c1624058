using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Rejects;

namespace MarketoLambda.Cli.Output;

/// <summary>What stopped a run that rejected too much, for people: a paragraph for each example.</summary>
/// <param name="job">Whose they are.</param>
/// <param name="withValues">Whoever reads sits at a terminal: what the source had for the field is shown too.</param>
internal sealed class RejectExamplesText(SyncJob job, bool withValues)
{
    /// <param name="run">Number of the run that they stopped.</param>
    /// <param name="examples">At least one.</param>
    public void Write(long run, IReadOnlyList<RejectExample> examples)
    {
        Terminal.Warning($"Run {run:N0} stopped because too much was rejected. It did not put these aside: the next run reads them again.");
        foreach (var example in examples)
        {
            var place = example.Location with { IsLine = job.Source.CountsLines };
            Terminal.Line($"  {example.Key ?? "unknown record"}, {place}{Field(example)}: {example.Reason.TrimEnd('.')} ({example.Code}).");
        }
    }

    private string Field(RejectExample example) => example switch
    {
        { Field: null } => "",
        { Value: { } value } when withValues => $", field {example.Field} \"{value}\"",
        _ => $", field {example.Field}",
    };
}
