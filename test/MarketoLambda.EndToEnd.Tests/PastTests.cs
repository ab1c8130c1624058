using System.Text.Json.Nodes;
using MarketoLambda.Sync.State;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>What a person does about the past, as a process: look at it, go back to it, import a stretch of it again.</summary>
public sealed class PastTests
{
    private const string WithCursor = """
        { "jobs": { "implementedProductV1_c": { "source": { "type": "csv", "folder": "drop", "settleSeconds": 0, "cursor": "Modified" }, "key": "serialNumber", "fields": { "serialNumber": "Serial Number", "quantity": "Quantity" } } } }
        """;

    [Fact]
    public async Task History_tells_of_every_run_newest_first()
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        local.DropRows("a.csv", 3);
        await local.RunAsync("run", "--all");
        local.DropRows("b.csv", 2, first: 10);
        await local.RunAsync("run", "--all");

        // When
        var people = await local.RunAsync("history", LocalHost.ApiName);
        var programs = JsonNode.Parse((await local.RunAsync("history", LocalHost.ApiName, "--json", "--count", "1")).Output)!.AsArray();

        // Then
        Assert.Equal(0, people.ExitCode);
        Assert.Contains("Succeeded", people.Error, StringComparison.Ordinal);
        var newest = Assert.Single(programs)!;
        Assert.Equal(
            (2, 2, "Done", "b.csv"),
            ((int)newest["number"]!, (int)newest["records"]!, (string?)newest["stage"], (string?)newest["end"]!["lastFileName"]));
    }

    [Fact]
    public async Task After_a_reset_everything_is_imported_again()
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        local.DropRows("a.csv", 7);
        await local.RunAsync("run", "--all");

        // When
        var reset = await local.RunAsync("reset", LocalHost.ApiName, "--new-epoch");
        var run = await local.RunAsync("run", "--all", "--json");

        // Then
        Assert.Equal((0, 0), (reset.ExitCode, run.ExitCode));
        Assert.Equal(7, (int)JsonNode.Parse(run.Output)![0]!["accepted"]!);
        Assert.Equal("7", local.Marketo.Records(StateFields.ObjectApiName)[0]["totalRecordsInEpoch"]);
    }

    [Theory]
    [InlineData("reset", "--to 2026-01-31")]
    [InlineData("backfill", "--from 2026-01-01 --until 2026-02-01")]
    public async Task A_job_whose_rows_carry_no_time_is_told_what_to_do_instead(string command, string options)
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();

        // When
        var result = await local.RunAsync([command, LocalHost.ApiName, .. options.Split(' ')]);

        // Then
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("has no \"cursor\" in the job file", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--to", "yesterday", "is not a point in time")]
    [InlineData("--to", "31.01.2026", "is not a point in time")]
    public async Task A_time_that_is_none_is_told_with_an_example(string option, string value, string told)
    {
        // Given
        await using var local = await LocalHost.OpenAsync();

        // When
        var result = await local.RunAsync("reset", LocalHost.ApiName, option, value);

        // Then
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(told, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backfill_sends_the_stretch_again_with_the_newest_values_of_its_keys_and_leaves_the_mark()
    {
        // Given: SN-2 was changed again behind the stretch
        await using var local = await (await LocalHost.OpenAsync()).WriteJobs(WithCursor).InitializedAsync();
        local.Drop("a.csv", """
            Serial Number,Quantity,Modified
            SN-1,1,2026-01-01T00:00:00Z
            SN-2,2,2026-02-01T00:00:00Z
            SN-3,3,2026-02-02T00:00:00Z
            SN-4,4,2026-03-01T00:00:00Z
            SN-2,5,2026-03-02T00:00:00Z

            """);
        await local.RunAsync("run", "--all");
        var (mark, writes) = (local.Marketo.Records(StateFields.ObjectApiName)[0]["highWaterMarkDT"], local.Marketo.Journal.Count);

        // When
        var result = await local.RunAsync("backfill", LocalHost.ApiName, "--from", "2026-02-01", "--until", "2026-03-01");

        // Then
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            ["SN-2=5", "SN-3=3"],
            local
                .Marketo.Journal.Skip(writes)
                .Where(write => write.Record.ObjectName == LocalHost.ApiName)
                .Select(write => $"{write.Record.Key}={write.Record["quantity"]}"));
        var state = local.Marketo.Records(StateFields.ObjectApiName)[0];
        Assert.Equal(("2026-03-02T00:00:00Z", mark), (mark, state["highWaterMarkDT"]));
        Assert.StartsWith("Succeeded (backfill from 2026-02-01", state["lastRunOutcome"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_are_marked_as_finished_are_counted_and_so_are_those_that_are_left()
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        local.DropRows("a.csv", 1).DropRows("b.csv", 1).DropRows("c.csv", 1);

        // When
        var forget = await local.RunAsync("files", "forget", LocalHost.ApiName, "--before", "b");

        // Then
        Assert.Equal(0, forget.ExitCode);
        Assert.Contains("1 file more, named before \"b\", counts as finished; to be imported: 2 files.", forget.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_meets_another_one_says_until_when_and_how_to_take_over()
    {
        // Given: the other one died without a word
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        local.DropRows("a.csv", 2000);
        local.Marketo.Options.Latency = TimeSpan.FromMilliseconds(300);
        using (var process = local.Start("run", "--all"))
        {
            var end = process.EndAsync();
            while (local.Marketo.Count(LocalHost.ApiName) == 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
            }

            await process.SignalAsync("KILL");
            await end;
        }

        // When
        var result = await local.RunAsync("run", "--all");

        // Then
        Assert.Equal(4, result.ExitCode);
        Assert.Contains("another run is at work", result.Error, StringComparison.Ordinal);
        Assert.Contains($"run {LocalHost.ApiName} --take-over", result.Error, StringComparison.Ordinal);
    }
}
