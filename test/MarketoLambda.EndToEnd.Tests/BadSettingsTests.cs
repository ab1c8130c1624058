using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Faults;
using MarketoLambda.Emulator.Schema;
using static MarketoLambda.EndToEnd.Tests.BadInput;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>Settings and permissions that are missing or wrong.</summary>
public sealed class BadSettingsTests
{
    [Fact]
    public Task Missing_settings_all_at_once() => RefusedAsync(
        local =>
        {
            local.Environment["Marketo__BaseUrl"] = "";
            local.Environment["Marketo__ClientSecret"] = "";
        },
        exitCode: 2,
        ["run", "--all"],
        "Marketo__BaseUrl",
        "Marketo__ClientSecret");

    [Fact]
    public Task Settings_of_a_mail_server_that_cannot_be() => RefusedAsync(
        local =>
        {
            local.Environment["Alerts__SmtpHost"] = "mail.example.com:587";
            local.Environment["Alerts__SmtpSecurity"] = "ssl";
            local.Environment["Alerts__From"] = "marketo@example.com";
        },
        exitCode: 2,
        ["run", "--all"],
        "Alerts__SmtpHost must be",
        "Alerts__SmtpSecurity must be",
        "Alerts__To must be");

    [Fact]
    public Task A_wrong_secret() =>
        RefusedAsync(
            local => local.Environment["Marketo__ClientSecret"] = "wr0ng",
            exitCode: 2,
            ["run", "--all"],
            "Marketo__ClientSecret",
            "LaunchPoint");

    [Fact]
    public Task A_marketo_that_is_out_of_reach() =>
        RefusedAsync(
            local => local.Environment["Marketo__BaseUrl"] = "http://127.0.0.1:9",
            exitCode: 3,
            ["run", "--all"],
            "No connection to Marketo at http://127.0.0.1:9 (connection refused)",
            "Marketo__BaseUrl");

    [Fact]
    public Task A_rejects_folder_that_is_a_file() => FailedAsync(
        local =>
        {
            local.Environment["Sync__RejectsFolder"] = "jobs.json";
            local.Drop("b.csv", "Serial Number,Quantity\nSN-1,many\n");
        },
        "rejected records cannot be stored in",
        "Sync__RejectsFolder");

    [Fact]
    public async Task A_subscription_without_the_schema_api_is_told_exactly_what_to_click()
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        local.Marketo.Options.SchemaApiAvailable = false;

        // When
        var init = await local.RunAsync("init");

        // Then
        Assert.Equal(1, init.ExitCode);
        Assert.Contains("Admin > Marketo Custom Objects > New Custom Object", init.Error, StringComparison.Ordinal);
        Assert.Contains("High-Water Mark DT", init.Error, StringComparison.Ordinal);
        Assert.Contains("616", init.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_object_made_by_hand_with_few_fields_is_used_although_the_program_may_not_add_the_rest()
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        local.Marketo.Options.SchemaApiAvailable = false;
        local.Environment["Sync__RejectsFolder"] = "rejects";
        local.Marketo.DefineObject(
            "customObjectSyncMetadata_c",
            "State",
            FieldDefinition.Key("apiName"),
            new FieldDefinition("resumePosition", "text"),
            new FieldDefinition("lastIngestedFileName", "string"));
        local.Marketo.DefineObject(
            "customObjectSyncRun_c",
            "Runs",
            FieldDefinition.Key("runKey"),
            new FieldDefinition("runNumber", "integer"),
            new FieldDefinition("stage", "string"),
            new FieldDefinition("claimToken", "string"),
            new FieldDefinition("leaseSeconds", "integer"));
        local.DropRows("a.csv", 3);

        // When
        var init = await local.RunAsync("init");
        var run = await local.RunAsync("run", "--all");

        // Then
        Assert.Equal((0, 0), (init.ExitCode, run.ExitCode));
        Assert.Contains("\"High-Water Mark DT\" (datetime)", init.Error, StringComparison.Ordinal);
        Assert.Equal("a.csv", Assert.Single(local.Marketo.Records("customObjectSyncMetadata_c"))["lastIngestedFileName"]);
    }

    [Fact]
    public async Task A_missing_permission_is_named()
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        local.DropRows("a.csv", 3);
        local.Marketo.Faults.Always(CallKind.Sync, Fault.Code("603"), LocalHost.ApiName);

        // When
        var run = await local.RunAsync("run", "--all");

        // Then
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Read-Write Custom Object", run.Error, StringComparison.Ordinal);
    }
}
