using MarketoLambda.Emulator;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;
using MarketoLambda.Sync.JobFiles;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.Setup;
using MarketoLambda.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace MarketoLambda.Sources.Tests.Postgres;

/// <summary>What real databases hold, from public reports: each case, by its number, from the job file to what is in Marketo.</summary>
public sealed class PostgresCaseTests(PostgresFixture server)
{
    private const string Product = "implementedProductV1_c";
    private const string NoIndex = "no index begins with \"updated_at\"";

    private static readonly string[] Whole =
    [
        "A1 | plain | 5 | 1234.50 | True | 2026-01-02 | 2026-01-02T01:04:05Z | n",
        "a4 | case | 100 | 0 | True | 2026-03-29 | 2026-03-29T02:30:00Z | -",
    ];

    private readonly MemoryRejects _rejects = new();

    [Fact]
    public Task Case_31_Whatever_is_one_whole_number_is_that_number() =>
        ImportAsync("31", lands: Whole, rejects: ["A2 wrong-type", "A3 wrong-type", "A4 wrong-type", "A6 wrong-type"], tells: [NoIndex]);

    [Fact]
    public Task Case_32_Rows_of_before_the_year_1_are_imported_and_told() =>
        ImportAsync(
            "32",
            lands:
            [
                Whole[0],
                "A7 | bc cursor | 1 | 1.00 | True | 2026-01-01 | 2026-01-01T00:00:00Z | -",
                "A8 | -inf cursor | 1 | 1.00 | True | 2026-01-01 | 2026-01-01T00:00:00Z | -",
                Whole[1],
            ],
            rejects: ["A2 wrong-type", "A3 wrong-type", "A4 wrong-type", "A6 wrong-type"],
            tells:
            [
                "2 rows have a time in \"updated_at\" that is more than an hour ahead",
                "1 row has a time before the year 1 in \"updated_at\" and is read only where all rows are",
                NoIndex,
            ]);

    [Fact]
    public Task Case_33_Two_columns_of_one_name_are_named() =>
        ImportAsync("33", tells: ["the query has two columns \"id\"; name one of them otherwise (as)"]);

    [Fact]
    public Task Case_34_No_index_is_advised_for_a_view() =>
        ImportAsync("34", lands: ["A1 | plain", "A2 | inf", "A3 | bc", "A4 | far", "A6 | nan", "a4 | case"]);

    [Fact]
    public Task Case_34_The_index_that_is_advised_for_a_partitioned_table_can_be_created() =>
        ImportAsync("34", table: "crm.part", lands: ["P1 | x", "P2 | y"], tells: ["create one: CREATE INDEX ON \"crm\".\"part\""]);

    [Fact]
    public Task Case_35_Bits_as_an_id_are_paged_through() =>
        ImportAsync(
            "35",
            lands: [.. Enumerable.Range(1, 2500).Select(n => $"s{n}").Order(StringComparer.Ordinal)],
            tells: [NoIndex]);

    // Records in the order of their keys: the job's fields in their order, and a dash for what is empty.
    private async Task ImportAsync(
        string number, string? table = null, string[]? lands = null, string[]? rejects = null, string[]? tells = null)
    {
        // Given
        var database = await server.CreateDatabaseAsync(Read("pg.sql"), Read("35-pg.sql"));
        MarketoEmulator marketo = new(new EmulatorOptions(), TimeProvider.System);
        marketo.DefineObject(
            Product,
            "Implemented Product",
            FieldDefinition.Key("serialNumber"),
            new FieldDefinition("productName", "string"),
            new FieldDefinition("quantity", "integer"),
            new FieldDefinition("listPrice", "currency"),
            new FieldDefinition("isActive", "boolean"),
            new FieldDefinition("implementedOn", "date"),
            new FieldDefinition("modifiedAt", "datetime"),
            new FieldDefinition("notes", "text"));
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Connections:wh:ConnectionString", database.Connection)])
            .Build();
        var json = Read($"{number}-jobs.json");
        var job = Assert.Single(
            JobFile.Parse(
                table is null ? json : json.Replace("crm.v1", table, StringComparison.Ordinal),
                "jobs.json",
                SourceTypes.All(settings, TimeProvider.System)));

        // When
        var report = await RunAsync(marketo, job);

        // Then
        var fields = job.Fields.Select(field => field.Field).ToList();
        Assert.Equal(
            lands ?? [],
            marketo
                .Records(Product)
                .OrderBy(record => record.Key, StringComparer.Ordinal)
                .Select(record => string.Join(" | ", fields.Select(field => record[field] ?? "-"))));
        Assert.Equal(
            rejects ?? [],
            _rejects.Stored.Select(reject => $"{reject.Key} {reject.Code}").Order(StringComparer.Ordinal));
        string[] told = [.. report.Error is { } error ? [error] : (string[])[], .. report.Notices.Select(notice => notice.Message)];
        Assert.True(
            told.Length == (tells?.Length ?? 0)
                && told.Zip(tells ?? []).All(pair => pair.First.Contains(pair.Second, StringComparison.Ordinal)),
            string.Join('\n', told));
    }

    private async Task<SyncReport> RunAsync(MarketoEmulator marketo, SyncJob job)
    {
        await using var host = TestHost.Build(TimeProvider.System, marketo.CreateHandler, _rejects, new MemoryAlerts());
        var setup = host.GetRequiredService<StateSetup>();
        foreach (var kept in StateSetup.Objects)
        {
            await setup.EnsureObjectAsync(kept, TestContext.Current.CancellationToken);
        }

        await setup.EnsureRecordsAsync(job, TestContext.Current.CancellationToken);
        RunDeadline deadline = new(TimeProvider.System, TimeSpan.FromMinutes(10), TestContext.Current.CancellationToken);
        return await host.GetRequiredService<SyncEngine>().RunAsync(job, deadline, progress: null, TestContext.Current.CancellationToken);
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Postgres", "Cases", file));
}
