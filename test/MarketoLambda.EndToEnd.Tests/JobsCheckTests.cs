using System.Text.Json.Nodes;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>
/// <c>jobs check</c> finds before the first run what would make it fail, sends nothing, and keeps values to the terminal of whoever asked.
/// </summary>
public sealed class JobsCheckTests
{
    private const string Personal = "jane.doe@example.com";

    [Fact]
    public async Task A_new_user_reads_all_mistakes_of_a_broken_file_at_once_with_line_and_remedy()
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        local.WriteJobs("""
            {
              "jobs": {
                "implementedProductV1_c": {
                  "source": { "type": "csv", "foldr": "drop" },
                  "key": "serialNumber",
                  "fields": {
                    "serialNumber": { "value": "SN-1" },
                    "quantity": { "from": "Quantity", "template": "{Quantity} pieces" }
                  }
                }
              }
            }
            """);

        // When
        var check = await local.RunAsync("jobs", "check");

        // Then
        Assert.Equal((2, ""), (check.ExitCode, check.Output));
        Assert.Equal(
            """
            jobs.json line 4: jobs.implementedProductV1_c.source has no setting "foldr" (did you mean "folder"?).
            jobs.json line 5: jobs.implementedProductV1_c.key is the same for every record, so that each would overwrite the one before; fill it from a column that identifies the record.
            jobs.json line 8: jobs.implementedProductV1_c.fields.quantity.template has no place beside "from": a field has one of "from", "template" and "value".

            """,
            check.Error.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task All_rows_are_counted_by_field_and_reason_and_no_value_goes_into_a_file()
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        local.Drop("a.csv", $"Serial Number,Quantity\nSN-1,3\nSN-2,{Personal}\nSN-3,none\n,4\nSN-5\n");
        local.WriteJobs(Jobs("\"Quantity\""));

        // When
        var check = await local.RunAsync("jobs", "check", "--all-rows");
        var json = JsonNode.Parse((await local.RunAsync("jobs", "check", "--all-rows", "--json")).Output)!["jobs"]![0]!["allRows"]!;

        // Then
        Assert.Contains("5 rows read; of these 4 would be rejected", check.Error, StringComparison.Ordinal);
        Assert.Contains(
            "2 rows (wrong-type): quantity needs a whole number (column \"Quantity\"); the first is a.csv line 3",
            check.Error,
            StringComparison.Ordinal);
        Assert.Contains("1 row (missing-key)", check.Error, StringComparison.Ordinal);
        Assert.Contains("1 row (ragged-row)", check.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Personal, check.Error, StringComparison.Ordinal);
        Assert.Equal((5, 3), ((int)json["records"]!, json["rejected"]!.AsArray().Count));
    }

    [Fact]
    public async Task A_job_that_fits_is_shown_with_its_types_and_nothing_is_sent()
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        local.Drop("a.csv", $"Serial Number,Quantity,Note\n{Personal},3,\n");
        local.WriteJobs(Jobs("""{ "from": "Quantity", "trim": true }"""));
        var before = local.Marketo.Count("customObjectSyncRun_c");

        // When
        var check = await local.RunAsync("jobs", "check", "IMPLEMENTEDPRODUCTV1_C");

        // Then
        Assert.Equal((0, ""), (check.ExitCode, check.Output));
        Assert.Matches(@"Serial Number +serialNumber +string\(255\), key", check.Error);
        Assert.Matches(@"Quantity +quantity +integer", check.Error);
        Assert.Contains("1 job checked, no mistakes. Nothing was sent.", check.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Personal, check.Error, StringComparison.Ordinal);
        Assert.Equal((0, before), (local.Marketo.Count(LocalHost.ApiName), local.Marketo.Count("customObjectSyncRun_c")));
    }

    [Theory]
    [InlineData(true, "--samples")]
    [InlineData(false, "--no-samples")]
    [InlineData(false)]
    public async Task Values_leave_for_a_file_or_a_program_only_where_someone_asks_for_it(bool isShown, params string[] option)
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        local.Drop("a.csv", $"Serial Number,Quantity\n{Personal}\u202e,\"3\"\n");

        // When
        var people = await local.RunAsync(["jobs", "check", .. option]);
        var program = await local.RunAsync(["jobs", "check", "--json", .. option]);

        // Then
        Assert.Equal((0, 0), (people.ExitCode, program.ExitCode));
        Assert.Equal(isShown, people.Error.Contains(Personal, StringComparison.Ordinal));
        Assert.Equal(isShown, people.Error.Contains("Samples are from a.csv line 2, as they would be sent.", StringComparison.Ordinal));
        Assert.DoesNotContain('\u202e', people.Error);
        Assert.Equal(isShown ? "3" : null, (string?)JsonNode.Parse(program.Output)!["jobs"]![0]!["fields"]![1]!["sample"]);
        Assert.Equal(isShown, program.Output.Contains(Personal, StringComparison.Ordinal));
        Assert.Equal("", program.Error);
    }

    [Fact]
    public async Task Programs_get_one_document()
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        local.WriteJobs(Jobs("""{ "from": "Quantitty" }""")).Drop("a.csv", "Serial Number,Quantity\nSN-1,3\n");

        // When
        var check = await local.RunAsync("jobs", "check", "--json");

        // Then
        var report = JsonNode.Parse(check.Output)!;
        Assert.Equal(
            (2, "WrongInput", true, 1),
            (check.ExitCode, (string?)report["outcome"], (bool)report["isMarketoChecked"]!, (int)report["mistakeCount"]!));
        Assert.Contains("Quantitty", (string?)report["jobs"]![0]!["mistakes"]![0], StringComparison.Ordinal);
        Assert.Equal("integer", (string?)report["jobs"]![0]!["fields"]![1]!["type"]);
    }

    [Theory]
    [InlineData("""{ "from": "Quantity", "format": "dd.MM." }""", "\"format\" is for date and datetime only; remove it")]
    [InlineData("""{ "value": "many" }""", "\"value\" of the field \"quantity\" does not fit: the field needs a whole number")]
    [InlineData(
        """{ "from": "Quantity", "map": { "3": "three" } }""",
        "what \"map\" makes of \"3\" of the field \"quantity\" does not fit: the field needs a whole number"
    )]
    [InlineData(
        """{ "from": "Quantity", "map": { "9": 9 } }""",
        "all of the first 2 records would be rejected; the first, a.csv line 2 (not-in-map)"
    )]
    [InlineData("\"Serial Number\"", "all of the first 2 records would be rejected; the first, a.csv line 2 (wrong-type)")]
    [InlineData("\"Quantitty\"", "Quantitty")]
    public async Task A_mapping_that_does_not_fit_is_a_mistake(string quantity, string told)
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        local.Drop("a.csv", $"Serial Number,Quantity\n{Personal},3\nSN-2,4\n").WriteJobs(Jobs(quantity));

        // When
        var check = await local.RunAsync("jobs", "check");

        // Then
        Assert.Equal(2, check.ExitCode);
        Assert.Contains(told, check.Error, StringComparison.Ordinal);
        Assert.Contains("1 job checked: 1 mistake. Nothing was sent.", check.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Personal, check.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "no bytes", 0)]
    [InlineData("Serial Number,Quantity\n", "the source has no records yet", 0)]
    [InlineData(
        "Serial Number,Quantity\nSN-1\nSN-2,2\n",
        "1 record before the first good one would be rejected; the first, a.csv line 2 (ragged-row)",
        0
    )]
    [InlineData(
        "Serial Number,Quantity\nSN-1,many\nSN-2,2\n",
        "1 record before the first good one would be rejected; the first, a.csv line 2 (wrong-type): quantity needs a whole number",
        0
    )]
    [InlineData("Serial Number,Quantity\nSN-1\n", "the only record would be rejected; the first, a.csv line 2 (ragged-row)", 2)]
    [InlineData("Serial Number,Quantity\n,1\n", "the only record would be rejected; the first, a.csv line 2 (missing-key)", 2)]
    public async Task What_the_first_rows_of_a_source_are_like_is_told(string file, string told, int exitCode)
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        local.Drop("a.csv", file);

        // When
        var check = await local.RunAsync("jobs", "check");

        // Then
        Assert.Contains(told, check.Error, StringComparison.Ordinal);
        Assert.Equal(exitCode, check.ExitCode);
    }

    [Fact]
    public async Task A_value_that_does_not_fit_stands_among_the_samples_as_it_was_read()
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        local.Drop("a.csv", "Serial Number,Quantity\nSN-1,drei\n");

        // When
        var shown = await local.RunAsync("jobs", "check", "--samples");
        var hidden = await local.RunAsync("jobs", "check", "--no-samples");

        // Then
        Assert.Matches("Quantity +quantity +integer +drei \\(does not fit\\)", shown.Error);
        Assert.DoesNotContain("drei", hidden.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_was_dropped_a_moment_ago_is_looked_at_all_the_same()
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        local.Drop("a.csv", "Serial Number,Quantity\nSN-1,3\n");
        local.WriteJobs(Jobs("\"Quantity\"").Replace("\"settleSeconds\": 0", "\"settleSeconds\": 3600", StringComparison.Ordinal));

        // When
        var check = await local.RunAsync("jobs", "check", "--samples");
        var all = await local.RunAsync("jobs", "check", "--all-rows");

        // Then
        Assert.Contains("SN-1", check.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("no records yet", check.Error, StringComparison.Ordinal);
        Assert.Contains("1 row read; none would be rejected", all.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_without_files_is_told_and_no_mistake()
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();

        // When
        var check = await local.RunAsync("jobs", "check");

        // Then
        Assert.Equal(0, check.ExitCode);
        Assert.Contains("note: the source has no records yet", check.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no job car_c", "jobs check car_c")]
    [InlineData("no job file nowhere.json", "jobs check --jobs nowhere.json")]
    [InlineData("See marketo-lambda jobs --help.", "jobs")]
    [InlineData("See marketo-lambda jobs check --help.", "jobs check car_c bus_c")]
    [InlineData("Choose one of --samples and --no-samples.", "jobs check --samples --no-samples")]
    public async Task A_command_that_cannot_be_is_told(string message, string command)
    {
        // Given
        await using var local = await LocalHost.OpenAsync();

        // When
        var result = await local.RunAsync(command.Split(' '));

        // Then
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mapping_that_was_checked_imports_what_the_check_showed()
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        local
            .Drop("a.csv", "Serial Number,Site,Quantity\n 1 ,Wien,drei\n2,,vier\n3,Graz,\n")
            .WriteJobs(
                """
                { "jobs": { "implementedProductV1_c": { "source": { "type": "csv", "folder": "drop", "settleSeconds": 0 }, "key": "serialNumber", "fields": {
                  "serialNumber": { "template": "SN-{Serial Number} {Site}" },
                  "quantity": { "from": "Quantity", "map": { "Drei": 3, "*": 0 }, "default": -1 } } } } }
                """);

        // When
        var check = await local.RunAsync("jobs", "check", "--samples");
        var run = await local.RunAsync("run", "--all");

        // Then
        Assert.Equal((0, 0), (check.ExitCode, run.ExitCode));
        Assert.Matches(@"SN-\{Serial Number\} \{Site\} +serialNumber +string\(255\), key +SN-1 Wien", check.Error);
        Assert.Equal(
            ["SN-1 Wien: 3", "SN-2: 0", "SN-3 Graz: -1"],
            local
                .Marketo.Records(LocalHost.ApiName)
                .Select(record => $"{record["serialNumber"]}: {record["quantity"]}")
                .Order(StringComparer.Ordinal));
    }

    private static string Jobs(string quantity) =>
        $$"""{ "jobs": { "implementedProductV1_c": { "source": { "type": "csv", "folder": "drop", "settleSeconds": 0 }, "key": "serialNumber", "fields": { "serialNumber": "Serial Number", "quantity": {{quantity}} } } } }""";
}
