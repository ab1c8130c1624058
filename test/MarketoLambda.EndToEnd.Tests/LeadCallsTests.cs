using System.Globalization;
using MarketoLambda.Emulator.Calls;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>What people cost in calls, as the page of targets tells it.</summary>
public sealed class LeadCallsTests
{
    private const int People = 1000;
    private const int Calls = 4;

    [Theory]
    [InlineData(null)]
    [InlineData("Changed")]
    public async Task A_thousand_people_cost_a_read_and_a_write_for_every_300_and_no_write_the_second_time(string? cursor)
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        local.WriteJobs(
            $$"""
            { "jobs": { "people": {
              "source": { "type": "csv", "folder": "drop", "settleSeconds": 0{{(cursor is null ? "" : $", \"cursor\": \"{cursor}\"")}} },
              "target": { "type": "lead" },
              "key": "email",
              "fields": { "email": "Mail", "firstName": "First", "priority": "Rank" }
            } } }
            """);
        local.Drop("a.csv", Everybody(stamp: 1));
        await local.InitializedAsync(); // asks whether it may write, with one call
        var asked = Count(local, CallKind.Sync);

        // When
        var first = await local.RunAsync("run", "people");
        var (reads, writes) = (Count(local, CallKind.Query), Count(local, CallKind.Sync) - asked);
        local.Drop("b.csv", Everybody(stamp: 2));
        var second = await local.RunAsync("run", "people");

        // Then
        Assert.True((first.ExitCode, second.ExitCode) == (0, 0), first.Error + second.Error);
        Assert.Equal((Calls, Calls), (reads, writes));
        Assert.Equal((2 * Calls, Calls), (Count(local, CallKind.Query), Count(local, CallKind.Sync) - asked));
        Assert.Equal(People, local.Marketo.Count("lead"));
    }

    private static string Everybody(int stamp) =>
        string.Create(CultureInfo.InvariantCulture, $"Mail,First,Rank,Changed\n")
            + string.Concat(Enumerable.Range(0, People).Select(number => string.Create(
                CultureInfo.InvariantCulture,
                $"p{number}@x.example,First {number},{number},2026-01-{stamp:00}T00:{number / 100:00}:00Z\n")));

    private static int Count(LocalHost local, CallKind kind) =>
        local.Marketo.Calls.Newest.Count(call => call.Kind == kind && call.ObjectName == "lead");
}
