using System.Globalization;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Testing.Salesforce.Attack;
using MarketoLambda.Testing.Simulation;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>The program as a process that imports from a hostile organisation over sockets and is killed at random calls; people work
/// meanwhile. At the end Marketo holds what the organisation holds.</summary>
internal static class SalesforceAttack
{
    private const string Asset = "asset_c";
    private const int Seed = 20261127;

    private static int Runs => SimulationScale.IsFull ? 300 : 5;

    /// <param name="bulkAbove">The setting of the job: more records than that are asked for in bulk.</param>
    /// <param name="output">Gets what happened.</param>
    public static async Task SurvivesAsync(int bulkAbove, ITestOutputHelper output)
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        local.Marketo.DefineObject(Asset, "Asset", FieldDefinition.Key("serial"), new FieldDefinition("version", "integer"),
            new FieldDefinition("words", "string"));
        Random random = new(Seed);
        HostileOrg org = new(TimeProvider.System, random)
        {
            LatestCommitSeconds = 3,
            PageSize = 3,
            BulkDuration = TimeSpan.FromSeconds(1),
            Faults = new HostileFaults(random) { MayHang = false },
        };
        using var server = HostileServer.Start(org);
        local.Environment["Connections__crm__LoginUrl"] = server.Address;
        local.Environment["Connections__crm__ClientId"] = "id";
        local.Environment["Connections__crm__ClientSecret"] = "secret";
        local.WriteJobs($$"""
            { "jobs": { "asset_c": {
              "source": {
                "type": "salesforce", "connection": "crm", "object": "Asset",
                "deleted": "delete", "lagSeconds": 1, "bulkAbove": {{bulkAbove}} },
              "key": "serial", "rejects": { "stopAbovePercent": 100 },
              "fields": { "serial": "Serial__c", "version": "Version__c", "words": "Text__c" } } } }
            """);
        Assert.Equal(0, (await local.RunAsync("init")).ExitCode);

        // When
        HashSet<int> exits = [];
        for (var run = 0; run < Runs; run++)
        {
            lock (server.Gate)
            {
                org.Work(20);
                (org.Activity, org.Faults.Rate) = (0.2, run % 2 == 0 ? 0.1 : 0);
            }

            exits.Add(await RunAndDieAsync(local, org, random.Next(2, 40)));
        }

        lock (server.Gate)
        {
            (org.Activity, org.Faults.Rate) = (0, 0);
        }

        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, CancellationToken.None);
        var last = await local.RunAsync("run", "--all");
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, CancellationToken.None);
        var again = await local.RunAsync("run", "--all");

        // Then
        output.WriteLine($"{org.Calls} calls; exits {string.Join(' ', exits)}; "
            + $"{string.Join(", ", org.Faults.Happened.Select(kind => $"{kind.Value} × {kind.Key}"))}");
        Assert.True(last.ExitCode == 0, last.Error);
        Assert.True(again.ExitCode == 0, again.Error);
        Assert.DoesNotContain(134, exits);
        var inMarketo = local.Marketo.Records(Asset).ToDictionary(record => record["serial"]!, record =>
            int.Parse(record["version"]!, CultureInfo.InvariantCulture));
        Assert.Equal(org.Truth.OrderBy(record => record.Key, StringComparer.Ordinal),
            inMarketo.OrderBy(record => record.Key, StringComparer.Ordinal));
    }

    /// <summary>Kills the program once the organisation has answered so many calls; its claim ends at once, as it would by itself some
    /// minutes later.</summary>
    private static async Task<int> RunAndDieAsync(LocalHost local, HostileOrg org, int calls)
    {
        var before = org.Calls;
        using var process = local.Start("run", "--all");
        var end = process.EndAsync();
        while (org.Calls < before + calls && !end.IsCompleted)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
        }

        await process.SignalAsync("KILL");
        var exit = (await end).ExitCode;
        while (local.Marketo.Limits.InFlight > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
        }

        await local.EndLeasesAsync();
        return exit;
    }
}
