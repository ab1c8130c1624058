using System.Text.Json;
using System.Text.Json.Serialization;

namespace MarketoLambda.Cli.Output;

/// <summary>When this computer last ran a job, and what came of it: a run that finds nothing new leaves no trace in Marketo.</summary>
/// <param name="At">When it ended.</param>
/// <param name="Outcome">How, in the words of the state record.</param>
internal sealed record LastCheck(DateTimeOffset At, string Outcome);

/// <summary>Remembers the last check of every job in a small file beside the job file.</summary>
/// <remarks>
/// It holds names of jobs, times and outcomes. A file that is missing or cannot be used is no memory; it never fails a run.
/// </remarks>
internal sealed class LastChecks(string path)
{
    public const string FileName = "checks.json";

    public LastCheck? Find(string job) => Read().GetValueOrDefault(job);

    public void Keep(string job, LastCheck check)
    {
        var all = Read();
        all[job] = check;
        try
        {
            var draft = $"{path}.tmp";
            File.WriteAllBytes(draft, JsonSerializer.SerializeToUtf8Bytes(all, LastChecksJson.Default.DictionaryStringLastCheck));
            File.Move(draft, path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Only "status" would have shown it.
        }
    }

    private Dictionary<string, LastCheck> Read()
    {
        try
        {
            return new(
                JsonSerializer.Deserialize(File.ReadAllBytes(path), LastChecksJson.Default.DictionaryStringLastCheck) ?? [],
                StringComparer.OrdinalIgnoreCase);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            return new(StringComparer.OrdinalIgnoreCase); // ArgumentException: a name twice, in two casings
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(Dictionary<string, LastCheck>))]
internal sealed partial class LastChecksJson : JsonSerializerContext;
