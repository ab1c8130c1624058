using System.Text;
using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>The first ten minutes: from a file that a German Excel exported to records in Marketo, without editing a job file.</summary>
public sealed class TenMinutesTests
{
    private const string Target = "geraet_c";

    private const string Export = """
        Seriennummer;Produktname;Preis;Installiert am;Aktiv;Bemerkung
        SN-0001;Kühlschrank "Größe L";1.234,50;01.03.2026;Ja;für Müller & Söhne
        SN-0002;Ofen;99,95;24.12.2025;Nein;
        SN-0003;Spülmaschine;12.000,00;31.01.2026;Ja;"mit ""Anführung""; und Strichpunkt"

        """;

    [Fact]
    public async Task A_german_excel_export_is_imported_right_without_editing_the_job_file()
    {
        // Given
        await using var local = await OpenAsync();
        local.Marketo.DefineObject(
            Target,
            "Gerät",
            FieldDefinition.Key("serialNumber"),
            new FieldDefinition("productName", "string"),
            new FieldDefinition("price", "float"),
            new FieldDefinition("installedOn", "date"),
            new FieldDefinition("isActive", "boolean"),
            new FieldDefinition("notes", "string"));

        // When
        var written = await local.RunAsync("jobs", "new", Path.Combine("drop", "geraete-2026-03.csv"), "--target", Target, "--yes");
        var setUp = await local.RunAsync("init");
        var check = await local.RunAsync("jobs", "check", "--all-rows");
        var preview = await local.RunAsync("run", "--all", "--dry-run");
        var run = await local.RunAsync("run", "--all");

        // Then
        Assert.True(written.ExitCode == 0, written.Error);
        Assert.True(setUp.ExitCode == 0, setUp.Error);
        Assert.True(check.ExitCode == 0, check.Error);
        Assert.True(preview.ExitCode == 0, preview.Error);
        Assert.Contains(" created · 0 updated · 0 unchanged · 0 rejected", preview.Error, StringComparison.Ordinal);
        Assert.Contains("Nothing was written.", preview.Error, StringComparison.Ordinal);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(
            [
                ("SN-0001", "Kühlschrank \"Größe L\"", "1234.50", "2026-03-01", "True", "für Müller & Söhne"),
                ("SN-0002", "Ofen", "99.95", "2025-12-24", "False", null),
                ("SN-0003", "Spülmaschine", "12000.00", "2026-01-31", "True", "mit \"Anführung\"; und Strichpunkt"),
            ],
            local.Marketo.Records(Target)
                .Select(row => (row.Key, row["productName"], row["price"], row["installedOn"], row["isActive"], row["notes"]))
                .OrderBy(row => row.Key));
    }

    [Fact]
    public async Task An_object_that_is_missing_is_created_with_the_types_of_the_rows_and_filled()
    {
        // Given
        await using var local = await OpenAsync();

        // When
        var written = await local.RunAsync("jobs", "new", Path.Combine("drop", "geraete-2026-03.csv"), "--yes");
        var without = await local.RunAsync("init");
        var setUp = await local.RunAsync("init", "--create-objects");
        var run = await local.RunAsync("run", "--all");

        // Then
        Assert.True(written.ExitCode == 0, written.Error);
        Assert.Contains("init --create-objects", without.Error, StringComparison.Ordinal);
        Assert.True(setUp.ExitCode == 0, setUp.Error);
        Assert.Contains("Created and approved geraete_c with 6 fields.", setUp.Error, StringComparison.Ordinal);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(
            [
                ("SN-0001", "1234.50", "2026-03-01", "True"),
                ("SN-0002", "99.95", "2025-12-24", "False"),
                ("SN-0003", "12000.00", "2026-01-31", "True"),
            ],
            local.Marketo.Records("geraete_c")
                .Select(row => (row.Key, row["preis"], row["installiertAm"], row["aktiv"]))
                .OrderBy(row => row.Key));
    }

    [Fact]
    public async Task A_second_job_is_added_to_a_job_file_that_stays_as_it_is_and_takes_a_name_of_its_own()
    {
        // Given
        await using var local = await OpenAsync();
        local.WriteJobs(
            "{\n  // mine\n  \"jobs\": {\n    \"geraete_c\": { \"source\": { \"type\": \"csv\", \"folder\": \"in\" }, "
            + "\"key\": \"a\", \"fields\": { \"a\": \"A\" } } // the first\n  }\n}\n");

        // When
        var written = await local.RunAsync("jobs", "new", Path.Combine("drop", "geraete-2026-03.csv"), "--yes");
        var after = await File.ReadAllTextAsync(Path.Combine(local.Folder, "jobs.json"));

        // Then
        Assert.True(written.ExitCode == 0, written.Error);
        Assert.Equal(["{", "  // mine", "  \"jobs\": {"], after.Split('\n').Take(3));
        Assert.Contains("} }, // the first\n    \"geraete_c-2\": {\n", after, StringComparison.Ordinal);
        Assert.Contains("\"target\": { \"type\": \"customObject\", \"name\": \"geraete_c\" }", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_terminal_and_without_yes_nothing_is_written()
    {
        // Given
        await using var local = await OpenAsync();

        // When
        var refused = await local.RunAsync("jobs", "new", Path.Combine("drop", "geraete-2026-03.csv"));

        // Then
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("add --yes", refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(local.Folder, "jobs.json")));
    }

    private static async Task<LocalHost> OpenAsync()
    {
        var local = await LocalHost.OpenAsync();
        File.Delete(Path.Combine(local.Folder, "jobs.json"));
        Encoding windows = CodePagesEncodingProvider.Instance.GetEncoding("windows-1252") ?? throw new InvalidOperationException();
        local.Drop("geraete-2026-03.csv", windows.GetBytes(Export.ReplaceLineEndings("\r\n")));
        var file = new FileInfo(Path.Combine(local.Folder, "drop", "geraete-2026-03.csv"));
        file.LastWriteTimeUtc = file.LastWriteTimeUtc.AddMinutes(-5);
        return local;
    }
}
