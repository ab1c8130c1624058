using System.Collections.Frozen;

namespace MarketoLambda.Hosting.Logs;

/// <summary>
/// By which tags CloudWatch separates the values of a metric: those that something looks at, because each combination is paid for.
/// </summary>
internal static class MetricDimensions
{
    private static readonly FrozenDictionary<string, string[][]> Sets = new Dictionary<string, string[][]>
    {
        ["marketolambda.runs"] = [["job", "outcome"]],
        ["marketolambda.records"] = [["job", "result"]],
        ["marketolambda.rejects"] = [["job", "state"]],
        ["marketolambda.notices"] = [["job", "code"], ["code"], []], // alarms look at one code, and at all of them
        ["marketolambda.calls"] = [["kind"]],
        ["marketolambda.quota.used"] = [[]],
        ["marketolambda.mark.lag"] = [["job"]],
        ["marketolambda.wait"] = [["reason"]],
    }.ToFrozenDictionary();

    /// <summary>The sets of an instrument; only tags that a value has count, the others are members of the line.</summary>
    public static IReadOnlyList<string[]> Select(string instrument, IReadOnlyCollection<string> tags) =>
        Sets.TryGetValue(instrument, out var sets) ? [.. sets.Where(set => set.All(tags.Contains))] : [[.. tags]];
}
