using System.Text;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Sync.JobFiles;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Testing;
using Microsoft.Extensions.Configuration;

namespace MarketoLambda.Sources.Tests.Support;

/// <summary>A job file and one file of rows, imported by the whole engine: what landed in Marketo, and what was rejected.</summary>
internal sealed class Landing : IDisposable
{
    private const string Product = "implementedProductV1_c";

    private readonly DropFolder _folder = new();

    private Landing(string type, string file, byte[] content, string source, string fields)
    {
        _folder.With(file, content);
        Scenario = new SyncScenario();
        Scenario.Marketo.DefineObject(
            Product,
            "Implemented Product",
            FieldDefinition.Key("serialNumber"),
            new FieldDefinition("productName", "string"),
            new FieldDefinition("quantity", "integer"),
            new FieldDefinition("listPrice", "currency"),
            new FieldDefinition("isActive", "boolean"),
            new FieldDefinition("implementedOn", "date"),
            new FieldDefinition("modifiedAt", "datetime"));
        Scenario.Job = Assert.Single(JobFile.Parse(
            $$"""
            { "jobs": { "{{Product}}": {
              "source": { "type": "{{type}}", "folder": "{{_folder.Path}}", "settleSeconds": 0{{source}} },
              "key": "serialNumber",
              "fields": { "serialNumber": "S", {{fields}} },
              "rejects": { "stopAbovePercent": 100 } } } }
            """,
            "jobs.json",
            SourceTypes.All(new ConfigurationBuilder().Build(), Scenario.Time)));
        Report = Scenario.Initialized().Run();
    }

    public SyncScenario Scenario { get; }

    public SyncReport Report { get; }

    public IReadOnlyList<RejectedRecord> Rejects => Scenario.Rejects.Stored;

    /// <summary>Imports rows whose column <c>S</c> is the key.</summary>
    /// <param name="csv">The file, header first.</param>
    /// <param name="fields">Members of <c>fields</c>.</param>
    /// <param name="source">Further members of <c>source</c>.</param>
    public static Landing Of(string csv, string fields, string source = "") =>
        Of("csv", "a.csv", Encoding.UTF8.GetBytes(csv), fields, source);

    /// <summary>The same of a file of any kind.</summary>
    public static Landing Of(string type, string file, byte[] content, string fields, string source = "") =>
        new(type, file, content, source.Length == 0 ? "" : $", {source}", fields);

    /// <summary>What Marketo holds of a field, by key: only of records that have it.</summary>
    public IReadOnlyDictionary<string, string> Values(string field) => Scenario.Marketo.Records(Product)
        .Where(record => record[field] is not null)
        .ToDictionary(record => record["serialNumber"] ?? "", record => record[field] ?? "");

    /// <summary>Keys of all records in Marketo.</summary>
    public IReadOnlyList<string> Keys =>
        [.. Scenario.Marketo.Records(Product).Select(record => record["serialNumber"] ?? "").Order(StringComparer.Ordinal)];

    public void Dispose() => _folder.Dispose();
}
