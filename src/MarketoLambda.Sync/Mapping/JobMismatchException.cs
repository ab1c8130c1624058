using MarketoLambda.Sync.Jobs;

namespace MarketoLambda.Sync.Mapping;

/// <summary>A job does not fit what it fills; nothing was sent.</summary>
public sealed class JobMismatchException(string message) : Exception(message)
{
    /// <summary>Marketo's code, where it told the mismatch.</summary>
    internal string? Code { get; init; }

    private const int MaxMistakes = 20;

    private static string Sentences(List<string> all) =>
        string.Join("; ", all.Take(MaxMistakes))
        + (all.Count > MaxMistakes ? $"; and {Quantity.Of(all.Count - MaxMistakes, "mistake")} more" : "");

    internal static void ThrowIfAny(SyncJob job, IEnumerable<string> mistakes)
    {
        var all = mistakes.ToList();
        if (all.Count > 0)
        {
            throw new JobMismatchException($"Job {job.ApiName} does not fit {job.Target.Description} in Marketo: {Sentences(all)}.");
        }
    }
}
