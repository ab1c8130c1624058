using System.Globalization;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Testing;
using MarketoLambda.Testing.Salesforce.Attack;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary><c>jobs new</c> for a workbook, a table and an object of Salesforce; and what is told where it cannot go on.</summary>
public sealed class NewJobTests
{
    private const string Device = "device_c";

    [Fact]
    public async Task A_german_workbook_with_a_title_is_imported_without_editing_the_job_file()
    {
        // Given
        await using var local = await OpenAsync();
        local.Drop(
            "Geräte 2026-03.xlsx",
            Workbook.Of(
                ["Geräteliste, Stand März 2026"],
                null,
                ["Seriennummer", "Produktname", "Preis", "Aktiv"],
                ["SN-1", "Kühlschrank", 1234.5, "Ja"],
                ["SN-2", "Ofen", 99.95, "Nein"]));
        File.SetLastWriteTimeUtc(
            Path.Combine(local.Folder, "drop", "Geräte 2026-03.xlsx"), TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-5));

        // When
        var written = await local.RunAsync("jobs", "new", Path.Combine("drop", "Geräte 2026-03.xlsx"), "--target", Device, "--yes");
        var jobs = await ReadJobsAsync(local);
        var setUp = await local.RunAsync("init");
        var run = await local.RunAsync("run", "--all");

        // Then
        Assert.True(written.ExitCode == 0, written.Error);
        Assert.Contains("\"pattern\": \"Geräte *.xlsx\",\n        \"headerRow\": 3\n", jobs, StringComparison.Ordinal);
        Assert.Equal((0, 0), (setUp.ExitCode, run.ExitCode));
        Assert.Equal(
            [("SN-1", "Kühlschrank", "1234.5", "True"), ("SN-2", "Ofen", "99.95", "False")],
            local.Marketo.Records(Device)
                .Select(row => (row.Key, row["productName"], row["price"], row["isActive"]))
                .OrderBy(row => row.Key));
    }

    [Fact]
    public async Task A_table_is_imported_without_editing_the_job_file_and_a_wrong_name_is_told_with_the_right_one()
    {
        // Given
        await using var local = await OpenAsync();
        await using var server = await PostgresServer.StartAsync();
        Assert.SkipWhen(server is null, PostgresServer.Missing);
        local.Environment["Connections__erp__ConnectionString"] = await DatabaseAsync(
            server!,
            "create table device (id int primary key, serial_number text, price numeric, is_active bool, updated_at timestamptz)",
            "insert into device values (1, 'SN-1', 1234.5, true, '2026-03-01'), (2, 'SN-2', 99.95, false, '2026-03-02')");

        // When
        var wrong = await local.RunAsync("jobs", "new", "erp", "--table", "devices", "--target", Device, "--yes");
        var unknown = await local.RunAsync("jobs", "new", "epr", "--table", "device", "--target", Device, "--yes");
        var written = await local.RunAsync("jobs", "new", "erp", "--table", "device", "--target", Device, "--yes");
        var jobs = await ReadJobsAsync(local);
        var setUp = await local.RunAsync("init");
        var run = await local.RunAsync("run", "--all");

        // Then
        Assert.Contains(
            "There is no table devices (did you mean \"device\"?); tables and views there: device;", wrong.Error, StringComparison.Ordinal);
        Assert.Contains(
            "The settings have no connection epr (did you mean \"erp\"?); connections there: erp.", unknown.Error, StringComparison.Ordinal);
        Assert.True(written.ExitCode == 0, written.Error);
        Assert.Contains("Written by \"jobs new\" from device of erp.", jobs, StringComparison.Ordinal);
        Assert.Equal((0, 0), (setUp.ExitCode, run.ExitCode));
        Assert.Equal(
            [("SN-1", "1234.5", "True"), ("SN-2", "99.95", "False")],
            local.Marketo.Records(Device).Select(row => (row.Key, row["price"], row["isActive"])).OrderBy(row => row.Key));
    }

    [Fact]
    public async Task An_object_of_salesforce_is_imported_with_the_object_that_is_made_for_it()
    {
        // Given
        await using var local = await OpenAsync();
        FakeTimeProvider time = new(TimeProvider.System.GetUtcNow().AddHours(-2));
        HostileOrg org = new(time, new Random(1)) { LatestCommitSeconds = 3 };
        org.Work(20);
        time.Advance(TimeSpan.FromHours(2));
        using var server = HostileServer.Start(org);
        local.Environment["Connections__crm__LoginUrl"] = server.Address;
        local.Environment["Connections__crm__ClientId"] = "id";
        local.Environment["Connections__crm__ClientSecret"] = "secret";

        // When
        var written = await local.RunAsync("jobs", "new", "CRM", "--table", "Asset", "--yes");
        var jobs = await ReadJobsAsync(local);
        var setUp = await local.RunAsync("init", "--create-objects");
        var run = await local.RunAsync("run", "--all");

        // Then
        Assert.True(written.ExitCode == 0, written.Error);
        Assert.Contains(
            "\"type\": \"salesforce\",\n        \"connection\": \"crm\",\n        \"object\": \"Asset\"\n", jobs, StringComparison.Ordinal);
        Assert.True(setUp.ExitCode == 0, setUp.Error);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.NotEmpty(local.Marketo.Records("asset_c"));
        Assert.Superset(
            org.Truth.Values.Select(version => version.ToString(CultureInfo.InvariantCulture)).ToHashSet(),
            local.Marketo.Records("asset_c").Select(row => row["version"]).ToHashSet()!);
    }

    [Fact]
    public async Task A_file_whose_columns_fit_nothing_is_told_and_the_job_is_marked()
    {
        // Given
        await using var local = await OpenAsync();
        local.Drop("fruit.csv", "Apples,Pears\n1,2\n1,2\n");

        // When
        var written = await local.RunAsync("jobs", "new", Path.Combine("drop", "fruit.csv"), "--target", Device, "--yes");
        var jobs = await ReadJobsAsync(local);

        // Then
        Assert.Equal(2, written.ExitCode);
        Assert.Contains(
            "No column is named like a field of what is filled: is the --target the right one, and the source?",
            written.Error,
            StringComparison.Ordinal);
        Assert.Contains("// CHECK: no column is named like the key serialNumber", jobs, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_file_that_cannot_be_read_stays_as_it_is_and_the_job_is_printed()
    {
        // Given
        await using var local = await OpenAsync();
        local.Drop("devices.csv", "Serial Number,Price\nSN-1,1.5\n").WriteJobs("{ \"jobs\": { ");

        // When
        var refused = await local.RunAsync("jobs", "new", Path.Combine("drop", "devices.csv"), "--target", Device, "--yes");

        // Then
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("Add this to its \"jobs\" by hand:", refused.Error, StringComparison.Ordinal);
        Assert.Contains("\"serialNumber\": \"Serial Number\"", refused.Error, StringComparison.Ordinal);
        Assert.Equal("{ \"jobs\": { ", await ReadJobsAsync(local));
    }

    [Fact]
    public async Task Of_a_folder_the_newest_file_with_rows_is_looked_at_and_an_empty_job_file_is_written_anew()
    {
        // Given
        await using var local = await OpenAsync();
        local.WriteJobs(" \n").Drop("a-1.csv", "Serial Number,Price\nSN-1,1.5\n").Drop("a-2.csv", "Serial Number,Price\nSN-2,1.5\n")
            .Drop("a-3.csv", "").Drop("notes.md", "nothing");

        // When
        var written = await local.RunAsync("jobs", "new", "drop", "--target", Device, "--yes");

        // Then
        Assert.True(written.ExitCode == 0, written.Error);
        Assert.Contains("drop: csv, 2 columns; a-2.csv was looked at.", written.Error, StringComparison.Ordinal);
        Assert.Contains("\"pattern\": \"a-*.csv\"", await ReadJobsAsync(local), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("drop/device.csv", "There is no file drop/device.csv (did you mean \"devices.csv\"?); files there: devices.csv.")]
    [InlineData("drop/none", "The folder drop/none has no file with rows: put one there of the kind to be imported.")]
    [InlineData("dorp/devices.csv", "There is no file dorp/devices.csv: there is no folder dorp.")]
    [InlineData("erp", "There is no file erp, and no connection of this name in the settings (Connections__erp__…).")]
    public async Task A_source_that_is_not_there_is_told_with_what_is(string source, string sentence)
    {
        // Given
        await using var local = await OpenAsync();
        local.Drop("devices.csv", "Serial Number,Price\nSN-1,1.5\n");
        Directory.CreateDirectory(Path.Combine(local.Folder, "drop", "none"));

        // When
        var refused = await local.RunAsync("jobs", "new", source, "--yes");

        // Then
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains(sentence, refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(local.Folder, "jobs.json")));
    }

    private static async Task<LocalHost> OpenAsync()
    {
        var local = await LocalHost.OpenAsync();
        File.Delete(Path.Combine(local.Folder, "jobs.json"));
        local.Marketo.DefineObject(
            Device,
            "Device",
            FieldDefinition.Key("serialNumber"),
            new FieldDefinition("productName", "string"),
            new FieldDefinition("price", "float"),
            new FieldDefinition("isActive", "boolean"));
        return local;
    }

    private static Task<string> ReadJobsAsync(LocalHost local) => File.ReadAllTextAsync(Path.Combine(local.Folder, "jobs.json"));

    private static async Task<string> DatabaseAsync(PostgresServer server, params string[] statements)
    {
        var connection = await server.CreateDatabaseAsync();
        await using var source = NpgsqlDataSource.Create(connection);
        foreach (var statement in statements)
        {
            await using var command = source.CreateCommand(statement);
            await command.ExecuteNonQueryAsync();
        }

        return connection;
    }
}
