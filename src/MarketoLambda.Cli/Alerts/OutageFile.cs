using System.Text.Json;
using System.Text.Json.Serialization;
using MarketoLambda.Cli.Output;
using MarketoLambda.Sync.Outages;

namespace MarketoLambda.Cli.Alerts;

/// <summary>
/// Remembers outages in a small file, because on a workstation every run is a process of its own: without it a schedule would alert every
/// minute.
/// </summary>
/// <remarks>It holds names of jobs and times. A file that is missing or cannot be read is no memory; it never fails a run.</remarks>
internal sealed class OutageFile(string path) : IOutageMemory
{
    private readonly Lock _gate = new();

    public Outage? Find(string apiName)
    {
        lock (_gate)
        {
            return Read().GetValueOrDefault(apiName);
        }
    }

    public void Keep(string apiName, Outage? outage)
    {
        lock (_gate)
        {
            var outages = Read();
            if (outage is null)
            {
                outages.Remove(apiName);
            }
            else
            {
                outages[apiName] = outage;
            }

            try
            {
                Write(outages);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                Terminal.Warning(
                    $"  {path} cannot be written, so the next run may alert again although nothing changed: {failure.Message}");
            }
        }
    }

    private Dictionary<string, Outage?> Read()
    {
        try
        {
            return new(
                JsonSerializer.Deserialize(File.ReadAllBytes(path), OutageJson.Default.DictionaryStringOutage) ?? [],
                StringComparer.OrdinalIgnoreCase);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            return new(StringComparer.OrdinalIgnoreCase); // ArgumentException: a name twice, in two casings
        }
    }

    private void Write(Dictionary<string, Outage?> outages)
    {
        if (outages.Count == 0)
        {
            File.Delete(path);
            return;
        }

        if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }

        var draft = $"{path}.tmp";
        File.WriteAllBytes(draft, JsonSerializer.SerializeToUtf8Bytes(outages, OutageJson.Default.DictionaryStringOutage));
        File.Move(draft, path, overwrite: true);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(Dictionary<string, Outage?>))]
internal sealed partial class OutageJson : JsonSerializerContext;
