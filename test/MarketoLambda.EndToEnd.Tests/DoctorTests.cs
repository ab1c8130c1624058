using System.Text.Json.Nodes;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary><c>doctor</c> as a process.</summary>
public sealed class DoctorTests
{
    [Fact]
    public async Task After_init_with_a_file_nothing_is_wrong()
    {
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        local.DropRows("a.csv", 1);

        var doctor = await local.RunAsync("doctor");

        Assert.DoesNotContain("✗", doctor.Error, StringComparison.Ordinal);
        Assert.Contains("✓ Login: ", doctor.Error, StringComparison.Ordinal);
        Assert.Contains("✓ Source of implementedProductV1_c: CSV files", doctor.Error, StringComparison.Ordinal);
        Assert.Contains("– Deployed functions: ", doctor.Error, StringComparison.Ordinal);
        Assert.EndsWith("Nothing stands in the way of a run.", doctor.Error.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(0, doctor.ExitCode);
    }

    [Fact]
    public async Task Programs_read_one_document_without_a_secret()
    {
        await using var local = await LocalHost.OpenAsync();

        var doctor = await local.RunAsync("doctor", "--json");

        var report = JsonNode.Parse(doctor.Output)!;
        Assert.Equal("WrongInput", (string?)report["outcome"]);
        Assert.Contains(report["findings"]!.AsArray(), finding => (string?)finding!["subject"] == "Login" && (string?)finding["mark"] == "Good");
        Assert.DoesNotContain("the-secret", doctor.Output + doctor.Error, StringComparison.Ordinal);
        Assert.Equal(2, doctor.ExitCode);
    }

    [Fact]
    public async Task Without_job_file_and_settings_each_is_named_with_its_remedy()
    {
        await using var local = await LocalHost.OpenAsync();
        File.Delete(Path.Combine(local.Folder, "jobs.json"));
        local.Environment.Clear();

        var doctor = await local.RunAsync("doctor");

        Assert.Contains("✗ Job file: There is no job file", doctor.Error, StringComparison.Ordinal);
        Assert.Contains("jobs new FILE --target OBJECT\" makes it", doctor.Error, StringComparison.Ordinal);
        Assert.Contains("✗ Settings: Marketo__BaseUrl is missing", doctor.Error, StringComparison.Ordinal);
        Assert.Contains("✗ Settings: Marketo__ClientSecret is missing", doctor.Error, StringComparison.Ordinal);
        Assert.Contains("4 lines marked ✗: until those are put right, runs fail.", doctor.Error, StringComparison.Ordinal);
        Assert.Equal(2, doctor.ExitCode);
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_out_of_reach()
    {
        await using var local = await LocalHost.OpenAsync();
        local.Environment["Marketo__BaseUrl"] = "http://127.0.0.1:1";

        var doctor = await local.RunAsync("doctor");

        Assert.Contains("✗ Connection: no connection with 127.0.0.1:1 (connection refused): look at", doctor.Error, StringComparison.Ordinal);
        Assert.Contains("– Permissions, quota and what is kept in Marketo: ", doctor.Error, StringComparison.Ordinal);
        Assert.Equal(3, doctor.ExitCode);
    }
}
