using System.Text.Json;
using System.Text.Json.Serialization;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Previews;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Cli.Output;

/// <summary>What programs read: one JSON document on stdout.</summary>
internal static class JsonOutput
{
    public static void Write(IReadOnlyList<SyncReport> reports) =>
        Console.Out.WriteLine(JsonSerializer.Serialize(reports, CliJson.Default.IReadOnlyListSyncReport));

    public static void Write(IReadOnlyList<JobStatus> statuses) =>
        Console.Out.WriteLine(JsonSerializer.Serialize(statuses, CliJson.Default.IReadOnlyListJobStatus));

    public static void Write(IReadOnlyList<RunRow> rows) =>
        Console.Out.WriteLine(JsonSerializer.Serialize(rows, CliJson.Default.IReadOnlyListRunRow));

    public static void Write(IReadOnlyList<RejectRow> rows) =>
        Console.Out.WriteLine(JsonSerializer.Serialize(rows, CliJson.Default.IReadOnlyListRejectRow));

    public static void Write(IReadOnlyList<RunPreview> previews) =>
        Console.Out.WriteLine(JsonSerializer.Serialize(previews, CliJson.Default.IReadOnlyListRunPreview));

    public static void Write(ResetReport report) => Console.Out.WriteLine(JsonSerializer.Serialize(report, CliJson.Default.ResetReport));

    public static void Write(ForgetReport report) => Console.Out.WriteLine(JsonSerializer.Serialize(report, CliJson.Default.ForgetReport));

    public static void Write(ExportReport report) => Console.Out.WriteLine(JsonSerializer.Serialize(report, CliJson.Default.ExportReport));

    public static void Write(InitReport report) => Console.Out.WriteLine(JsonSerializer.Serialize(report, CliJson.Default.InitReport));

    public static void Write(CheckReport report) => Console.Out.WriteLine(JsonSerializer.Serialize(report, CliJson.Default.CheckReport));

    public static void Write(DoctorReport report) => Console.Out.WriteLine(JsonSerializer.Serialize(report, CliJson.Default.DoctorReport));

    public static void Write(CommandFailure failure) =>
        Console.Out.WriteLine(JsonSerializer.Serialize(failure, CliJson.Default.CommandFailure));
}

/// <summary>A command that came to nothing, in place of the document it would have printed.</summary>
/// <param name="Outcome">Name of the exit code, for example <c>WrongInput</c>.</param>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Error">What went wrong and what to do, one sentence a line.</param>
internal sealed record CommandFailure(string Outcome, int ExitCode, string Error);

/// <summary>A job and what Marketo remembers of it.</summary>
/// <param name="Job">API name of the imported object.</param>
/// <param name="LagSeconds">Age of the high-water mark, in seconds; null without a mark.</param>
/// <param name="State">The state record; null before <c>init</c>.</param>
internal sealed record JobStatus(string Job, long? LagSeconds, StateRecord? State)
{
    /// <summary>What has changed in the job file since the last run that imported something; null where nothing has.</summary>
    public string? Changed { get; init; }

    /// <summary>How long records wait for the person or record that they name, before they are given up: hours, 0 to 720.</summary>
    public double RetryHours { get; init; }

    /// <summary>What the exact position means, for people; null between two files or passes.</summary>
    public PositionText? Position { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(IReadOnlyList<RunPreview>))]
[JsonSerializable(typeof(IReadOnlyList<SyncReport>))]
[JsonSerializable(typeof(IReadOnlyList<JobStatus>))]
[JsonSerializable(typeof(IReadOnlyList<RunRow>))]
[JsonSerializable(typeof(IReadOnlyList<RejectRow>))]
[JsonSerializable(typeof(ResetReport))]
[JsonSerializable(typeof(ForgetReport))]
[JsonSerializable(typeof(ExportReport))]
[JsonSerializable(typeof(InitReport))]
[JsonSerializable(typeof(CheckReport))]
[JsonSerializable(typeof(DoctorReport))]
[JsonSerializable(typeof(CommandFailure))]
internal sealed partial class CliJson : JsonSerializerContext;
