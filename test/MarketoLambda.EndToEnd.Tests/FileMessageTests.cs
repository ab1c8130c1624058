using System.Text;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>What people write about their files, as they are used to write it.</summary>
public sealed class FileMessageTests
{
    [Theory]
    [InlineData("utf8")]
    [InlineData("UTF8")]
    [InlineData("utf-8-sig")]
    public async Task An_encoding_may_be_named_as_other_programs_name_it(string encoding)
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        local.WriteJobs(Jobs($"\"encoding\": \"{encoding}\"", "\"Quantity\"")).Drop("a.csv", "Serial Number,Quantity\nGrün,1\n");

        // When
        var check = await local.RunAsync("jobs", "check", "--offline", "--samples");

        // Then
        Assert.Equal(0, check.ExitCode);
        Assert.Contains("Grün", check.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_page_may_be_named_by_its_number()
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        local.WriteJobs(Jobs("\"encoding\": \"cp1252\"", "\"Quantity\""));
        local.Drop("a.csv", Encoding.Latin1.GetBytes("Serial Number,Quantity\nGrün,1\n"));

        // When
        var check = await local.RunAsync("jobs", "check", "--offline", "--samples");

        // Then
        Assert.Contains("Grün", check.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_names_the_delimiter_may_stand_below_a_title()
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        local.WriteJobs(Jobs("\"skipLines\": 1", "\"Quantity\"")).Drop("a.csv", "Products of today\nsep=;\nSerial Number;Quantity\nSN-1;1\n");

        // When
        var check = await local.RunAsync("jobs", "check", "--offline", "--samples");

        // Then
        Assert.Equal(0, check.ExitCode);
        Assert.Contains("SN-1", check.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_of_one_digit_is_told_with_the_format_that_takes_it()
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        local.Marketo.DefineObject(
            "visit_c",
            "Visit",
            MarketoLambda.Emulator.Schema.FieldDefinition.Key("serialNumber"),
            new MarketoLambda.Emulator.Schema.FieldDefinition("on", "date"));
        local.WriteJobs(
            """
            { "jobs": { "visit_c": { "source": { "type": "csv", "folder": "drop", "settleSeconds": 0 }, "key": "serialNumber",
              "fields": { "serialNumber": "Serial Number", "on": { "from": "On", "format": "dd.MM.yyyy" } } } } }
            """);
        local.Drop("a.csv", "Serial Number,On\nSN-1,7.11.2026\n");
        await local.InitializedAsync();

        // When
        var check = await local.RunAsync("jobs", "check");

        // Then
        Assert.Contains("the format d.M.yyyy takes numbers of one digit too", check.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("7.11.2026", check.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_stops_because_of_too_many_rejects_names_field_remedy_and_where_to_see_the_values()
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        local.Drop("a.csv", "Serial Number,Quantity\n" + string.Concat(Enumerable.Range(1, 40).Select(row => $"SN-{row},secret\n")));

        // When
        var run = await local.RunAsync("run", "--all");
        var list = await local.RunAsync("rejects", "list", LocalHost.ApiName);

        // Then
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("first at a.csv line 2: quantity needs a whole number", run.Error, StringComparison.Ordinal);
        Assert.Contains("\"marketo-lambda jobs check implementedProductV1_c --all-rows\" shows the values", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", run.Error, StringComparison.Ordinal);
        Assert.Contains("Run 1 stopped because too much was rejected", list.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", list.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_job_file_is_told_by_the_next_run_and_not_by_every_one_after_it()
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        await local.DropRows("a.csv", 3).RunAsync("run", "--all");
        local.WriteJobs(Jobs("\"culture\": \"de-DE\"", "\"Quantity\""));

        // When
        var first = await local.RunAsync("run", "--all");
        var second = await local.RunAsync("run", "--all");
        var status = await local.RunAsync("status");

        // Then
        Assert.Contains("has changed in the job file", first.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("has changed in the job file", second.Error, StringComparison.Ordinal);
        Assert.Contains("has changed in the job file", status.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_tells_how_many_calls_of_the_day_are_used()
    {
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();

        var run = await local.DropRows("a.csv", 3).RunAsync("run", "--all");

        Assert.Matches(@"Marketo's calls today, by everyone: \d+ of 50,000; imports stop at 40,000\.", run.Error);
    }

    private static string Jobs(string source, string quantity) =>
        $$"""
        { "jobs": { "implementedProductV1_c": { "source": { "type": "csv", "folder": "drop", "settleSeconds": 0, {{source}} }, "key": "serialNumber",
          "fields": { "serialNumber": "Serial Number", "quantity": {{quantity}} } } } }
        """;
}
