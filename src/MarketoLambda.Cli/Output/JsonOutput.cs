using System.Text.Json;
using System.Text.Json.Serialization;
using MarketoLambda.Sync.Previews;
using MarketoLambda.Sync.Runs;

namespace MarketoLambda.Cli.Output;

/// <summary>What programs read: one JSON document on stdout.</summary>
internal static class JsonOutput
{
    public static void Write(IReadOnlyList<SyncReport> reports) =>
        Console.Out.WriteLine(JsonSerializer.Serialize(reports, CliJson.Default.IReadOnlyListSyncReport));

    public static void Write(IReadOnlyList<JobStatus> statuses) =>
        Console.Out.WriteLine(JsonSerializer.Serialize(statuses, CliJson.Default.IReadOnlyListJobStatus));

    public static void Write(IReadOnlyList<RunEntry> runs) =>
        Console.Out.WriteLine(JsonSerializer.Serialize(runs, CliJson.Default.IReadOnlyListRunEntry));

    public static void Write(IReadOnlyList<RejectEntry> rejects) =>
        Console.Out.WriteLine(JsonSerializer.Serialize(rejects, CliJson.Default.IReadOnlyListRejectEntry));

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

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(IReadOnlyList<RunPreview>))]
[JsonSerializable(typeof(IReadOnlyList<SyncReport>))]
[JsonSerializable(typeof(IReadOnlyList<JobStatus>))]
[JsonSerializable(typeof(IReadOnlyList<RunEntry>))]
[JsonSerializable(typeof(IReadOnlyList<RejectEntry>))]
[JsonSerializable(typeof(ResetReport))]
[JsonSerializable(typeof(ForgetReport))]
[JsonSerializable(typeof(ExportReport))]
[JsonSerializable(typeof(InitReport))]
[JsonSerializable(typeof(CheckReport))]
[JsonSerializable(typeof(DoctorReport))]
[JsonSerializable(typeof(CommandFailure))]
[JsonSerializable(typeof(string))]
internal sealed partial class CliJson : JsonSerializerContext;
