using System.Text.Json.Serialization;

namespace MarketoLambda.Cli.Watching;

/// <summary>What the health file of <c>watch</c> says.</summary>
/// <param name="At">When it was written: a file that is older than two minutes is of a process that hangs or is gone.</param>
/// <param name="StartedAt">When the process began to watch.</param>
/// <param name="Running">The job whose run is under way; null for none.</param>
/// <param name="Jobs">Every watched job.</param>
internal sealed record HealthReport(DateTimeOffset At, DateTimeOffset StartedAt, string? Running, IReadOnlyList<JobHealth> Jobs);

/// <summary>A watched job.</summary>
/// <param name="Job">Its name.</param>
/// <param name="DueAt">When it runs next; null where its schedule is over.</param>
/// <param name="LastEndedAt">When its last run ended; null before the first.</param>
/// <param name="LastOutcome">How; null before the first.</param>
internal sealed record JobHealth(string Job, DateTimeOffset? DueAt, DateTimeOffset? LastEndedAt, string? LastOutcome);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(HealthReport))]
internal sealed partial class HealthJson : JsonSerializerContext;
