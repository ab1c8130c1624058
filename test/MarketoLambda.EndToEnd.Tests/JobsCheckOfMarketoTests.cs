using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Faults;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary><c>jobs check</c> says what Marketo lacks for the jobs, and works where Marketo cannot be asked.</summary>
public sealed class JobsCheckOfMarketoTests
{
    [Fact]
    public async Task A_job_file_that_changed_since_the_last_import_is_told_by_run_and_status()
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        local.Drop("a.csv", "Serial Number,Quantity\nSN-1,3\n");
        await local.RunAsync("run", "--all");
        local.WriteJobs(Jobs("""{ "from": "Quantity", "default": 1 }"""));

        // When
        var status = await local.RunAsync("status");
        var run = await local.RunAsync("run", "--all");

        // Then
        Assert.Matches(
            @"the mapping of this job has changed in the job file",
            System.Text.RegularExpressions.Regex.Replace(status.Error, @"\s+", " "));
        Assert.Contains(
            "rows that were imported before are not sent again: \"marketo-lambda reset implementedProductV1_c\" sends all of them",
            run.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_init_would_create_and_an_object_that_is_missing_are_told()
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        local.DropRows("a.csv", 1).WriteJobs(Jobs("\"Quantity\"").Replace(LocalHost.ApiName, "car_c", StringComparison.Ordinal));

        // When
        var check = await local.RunAsync("jobs", "check");

        // Then
        Assert.Equal(2, check.ExitCode);
        Assert.Contains(
            "Marketo has no approved custom object car_c; custom objects there: implementedProductV1_c. Create and approve it",
            check.Error,
            StringComparison.Ordinal);
        Assert.Contains(
            "run \"marketo-lambda init\" once. It creates customObjectSyncMetadata_c, customObjectSyncRun_c, customObjectSyncReject_c.",
            check.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_without_state_record_is_told()
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        local.Marketo.DefineObject(
            "car_c",
            "Car",
            MarketoLambda.Emulator.Schema.FieldDefinition.Key("serialNumber"),
            new MarketoLambda.Emulator.Schema.FieldDefinition("quantity", "integer"));
        local.DropRows("a.csv", 1).WriteJobs(Jobs("\"Quantity\"").Replace(LocalHost.ApiName, "car_c", StringComparison.Ordinal));

        // When
        var check = await local.RunAsync("jobs", "check");

        // Then
        Assert.Equal(2, check.ExitCode);
        Assert.Contains("no state record for car_c yet. Run \"marketo-lambda init\"", check.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_credentials_the_source_is_checked_and_what_was_not_is_told()
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        local.DropRows("a.csv", 3);
        foreach (var name in local.Environment.Keys.ToList())
        {
            local.Environment[name] = "";
        }

        // When
        var check = await local.RunAsync("jobs", "check");

        // Then
        Assert.Equal(0, check.ExitCode);
        Assert.Contains(
            "Marketo was not asked, because no settings name one: set Marketo__BaseUrl, Marketo__ClientId and Marketo__ClientSecret.",
            check.Error,
            StringComparison.Ordinal);
        Assert.Contains("no mistakes as far as could be seen", check.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Offline_asks_marketo_nothing()
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        local.DropRows("a.csv", 3);
        local.Environment["Marketo__BaseUrl"] = "http://127.0.0.1:9";

        // When
        var check = await local.RunAsync("jobs", "check", "--offline", "--samples");

        // Then
        Assert.Equal(0, check.ExitCode);
        Assert.Contains(
            "Samples are from a.csv line 2, before they are converted to the field's type.",
            check.Error,
            StringComparison.Ordinal);
        Assert.Contains("because of --offline", check.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Marketo__ClientSecret", "wr0ng", 2, "Marketo__ClientSecret")]
    [InlineData("Marketo__ClientSecret", "", 2, "Marketo__ClientSecret")]
    [InlineData("Marketo__BaseUrl", "http://127.0.0.1:9", 3, "No connection to Marketo at http://127.0.0.1:9 (connection refused)")]
    public async Task A_marketo_that_cannot_be_asked_has_the_exit_code_it_has_elsewhere(
        string setting,
        string value,
        int exitCode,
        string told)
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        local.DropRows("a.csv", 3);
        local.Environment[setting] = value;

        // When
        var check = await local.RunAsync("jobs", "check");

        // Then
        Assert.Equal(exitCode, check.ExitCode);
        Assert.Contains(told, check.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("wr0ng", check.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_permission_is_named()
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        local.DropRows("a.csv", 3);
        local.Marketo.Faults.Always(CallKind.Describe, Fault.Code("603"), LocalHost.ApiName);

        // When
        var check = await local.RunAsync("jobs", "check");

        // Then
        Assert.Equal(2, check.ExitCode);
        Assert.Contains("Custom Object", check.Error, StringComparison.Ordinal);
    }

    private static string Jobs(string quantity) =>
        $$"""{ "jobs": { "implementedProductV1_c": { "source": { "type": "csv", "folder": "drop", "settleSeconds": 0 }, "key": "serialNumber", "fields": { "serialNumber": "Serial Number", "quantity": {{quantity}} } } } }""";
}
