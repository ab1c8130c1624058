using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sources.Salesforce.Rows;

/// <summary>A stretch of time that a bulk job reads, as it is kept in the resume position so that a run which was cut off finds its job
/// again.</summary>
/// <param name="Job">The job's id.</param>
/// <param name="Until">First second that is not in it.</param>
/// <param name="Query">Print of what was asked: a job file that was changed meanwhile asks for something else.</param>
internal sealed record BulkSlice(string Job, DateTimeOffset Until, string Query)
{
    public static string FingerprintOf(string query) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(query)))[..8];

    /// <summary>Null for a text that is none of ours: the job is then made again.</summary>
    public static BulkSlice? Parse(string? text) =>
        text?.Split(' ') is [var job, var until, var query]
        && DateTimeOffset.TryParseExact(until, UtcText.SecondsFormat, CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var end)
            ? new BulkSlice(job, end, query)
            : null;

    public override string ToString() => $"{Job} {UtcText.Seconds(Until)} {Query}";
}
