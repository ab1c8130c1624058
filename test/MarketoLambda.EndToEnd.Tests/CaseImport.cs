using System.Text.Json.Nodes;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Sources;
using MarketoLambda.Sync.JobFiles;
using MarketoLambda.Testing;
using Microsoft.Extensions.Configuration;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>One of the folders in <c>Cases</c>, a job file and what it reads, imported by the whole engine in this process.</summary>
internal static class CaseImport
{
    private const string Product = LocalHost.ApiName;

    /// <summary>Imports it, and says what is to be there afterwards.</summary>
    /// <param name="folder">Below <c>Cases</c>; it begins with the number of the case.</param>
    /// <param name="source">Settings that the source gets besides those of the job file, as JSON.</param>
    /// <param name="land">Records in Marketo: the job's fields in their order, and a dash for what is empty.</param>
    /// <param name="reject">Rejects: place and code.</param>
    /// <param name="wrongType">Rejects that are all of this one code, where they are many: how many.</param>
    /// <param name="tell">A part of each error and notice, in their order; nothing else is told.</param>
    public static void Run(
        string folder, string source = "", string[]? land = null, string[]? reject = null, int wrongType = 0, string[]? tell = null)
    {
        // Given
        var copy = Directory.CreateTempSubdirectory("marketo-lambda-case-");
        try
        {
            SyncScenario scenario = new();
            scenario.Marketo.DefineObject(
                Product,
                "Implemented Product",
                FieldDefinition.Key("serialNumber"),
                new FieldDefinition("productName", "string"),
                new FieldDefinition("quantity", "integer"),
                new FieldDefinition("listPrice", "currency"),
                new FieldDefinition("implementedOn", "date"),
                new FieldDefinition("modifiedAt", "datetime"),
                new FieldDefinition("notes", "text"));
            var jobs = JobsOf(folder, source);
            Copy(folder, copy, changed: scenario.Time.GetUtcNow() - TimeSpan.FromHours(1));
            scenario.Job = Assert.Single(
                JobFile.Parse(
                    jobs.ToJsonString(),
                    Path.Combine(copy.FullName, "jobs.json"),
                    SourceTypes.All(new ConfigurationBuilder().Build(), scenario.Time)));

            // When
            var report = scenario.Initialized().Run();

            // Then
            var fields = jobs["jobs"]![Product]!["fields"]!.AsObject().Select(field => field.Key).ToList();
            Assert.Equal(
                land ?? [],
                scenario.Marketo.Records(Product).Select(record => string.Join(" | ", fields.Select(field => record[field] ?? "-"))));
            var rejects = scenario.Rejects.Stored;
            Assert.Equal(
                reject ?? Enumerable.Repeat("wrong-type", wrongType),
                rejects.Select(rejected => reject is null ? rejected.Code : $"{rejected.Location} {rejected.Code}"));
            string[] told = [.. report.Error is { } error ? [error] : (string[])[], .. report.Notices.Select(notice => notice.Message)];
            Assert.Equal(tell?.Length ?? 0, told.Length);
            Assert.All(told.Zip(tell ?? []), pair => Assert.Contains(pair.Second, pair.First, StringComparison.Ordinal));
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    private static string In(string folder) => Path.Combine(Repository.Root, "test/MarketoLambda.EndToEnd.Tests/Cases", folder);

    private static JsonNode JobsOf(string folder, string source)
    {
        var jobs = JsonNode.Parse(File.ReadAllText(Path.Combine(In(folder), "jobs.json")))!;
        foreach (var (name, value) in JsonNode.Parse($"{{{source}}}")!.AsObject())
        {
            jobs["jobs"]![Product]!["source"]![name] = value?.DeepClone();
        }

        return jobs;
    }

    // Files of the future would count as still being written.
    private static void Copy(string folder, DirectoryInfo to, DateTimeOffset changed)
    {
        var drop = to.CreateSubdirectory("drop");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(In(folder), "drop")))
        {
            var copied = Path.Combine(drop.FullName, Path.GetFileName(file));
            File.Copy(file, copied);
            File.SetLastWriteTimeUtc(copied, changed.UtcDateTime);
        }
    }
}
