using System.Globalization;
using MarketoLambda.Sources;
using MarketoLambda.Sync.JobFiles;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Testing;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace MarketoLambda.Benchmarks;

/// <summary>The rows of <see cref="BenchmarkFile"/> in a table, some thousand of them to a stamp, and a job that reads it.</summary>
internal static class TableProcess
{
    private const string Columns =
        "\"serialNumber\" text primary key, \"productName\" text, \"accountName\" text, quantity int, \"listPrice\" numeric, \"isActive\" "
            + "boolean, \"implementedOn\" date, \"modifiedAt\" timestamptz not null, notes text";

    /// <summary>Makes a database with that many rows; gives its connection string.</summary>
    public static async Task<string> FillAsync(PostgresServer server, int rows)
    {
        var connection = await server.CreateDatabaseAsync();
        await using NpgsqlConnection open = new(connection);
        await open.OpenAsync();
        foreach (
            var statement in new[]
            {
                $"create table product ({Columns})",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"insert into product select 'SN-' || lpad(n::text, 8, '0'), 'Wärmepumpe S', 'Nordlys A/S', 3, 1249.50, true, "
                        + $"'2026-11-20', timestamptz '2026-11-20 12:34:56Z' + n / 5000 * interval '1 second', 'second visit needed' from "
                        + $"generate_series(0, {rows - 1}) n"
                ),
                "create index on product (\"modifiedAt\", \"serialNumber\" collate \"C\")",
                "vacuum analyze product",
            }
        )
        {
            await using NpgsqlCommand command = new(statement, open) { CommandTimeout = 600 };
            await command.ExecuteNonQueryAsync();
        }

        return new NpgsqlConnectionStringBuilder(connection) { Pooling = true }.ConnectionString;
    }

    /// <summary>Made as a host makes it, of a job file.</summary>
    public static ISource Source(string connection)
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Connections:warehouse:ConnectionString", connection)])
            .Build();
        const string file =
            """{ "jobs": { "product_c": { "source": { "type": "postgres", "connection": "warehouse", "table": "product", "cursor": "modifiedAt", "id": "serialNumber" }, "key": "sku", "fields": { "sku": "serialNumber" } } } }""";
        return JobFile.Parse(file, "jobs.json", SourceTypes.All(settings, TimeProvider.System))[0].Source;
    }

    /// <summary>Reads all rows and throws them away.</summary>
    public static async Task<int> ReadAsync(string connection)
    {
        var measured = Measurement.Start();
        await using var reader = await Source(connection)
            .OpenAsync(new ReadRequest(Checkpoint.Start, BenchmarkFile.Columns, 65_000), CancellationToken.None);
        var rows = 0;
        while (await reader.ReadAsync(CancellationToken.None) is { } item)
        {
            rows += item is SourceRecord ? 1 : 0;
        }

        Console.Out.WriteLine(measured.Stop(rows, TimeSpan.Zero));
        return 0;
    }
}
