using MarketoLambda.Emulator.Calls;
using MarketoLambda.Sources;
using MarketoLambda.Sync.JobFiles;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;
using Microsoft.Extensions.Configuration;

namespace MarketoLambda.Benchmarks;

/// <summary>What a full file of people costs in calls the first time, and a second time when nothing has changed.</summary>
/// <remarks>Calls are counted by the emulator, on virtual time in this process: the numbers do not depend on the machine.</remarks>
internal static class LeadCalls
{
    private const int People = 100_000;
    private const int PeoplePerCall = 300;

    private const string JobText = """
        { "jobs": { "people": {
          "source": { "type": "csv", "folder": "people" },
          "target": { "type": "lead" },
          "key": "email",
          "fields": { "email": "Key", "firstName": "Value" }
        } } }
        """;

    /// <exception cref="InvalidOperationException">A run failed, or cost another number of calls than is promised.</exception>
    public static int Run()
    {
        SyncScenario scenario = new();
        scenario.Job = JobFile.Parse(JobText, "jobs.json", SourceTypes.All(new ConfigurationBuilder().Build(), scenario.Time))[0] with
        {
            Source = scenario.Source,
        };
        scenario.Initialized();
        var least = (People + PeoplePerCall - 1) / PeoplePerCall;
        Console.WriteLine($"Calls for people, {People:N0} of them, {PeoplePerCall} a call: {least:N0} at least");
        Run("new people", scenario, least, least);
        Run("the same file again", scenario, least, 0);
        return 0;
    }

    private static void Run(string what, SyncScenario scenario, int reads, int writes)
    {
        var (readsBefore, writesBefore) = Count(scenario);
        scenario.Source.Add(
            Enumerable.Range(0, People).Select(number => new ListSource.ListRow($"person-{number}@people.example", $"Name {number}")));
        var report = scenario.Run();
        var (readsAfter, writesAfter) = Count(scenario);
        Console.WriteLine(
            $"  {what,-20} {readsAfter - readsBefore,6:N0} reads   {writesAfter - writesBefore,6:N0} writes   "
                + $"{report.Unchanged,9:N0} unchanged");
        if (report.Outcome != RunOutcome.Succeeded || (readsAfter - readsBefore, writesAfter - writesBefore) != (reads, writes))
        {
            throw new InvalidOperationException($"{report.Outcome} {report.Error}; promised are {reads} reads and {writes} writes.");
        }
    }

    private static (int Reads, int Writes) Count(SyncScenario scenario)
    {
        var calls = scenario.Marketo.Calls.Newest.Where(call => call.ObjectName == "lead").ToList();
        return (calls.Count(call => call.Kind == CallKind.Query), calls.Count(call => call.Kind == CallKind.Sync));
    }
}
