using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Rejects;

namespace MarketoLambda.Cli.Output;

/// <summary>What stopped a run that rejected too much, for people: a paragraph for each example.</summary>
/// <param name="job">Whose they are.</param>
/// <param name="withValues">Whoever reads sits at a terminal: what the source had for the field is shown too.</param>
internal sealed class RejectExamplesText(SyncJob job, bool withValues)
{
    private readonly RejectWords _words = new(job, withValues);

    /// <param name="run">Number of the run that they stopped.</param>
    /// <param name="examples">At least one.</param>
    public void Write(long run, IReadOnlyList<RejectExample> examples)
    {
        Terminal.Warning($"Run {run:N0} stopped because too much was rejected. It did not put these aside: the next run reads them again.");
        foreach (var example in examples)
        {
            var field = _words.Field(example.Field, example.Value) is { Length: > 0 } known ? $", field {known}" : "";
            Terminal.Line(
                $"  {example.Key ?? RejectWords.UnknownRecord}, {_words.Place(example.Location)}{field}: {example.Reason.TrimEnd('.')} "
                    + $"({example.Code}).");
        }
    }
}
