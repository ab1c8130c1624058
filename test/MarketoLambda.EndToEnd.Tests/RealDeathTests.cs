using System.Globalization;
using System.Text.Json;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing.Simulation;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>
/// The program as a process, killed by the operating system at random calls of an import over HTTP until it is through; then the oracle of
/// the simulations counts.
/// </summary>
public sealed class RealDeathTests(ITestOutputHelper output)
{
    private const int Deaths = 6;
    private const int Files = 3;
    private const int RowsPerFile = 1500;
    private const int Seed = 20261123;

    [Fact]
    public async Task However_often_the_process_is_killed_every_row_arrives_and_the_last_version_of_each_key_stays()
    {
        // Given: keys that come again, some rows that become rejects, calls slow enough to die in
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        var keys = DropFiles(local);
        local.Environment["Marketo__RecordsPerCall"] = "100";
        local.Marketo.Options.Latency = TimeSpan.FromMilliseconds(40);
        Random random = new(Seed);

        // When
        for (var death = 0; death < Deaths; death++)
        {
            await DieAtCallAsync(local, random.Next(1, 45));
        }

        var last = await local.RunAsync("run", "--all");

        // Then
        Assert.Equal(0, last.ExitCode);
        var state = local.Marketo.Find(StateFields.ObjectApiName, LocalHost.ApiName)[0];
        SourceTruth truth = new(LocalHost.ApiName, "quantity", () => keys.Count, row => keys[row - 1], RowsFinished);
        Oracle oracle = new(truth, local.Marketo.Journal, Rejects(local), []);
        Assert.Empty(oracle.Judge(local.Marketo.Records(LocalHost.ApiName), state));
        Assert.Empty(WriteOrder.Judge(local.Marketo.Journal, local.Marketo.Calls.Newest.ToDictionary(call => call.Number)));
        output.WriteLine($"seed {Seed}, {local.Marketo.Calls.Arrived} calls, {local.Marketo.Journal.Count} writes for {keys.Count} rows");
    }

    /// <summary>
    /// Kills the program once it has made so many calls, waits until Marketo is done with what it had sent, and lets the claim keep one
    /// away that comes too early.
    /// </summary>
    private static async Task DieAtCallAsync(LocalHost local, int calls)
    {
        var before = local.Marketo.Calls.Arrived;
        using var process = local.Start("run", "--all");
        var end = process.EndAsync();
        while (local.Marketo.Calls.Arrived < before + calls && !end.IsCompleted)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
        }

        await process.SignalAsync("KILL");
        await end;
        while (local.Marketo.Limits.InFlight > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
        }

        var isClaimed = local.Marketo.Records(RunFields.ObjectApiName).Any(row => row["stage"] == "claimed" && row["leaseSeconds"] != "0");
        var writes = local.Marketo.Journal.Count;
        var tooEarly = await local.RunAsync("run", "--all");
        Assert.False(
            isClaimed && local.Marketo.Journal.Count != writes,
            $"A run wrote to Marketo while the claim of a dead one held: {tooEarly.Error}");
        await local.EndLeasesAsync();
    }

    /// <summary>Three files; the quantity of a row is its number over all of them, so it is the version of its key.</summary>
    private static List<string> DropFiles(LocalHost local)
    {
        List<string> keys = [];
        for (var file = 1; file <= Files; file++)
        {
            List<string> lines = ["Serial Number,Quantity"];
            for (var row = 0; row < RowsPerFile; row++)
            {
                var key = $"SN-{keys.Count * 7919 % 2500}";
                keys.Add(key);
                lines.Add(keys.Count % 333 == 0 ? $"{key},many" : $"{key},{keys.Count}");
            }

            local.Drop($"products-{file}.csv", string.Join('\n', lines) + "\n");
        }

        return keys;
    }

    private static int RowsFinished(RecordView state)
    {
        var whole = state["lastIngestedFileName"] is { } name ? FileNumber(name) * RowsPerFile : 0;
        using var resume = JsonDocument.Parse(state["resumePosition"] ?? "{}");
        return resume.RootElement.TryGetProperty("file", out var file)
            ? ((FileNumber(file.GetString()!) - 1) * RowsPerFile) + resume.RootElement.GetProperty("rows").GetInt32()
            : whole;
    }

    private static int FileNumber(string name) => int.Parse(name.AsSpan("products-".Length, 1), CultureInfo.InvariantCulture);

    /// <summary>Rows are numbered through all files, and found by their line: the first one stands in line 2.</summary>
    private static List<StoredReject> Rejects(LocalHost local) =>
        [
            .. local
                .Marketo.Journal.Index()
                .Where(write => write.Item.Record.ObjectName == RejectFields.ObjectApiName && write.Item.Record["stage"] == "open")
                .Select(write => new StoredReject(
                    LocalHost.ApiName,
                    ((FileNumber(write.Item.Record["source"]!) - 1) * RowsPerFile)
                        + long.Parse(write.Item.Record["sourceRow"]!, CultureInfo.InvariantCulture)
                        - 1,
                    write.Index + 1)),
        ];
}
