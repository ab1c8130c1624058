using MarketoLambda.Emulator.Faults;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;

namespace MarketoLambda.Sync.Tests.Runs;

/// <summary>
/// Any call answered with any fault, once or from then on: promises P1, P3 and P8 hold, and the next runs bring the import to its end.
/// </summary>
public sealed class EveryFaultTests
{
    private static readonly Fault[] Faults =
    [
        Fault.BrokenConnection(),
        Fault.BrokenConnection().AfterEffect(),
        Fault.BrokenConnection().TakesEffectAfter(TimeSpan.FromSeconds(110)),
        Fault.Code("611").AfterEffect(),
        Fault.Code("603"),
        Fault.Code("607"),
        Fault.Code("610"),
        Fault.Code("602"),
        Fault.Garbage().AfterEffect(),
        Fault.ShortResult(),
        Fault.SkipRecords("1013"),
        Fault.Hang(),
    ];

    public static TheoryData<int, bool> Places
    {
        get
        {
            TheoryData<int, bool> places = [];
            for (var call = 1; call <= 16; call++)
            {
                places.Add(call, true);
                places.Add(call, false);
            }

            return places;
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void No_fault_of_any_call_loses_a_record_or_a_trace(int call, bool forever) =>
        Assert.All(
            Faults,
            fault =>
            {
                // Given: keys that come again, an empty value, a reject, and saves between the calls
                var scenario = new SyncScenario(marketo: options => options.Latency = TimeSpan.FromSeconds(25)).Initialized();
                scenario
                    .Source.Add(400)
                    .Add("key-000001", "2")
                    .Add("key-000399", "")
                    .Add("KEY-000398", "3")
                    .Add("bad", "text")
                    .Add(500)
                    .Add("key-000001", "4")
                    .Add("key-000300", "5");
                var newest = scenario.Marketo.Calls.Newest.Max(entry => entry.Number);
                scenario.Marketo.Faults.OnCall(newest + call, fault, forever ? FaultPlan.Forever : 1);

                // When
                var report = scenario.Run();
                scenario.Marketo.Faults.Clear();
                scenario.Time.Advance(TimeSpan.FromMinutes(5));

                // Then: one trace
                Assert.Equal(report.IsAlerted ? 1 : 0, scenario.Alerts.Sent.Count);
                var state = scenario.State();
                if (!report.IsAlerted)
                {
                    Assert.Equal(
                        (RunOutcomeText.From(report.Outcome, report.Rejected, report.Waiting), report.Error is null),
                        (state.LastRun!.Outcome, state.LastRun.Error is null));
                    Assert.Equal(report.Checkpoint, state.Checkpoint);
                    Assert.Equal(report.Accepted, state.TotalRecordsInEpoch);
                }

                // When
                var next = scenario.Run();

                // Then: nothing lost, the newest version of each
                Assert.Contains(next.Outcome, new[] { RunOutcome.Succeeded, RunOutcome.NothingNew });
                var rejected = scenario.Rejects.Stored.Where(reject => reject.Key is not null).Select(reject => reject.Key!).ToHashSet();
                var stored = scenario.Marketo.Records(SyncScenario.Product).ToDictionary(record => record.Key, record => record["amount"]);
                Assert.Contains("bad", rejected);
                foreach (var (key, value) in Expected(scenario.Source))
                {
                    Assert.True(
                        rejected.Contains(key) || (stored.TryGetValue(key, out var amount) && amount == value),
                        $"{key} is missing or old");
                }
            });

    private static Dictionary<string, string> Expected(ListSource source)
    {
        Dictionary<string, string> last = [];
        foreach (var row in source.Rows.Where(row => row.Key != "bad" && row.Value.Length > 0))
        {
            last[row.Key] = row.Value;
        }

        return last;
    }
}
