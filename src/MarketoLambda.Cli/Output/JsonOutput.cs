using System.Text.Json;
using System.Text.Json.Serialization;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Cli.Output;

/// <summary>What programs read: one JSON document on stdout.</summary>
internal static class JsonOutput
{
    public static void Write(IReadOnlyList<SyncReport> reports) => Console.Out.WriteLine(JsonSerializer.Serialize(reports, CliJson.Default.IReadOnlyListSyncReport));

    public static void Write(IReadOnlyList<JobStatus> statuses) => Console.Out.WriteLine(JsonSerializer.Serialize(statuses, CliJson.Default.IReadOnlyListJobStatus));
}

/// <summary>A job and what Marketo remembers of it.</summary>
/// <param name="Job">API name of the imported object.</param>
/// <param name="LagSeconds">Age of the high-water mark, in seconds; null without a mark.</param>
/// <param name="State">The state record; null before <c>init</c>.</param>
internal sealed record JobStatus(string Job, long? LagSeconds, StateRecord? State);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(IReadOnlyList<SyncReport>))]
[JsonSerializable(typeof(IReadOnlyList<JobStatus>))]
internal sealed partial class CliJson : JsonSerializerContext;
