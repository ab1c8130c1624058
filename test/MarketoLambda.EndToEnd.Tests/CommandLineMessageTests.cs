namespace MarketoLambda.EndToEnd.Tests;

/// <summary>What a mistake on the command line, in a setting or in the syntax of a job file is answered with.</summary>
public sealed class CommandLineMessageTests
{
    [Theory]
    [InlineData("JOB is missing: type marketo-lambda history JOB.", "history")]
    [InlineData("FILE is missing: type marketo-lambda rejects export JOB FILE.", "rejects", "export", "car_c")]
    [InlineData("--jobs needs a value: type --jobs FILE.", "status", "--jobs")]
    [InlineData("--until is missing: type --until TIME.", "backfill", "car_c", "--from", "2026-01-01")]
    [InlineData("bus_c is one word too many: type marketo-lambda jobs check [JOB].", "jobs", "check", "car_c", "bus_c")]
    [InlineData("Say what to do: rejects list, rejects export, rejects retry, rejects dismiss.", "rejects")]
    [InlineData("See marketo-lambda rejects list --help.", "rejects", "list")]
    [InlineData(". is a folder. Name the job file in it, as --jobs ./jobs.json.", "status", "--jobs", ".")]
    [InlineData("Say which: numbers, or --code, --field and --since.", "rejects", "retry", "car_c", "1", "--code", "x")]
    public async Task A_command_that_cannot_be_is_answered_with_what_to_type(string told, params string[] arguments)
    {
        // Given
        await using var local = await LocalHost.OpenAsync();

        // When
        var result = await local.RunAsync(arguments);

        // Then
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(told, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run [<JOB>] [options]", "run")]
    [InlineData("history <JOB> [options]", "history")]
    public async Task Help_names_the_job_as_a_word_to_be_filled_in(string usage, string command)
    {
        await using var local = await LocalHost.OpenAsync();

        var help = await local.RunAsync(command, "--help");

        Assert.Equal((0, ""), (help.ExitCode, help.Error));
        Assert.Contains(usage, help.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(LocalHost.ApiName, help.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_status_for_programs_cannot_be_watched()
    {
        await using var local = await LocalHost.OpenAsync();

        var status = await local.RunAsync("status", "--watch", "--json");

        Assert.Equal(2, status.ExitCode);
        Assert.Contains("Choose one of --watch and --json.", status.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_would_be_exported_into_a_folder_that_is_not_there_is_refused()
    {
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();

        var export = await local.RunAsync("rejects", "export", LocalHost.ApiName, "nowhere/mend.csv");

        Assert.Equal(2, export.ExitCode);
        Assert.Contains("There is no folder ", export.Error, StringComparison.Ordinal);
        Assert.Contains("Create it, or name a file in another one.", export.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_in_messages_are_those_that_start_the_program_here()
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        local.Environment["MARKETO_LAMBDA_COMMAND"] = "docker run importer";

        // When
        var status = await local.RunAsync("status");

        // Then
        Assert.Contains("Run \"docker run importer init\"", status.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("marketo-lambda", status.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"jobs\": { \"a\" 1 } }", "jobs.json line 1, column 17: this is not valid JSON: a colon is missing")]
    [InlineData("{ \"jobs\": { \"a\": 1 \"b\": 2 } }", "a comma, or a closing bracket, is missing before this")]
    [InlineData("{ \"jobs\": { ", "the file ends before its last brace or bracket is closed")]
    [InlineData("{ \"jobs\": \"text", "a text begins here and has no closing quote")]
    [InlineData("{ \"jobs\": { } } }", "the file goes on behind its last closing brace")]
    [InlineData("<html>", "a value belongs here")]
    [InlineData("{ jobs: 1 }", "a name in double quotes, or a closing brace, belongs here")]
    public async Task A_job_file_that_is_no_json_is_told_in_words(string text, string told)
    {
        // Given
        await using var local = (await LocalHost.OpenAsync()).WriteJobs(text);

        // When
        var check = await local.RunAsync("jobs", "check", "--offline");

        // Then
        Assert.Equal(2, check.ExitCode);
        Assert.Contains(told, check.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", check.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_file_that_is_not_utf8_is_told_with_the_line()
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        await File.WriteAllBytesAsync(
            Path.Combine(local.Folder, "jobs.json"),
            [.. "{\n\"jobs\": { \"Gr"u8, 0xFC, .. "n\": 1 } }"u8],
            TestContext.Current.CancellationToken);

        // When
        var check = await local.RunAsync("jobs", "check", "--offline");

        // Then
        Assert.Equal(2, check.ExitCode);
        Assert.Contains("jobs.json line 2: this is not UTF-8", check.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ oops", "appsettings.json line 1, column 3: this is not valid JSON: a name in double quotes")]
    [InlineData("[]", "appsettings.json cannot be read as settings: it must be one object in braces")]
    public async Task Settings_that_are_no_json_are_told_by_their_file(string text, string told)
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        await File.WriteAllTextAsync(Path.Combine(local.Folder, "appsettings.json"), text, TestContext.Current.CancellationToken);

        // When
        var status = await local.RunAsync("status");

        // Then
        Assert.Equal(2, status.ExitCode);
        Assert.Contains(told, status.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", status.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_that_stands_in_a_JSON_file_as_the_environment_writes_it_is_told_with_how_it_is_written_there()
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        const string flat = """{ "Marketo__ClientSecret": "not-to-be-shown" }""";
        await File.WriteAllTextAsync(Path.Combine(local.Folder, "appsettings.json"), flat, TestContext.Current.CancellationToken);

        // When
        var status = await local.RunAsync("status");

        // Then
        Assert.Contains("in a JSON file it is { \"Marketo\": { \"ClientSecret\": … } }.", status.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("not-to-be-shown", status.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Marketo__ClientIdd", "did you mean Marketo__ClientId?")]
    [InlineData("Alerts__SmtpHots", "did you mean Alerts__SmtpHost?")]
    [InlineData("Alert__To", "did you mean Alerts__To?")]
    [InlineData("Marketo_ClientId", "did you mean Marketo__ClientId, with two underscores?")]
    [InlineData("Connections__crm__ClientScret", "did you mean Connections__crm__ClientSecret?")]
    public async Task A_misspelled_setting_is_told_once_with_the_one_that_was_meant(string name, string told)
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        local.Environment[name] = "hush";

        // When
        var check = await local.RunAsync("jobs", "check");

        // Then
        var sentence = $"The setting {name} is not known and changes nothing ({told}).";
        Assert.Equal(2, check.Error.Split(sentence).Length);
        Assert.DoesNotContain("hush", check.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_settings_beside_the_job_file_is_used_and_told_without_its_values()
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        local.Environment["Marketo__ClientSecret"] = "";
        local.Environment.Remove("Marketo__ClientSecret");
        await File.WriteAllTextAsync(
            Path.Combine(local.Folder, ".env"),
            "# of the emulator\nexport Marketo__ClientSecret=\"the-secret\"\n",
            TestContext.Current.CancellationToken);

        // When
        var init = await local.RunAsync("init");

        // Then
        Assert.Equal(0, init.ExitCode);
        Assert.Contains("Settings are read from .env too: Marketo__ClientSecret.", init.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("the-secret", init.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_of_it_that_is_no_setting_is_refused_by_its_number()
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        await File.WriteAllTextAsync(Path.Combine(local.Folder, ".env"), "\nhush hush\n", TestContext.Current.CancellationToken);

        // When
        var status = await local.RunAsync("status");

        // Then
        Assert.Equal(2, status.ExitCode);
        Assert.Contains(".env line 2 is no setting. Write it as NAME=VALUE", status.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", status.Error, StringComparison.Ordinal);
    }
}
