using System.Text;
using System.Text.Json.Nodes;
using MarketoLambda.Emulator.Faults;
using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>
/// What bad input gets: one clear sentence that names the thing and the remedy, an exit code other than 0, nothing half-done.
/// </summary>
public sealed class BadInputTests
{
    private const string GoodJobs =
        """{ "jobs": { "implementedProductV1_c": { "source": { "type": "csv", "folder": "drop", "settleSeconds": 0 }, "key": "serialNumber", "fields": { "serialNumber": "Serial Number", "quantity": "Quantity" } } } }""";

    [Fact]
    public Task An_unknown_job() => RefusedAsync(_ => { }, 2, ["run", "car_c"], "no job car_c", "implementedProductV1_c");

    [Fact]
    public Task Neither_a_job_nor_all() => RefusedAsync(_ => { }, 2, ["run"], "run --all");

    [Fact]
    public Task A_time_of_a_backfill_that_is_none() =>
        RefusedAsync(
            _ => { },
            2,
            ["backfill", LocalHost.ApiName, "--from", "24.11.2026", "--until", "2026-11-25"],
            "--from \"24.11.2026\" is not a point in time. Write it as 2026-01-31");

    [Theory]
    [InlineData("run has no option --verbose", "run", "--all", "--verbose")]
    [InlineData("status has no option --jason (did you mean --json?)", "status", "--jason")]
    [InlineData("jobs check has no option --offlin (did you mean --offline?)", "jobs", "check", "--offlin")]
    [InlineData("There is no command statsu (did you mean status?)", "statsu")]
    [InlineData("There is no command jobs chekc (did you mean check?)", "jobs", "chekc")]
    [InlineData("There is no command frobnicate; known here: backfill, demo, ", "frobnicate")]
    public Task A_word_that_the_program_does_not_know(string sentence, params string[] arguments) =>
        RefusedAsync(_ => { }, 2, arguments, sentence);

    [Fact]
    public async Task Help_is_a_word_too()
    {
        await using var local = await LocalHost.OpenAsync();

        var help = await local.RunAsync("help", "jobs", "check");

        Assert.Equal(0, help.ExitCode);
        Assert.Contains("Check the job file against its sources", help.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Control_characters_of_files_never_reach_the_terminal()
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        const string attack = "\e]0;owned\a\e]8;;http://example.com\alink\u009b2J\u202etxt";
        local.Drop(
            $"a{attack.Replace("/", "_", StringComparison.Ordinal)}.csv",
            $"Serial Number,Quantity,{attack}\n{attack},x\n{attack}2,x,\n");

        // When
        var said = new[]
        {
            await local.RunAsync("jobs", "check", "--samples"),
            await local.RunAsync("jobs", "check", "--json"),
            await local.RunAsync("run", "--all"),
            await local.RunAsync("run", attack),
            await local.RunAsync("status"),
            await local.RunAsync("rejects", "list", LocalHost.ApiName),
            await local.RunAsync("run", "--all", "--json"),
        };

        // Then
        Assert.All(
            said,
            result =>
                Assert.DoesNotContain(
                    result.Output + result.Error,
                    sign => (char.IsControl(sign) && sign is not ('\n' or '\r')) || sign == '\u202e'));
        Assert.Contains(said, result => result.Error.Contains("\u241b]0;owned", StringComparison.Ordinal));
    }

    [Fact]
    public Task A_missing_job_file() =>
        RefusedAsync(local => File.Delete(Path.Combine(local.Folder, "jobs.json")), 2, ["run", "--all"], "no job file jobs.json", "--jobs");

    [Fact]
    public Task A_malformed_job_file() =>
        RefusedAsync(local => local.WriteJobs("{\n  \"jobs\": {\n    oops"), 2, ["run", "--all"], "jobs.json line 3", "not valid JSON");

    [Fact]
    public Task Every_mistake_of_a_job_file_at_once() =>
        RefusedAsync(
            local =>
                local.WriteJobs(
                    "{\n\"jobs\": { \"a_c\": {\n\"source\": { \"type\": \"csv\", \"delimeter\": \";\" },\n\"key\": \"x\",\n\"fields\": "
                        + "{} } } }"
                ),
            2,
            ["run", "--all"],
            "line 3: jobs.a_c.source lacks \"folder\"",
            "did you mean \"delimiter\"?",
            "line 4: jobs.a_c.key names \"x\"");

    [Fact]
    public Task Missing_settings_all_at_once() => RefusedAsync(
        local =>
        {
            local.Environment["Marketo__BaseUrl"] = "";
            local.Environment["Marketo__ClientSecret"] = "";
        },
        2,
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
        2,
        ["run", "--all"],
        "Alerts__SmtpHost must be",
        "Alerts__SmtpSecurity must be",
        "Alerts__To must be");

    [Fact]
    public Task A_wrong_secret() =>
        RefusedAsync(
            local => local.Environment["Marketo__ClientSecret"] = "wr0ng",
            2,
            ["run", "--all"],
            "Marketo__ClientSecret",
            "LaunchPoint");

    [Fact]
    public Task A_marketo_that_is_out_of_reach() =>
        RefusedAsync(
            local => local.Environment["Marketo__BaseUrl"] = "http://127.0.0.1:9",
            3,
            ["run", "--all"],
            "No connection to Marketo at http://127.0.0.1:9 (connection refused)",
            "Marketo__BaseUrl");

    [Fact]
    public Task An_object_that_is_not_approved() =>
        FailedAsync(
            local => local.WriteJobs(GoodJobs.Replace("implementedProductV1_c", "car_c", StringComparison.Ordinal)),
            "no approved custom object car_c",
            "approve it");

    [Fact]
    public Task A_field_the_object_does_not_have() =>
        FailedAsync(
            local => local.WriteJobs(GoodJobs.Replace("\"quantity\":", "\"quantitty\":", StringComparison.Ordinal)),
            "no field \"quantitty\"",
            "did you mean \"quantity\"?");

    [Fact]
    public Task A_key_that_is_not_the_dedupe_field() =>
        FailedAsync(
            local => local.WriteJobs(GoodJobs.Replace("\"key\": \"serialNumber\"", "\"key\": \"quantity\"", StringComparison.Ordinal)),
            "dedupe field is \"serialNumber\"");

    [Fact]
    public Task A_format_of_a_field_that_is_no_date() =>
        FailedAsync(
            local =>
                local.WriteJobs(
                    GoodJobs.Replace("\"Quantity\"", "{ \"from\": \"Quantity\", \"format\": \"TT.MM.JJJJ\" }", StringComparison.Ordinal)),
            "\"quantity\"",
            "integer",
            "remove it");

    [Fact]
    public Task A_missing_folder() =>
        FailedAsync(local => local.WriteJobs(GoodJobs.Replace("drop", "dorp", StringComparison.Ordinal)), "dorp", "folder");

    [Fact]
    public async Task A_file_without_a_byte_is_told_and_holds_nothing_up()
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        local.Drop("a.csv", "");
        local.DropRows("b.csv", 10);

        // When
        var result = await local.RunAsync("run", "--all");

        // Then
        Check(result, 0, ["a.csv", "no bytes", "put the whole file in its place"]);
        Assert.Equal(10, local.Marketo.Count(LocalHost.ApiName));
    }

    [Fact]
    public Task A_wrong_encoding() =>
        FailedAsync(
            local => local.Drop("b.csv", Encoding.Latin1.GetBytes("Serial Number,Quantity\nSN-1,1\nMüller,2\nGrün,3\n")),
            "b.csv",
            "utf-8",
            "encoding");

    [Fact]
    public Task A_header_twice() =>
        FailedAsync(
            local => local.Drop("b.csv", "Serial Number,Quantity,serial number\nSN-1,1,SN-1\n"),
            "b.csv",
            "Serial Number",
            "1",
            "3");

    [Fact]
    public Task A_missing_column() =>
        FailedAsync(local => local.Drop("b.csv", "Serial Number,Quantitty\nSN-1,1\n"), "b.csv", "Quantity", "Quantitty");

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
    public Task A_cut_gzip() =>
        FailedAsync(local => local.Drop("b.csv.gz", Gzip("Serial Number,Quantity\nSN-1,1\nSN-2,2\n")[..^12]), "b.csv.gz");

    [Fact]
    public Task An_open_quote() =>
        FailedAsync(local => local.Drop("b.csv", "Serial Number,Quantity\nSN-1,1\n\"SN-2,2\nSN-3,3\n"), "b.csv", "quote");

    [Fact]
    public async Task A_value_of_the_wrong_type_is_rejected_and_the_run_goes_on()
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        local.Drop("a.csv", "Serial Number,Quantity\nSN-1,1\nSN-2,personal\nSN-3,3\n");

        // When
        var run = await local.RunAsync("run", "--all");

        // Then
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(2, local.Marketo.Count(LocalHost.ApiName));
        var list = await local.RunAsync("rejects", "list", LocalHost.ApiName);
        var json = JsonNode.Parse((await local.RunAsync("rejects", "list", LocalHost.ApiName, "--json")).Output)![0]!;
        Assert.Matches("SN-2 .*a.csv line 3 .*quantity needs a whole number", list.Error);
        Assert.Equal(
            ("SN-2", "wrong-type", "a.csv"),
            ((string?)json["key"], (string?)json["code"], (string?)json["location"]!["container"]));
        Assert.DoesNotContain("personal", list.Error + run.Error + run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rejects_may_be_kept_in_a_folder_and_then_the_program_only_writes_them()
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        local.Environment["Sync__RejectsFolder"] = "rejects";
        local.Drop("a.csv", "Serial Number,Quantity\nSN-1,1\nSN-2,personal\nSN-3,3\n");

        // When
        var run = await local.RunAsync("run", "--all");
        var list = await local.RunAsync("rejects", "list", LocalHost.ApiName);

        // Then
        var reject = await File.ReadAllTextAsync(Path.Combine(local.Folder, "rejects", "implementedProductV1_c.jsonl"));
        Assert.Contains("\"source\":\"a.csv\",\"row\":3,\"key\":\"SN-2\",\"code\":\"wrong-type\"", reject, StringComparison.Ordinal);
        Assert.DoesNotContain("personal", reject + run.Error + run.Output, StringComparison.Ordinal);
        Assert.Equal((0, 2), (run.ExitCode, list.ExitCode));
        Assert.Contains("keep rejected records in", list.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_corrected_mapping_and_rejects_retry_bring_refused_rows_in()
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        local.Drop("a.csv", "Serial Number,Quantity\nSN-1,1\nSN-2,two\nSN-3,3\n");
        await local.RunAsync("run", "--all");
        var inVain = await local.RunAsync("rejects", "retry", LocalHost.ApiName);
        local.WriteJobs(
            """{ "jobs": { "implementedProductV1_c": { "source": { "type": "csv", "folder": "drop" }, "key": "serialNumber", "fields": { "serialNumber": "Serial Number", "quantity": { "from": "Quantity", "map": { "two": "2", "1": "1", "3": "3" } } } } } }"""
        );

        // When
        var retry = await local.RunAsync("rejects", "retry", LocalHost.ApiName);
        var list = await local.RunAsync("rejects", "list", LocalHost.ApiName);

        // Then
        Assert.Equal((0, 0), (retry.ExitCode, list.ExitCode));
        Assert.Contains("1 reject of earlier runs is still open: marketo-lambda rejects list", inVain.Error, StringComparison.Ordinal);
        Assert.Contains("1 earlier reject accepted", retry.Error, StringComparison.Ordinal);
        Assert.Contains("no open rejects", list.Error, StringComparison.Ordinal);
        Assert.Equal("2", local.Marketo.Find(LocalHost.ApiName, "SN-2")[0]["quantity"]);
    }

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
        local.Marketo.Faults.Always(MarketoLambda.Emulator.Calls.CallKind.Sync, Fault.Code("603"), LocalHost.ApiName);

        // When
        var run = await local.RunAsync("run", "--all");

        // Then
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Read-Write Custom Object", run.Error, StringComparison.Ordinal);
    }

    /// <summary>Nothing is started.</summary>
    private static async Task RefusedAsync(Action<LocalHost> spoil, int exitCode, string[] arguments, params string[] told)
    {
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        local.DropRows("a.csv", 10);
        spoil(local);
        var result = await local.RunAsync(arguments);
        Check(result, exitCode, told);
        Assert.Equal(0, local.Marketo.Count(LocalHost.ApiName));
    }

    /// <summary>
    /// The run fails, the file before the bad one stands, Marketo's record tells, and once the input is mended nothing is missing.
    /// </summary>
    private static async Task FailedAsync(Action<LocalHost> spoil, params string[] told)
    {
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        local.DropRows("a.csv", 10);
        spoil(local);
        await local.RunAsync("init"); // also for jobs that the spoiler has named otherwise
        var result = await local.RunAsync("run", "--all");
        Check(result, 1, told);

        local.WriteJobs(GoodJobs);
        foreach (var bad in Directory.GetFiles(Path.Combine(local.Folder, "drop"), "b.*"))
        {
            File.Delete(bad);
        }

        local.DropRows("b.csv", 10, first: 10);
        var mended = await local.RunAsync("run", "--all");
        Assert.Equal(0, mended.ExitCode);
        Assert.Equal(20, local.Marketo.Count(LocalHost.ApiName));
    }

    private static void Check(CliResult result, int exitCode, string[] told)
    {
        Assert.Equal((exitCode, ""), (result.ExitCode, result.Output));
        Assert.All(told, words => Assert.Contains(words, result.Error, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("the-secret", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("wr0ng", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at MarketoLambda", result.Error, StringComparison.Ordinal);
    }

    private static byte[] Gzip(string text)
    {
        using MemoryStream packed = new();
        using (System.IO.Compression.GZipStream gzip = new(packed, System.IO.Compression.CompressionLevel.Optimal))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
