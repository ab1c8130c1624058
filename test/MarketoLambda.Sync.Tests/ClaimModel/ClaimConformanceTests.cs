using System.Collections.Concurrent;
using System.Globalization;
using MarketoLambda.Emulator;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MarketoLambda.Sync.Tests.ClaimModel;

/// <summary>
/// The code for claiming and committing is driven along every transition of the model; after each of them Marketo holds, and each run is
/// about to do, what the model says.
/// </summary>
public sealed class ClaimConformanceTests(ITestOutputHelper output)
{
    [Fact]
    public void Two_runs_and_a_crash() => Drive(new ClaimScope { Starts = 2, Crashes = 1 }, take: 1);

    [Fact]
    public void Two_runs_one_of_them_a_reset_and_a_crash() => Drive(new ClaimScope { Starts = 2, Crashes = 1, Resets = 1 }, take: 3);

    [Fact]
    public void Three_runs_a_reset_and_a_crash() => Drive(new ClaimScope { Starts = 3, Crashes = 1, Resets = 1 }, take: 97);

    /// <param name="scope">What happens in the model.</param>
    /// <param name="take">Every so many transitions; all of them in a full sweep.</param>
    private void Drive(ClaimScope scope, int take)
    {
        // Given
        var paths = ModelPaths
            .ToEveryTransition(scope)
            .Where((_, index) => index % (Testing.Simulation.SimulationScale.IsFull ? 1 : take) == 0);
        ConcurrentBag<string> differences = [];
        var driven = 0;

        // When
        Parallel.ForEach(paths, path =>
        {
            if (new World(path).Drive() is { } difference)
            {
                differences.Add(difference);
            }

            Interlocked.Increment(ref driven);
        });

        // Then
        output.WriteLine($"{driven} transitions were driven");
        Assert.True(driven > 100);
        Assert.True(differences.IsEmpty, string.Join(Environment.NewLine, differences.OrderBy(difference => difference.Length).Take(5)));
    }

    private sealed class World(IReadOnlyList<ModelEdge> path)
    {
        private readonly SyncScenario _scenario = new SyncScenario().Initialized();
        private readonly List<DrivenRun> _runs = [];
        private readonly StateRecord?[] _memory = new StateRecord?[2];

        private MarketoEmulator Marketo => _scenario.Marketo;

        /// <summary>Null where the code does what the model says; else the first difference.</summary>
        public string? Drive()
        {
            string? difference = null;
            _scenario.Time.Run(async () =>
            {
                for (var index = 0; index < path.Count && difference is null; index++)
                {
                    await TakeAsync(path[index]);
                    difference = Difference(path[index].To) is { } what ? $"{string.Join(' ', path.Take(index + 1))}: {what}" : null;
                }
            });
            foreach (var run in _runs)
            {
                run.Dispose();
            }

            return difference;
        }

        private async Task TakeAsync(ModelEdge edge)
        {
            switch (edge.Action)
            {
                case "Start" or "StartReset":
                    DrivenRun run = new(Marketo.CreateHandler, _scenario.Time, _memory[edge.Index], isReset: edge.Action == "StartReset");
                    _runs.Add(run);
                    await run.StartAsync();
                    break;
                case "SourceChanges":
                    break;
                case "Crash":
                    await _runs[edge.Index].DieAsync(edge.Fate == Fate.Executed);
                    _memory[edge.From.Runs[edge.Index].Sandbox] = null;
                    await EndClaimAsync(edge.To.Runs[edge.Index]);
                    break;
                case "ReadSource":
                    await _runs[edge.Index].ReadAsync(edge.To.Runs[edge.Index] is { Step: Step.SendData, Sent: var version } ? version : 0);
                    break;
                default:
                    await _runs[edge.Index].GoAsync();
                    if (edge.Action == "CreateRow" && !edge.To.Runs[edge.Index].IsAlive)
                    {
                        await _runs[edge.Index].GoAsync(); // the code looks, too, where the model knows already
                    }

                    _memory[edge.From.Runs[edge.Index].Sandbox] = edge.Action == "MarkRowDone" ? _runs[edge.Index].Warm
                        : edge.To.CacheOf(edge.From.Runs[edge.Index].Sandbox).IsSet ? _memory[edge.From.Runs[edge.Index].Sandbox]
                        : null;
                    break;
            }
        }

        /// <summary>
        /// In the model the claim of a dead run ends at once, and that of a living one never; so no time passes here, and the lease is cut.
        /// </summary>
        private async Task EndClaimAsync(ClaimRun dead)
        {
            if (dead.Row != RowStatus.Claimed)
            {
                return;
            }

            await using var host = _scenario.Host();
            var ledger = host.GetRequiredService<RunStore>();
            foreach (var row in (await ledger.ReadAsync(SyncScenario.Product, [dead.Number], CancellationToken.None)).RowsOf(dead.Number))
            {
                await ledger.UpdateAsync(row with { Lease = TimeSpan.FromSeconds(-1) }, CancellationToken.None);
            }
        }

        private string? Difference(ClaimState model)
        {
            var record = Marketo.Find(StateFields.ObjectApiName, SyncScenario.Product)[0];
            var (mark, lastRun) = (Number(record["resumePosition"]), Number(record["lastRunNumber"]));
            if ((mark, lastRun) != (model.Record.Mark, model.Record.LastRun))
            {
                return $"the record says mark {mark} of run {lastRun}, the model {model.Record}";
            }

            var target = Marketo.Find(SyncScenario.Product, "the-row") is [var row] ? Number(row["amount"]) : 0;
            if (target != model.Target)
            {
                return $"Marketo holds version {target}, the model {model.Target}";
            }

            var rows = Marketo
                .Records(RunFields.ObjectApiName)
                .Where(found => !found.Key.EndsWith("#floor", StringComparison.Ordinal))
                .Select(found => (Number(found["runNumber"]), found["stage"]!))
                .Order()
                .ToList();
            var wanted = Enumerable
                .Range(0, model.Started)
                .Select(index => model.Runs[index])
                .Where(run => run.Row != RowStatus.Absent)
                .Select(run => (run.Number, run.Row.ToString().ToLowerInvariant()))
                .Order()
                .ToList();
            if (!rows.SequenceEqual(wanted))
            {
                return $"the rows are {string.Join(", ", rows)}, in the model {string.Join(", ", wanted)}";
            }

            return Enumerable
                .Range(0, model.Started)
                .Select(index => Difference(index, model.Runs[index]))
                .FirstOrDefault(difference => difference is not null);
        }

        private string? Difference(int index, ClaimRun model)
        {
            var run = _runs[index];
            var wanted = Call(model.Step);
            return run.Failure is { } failure ? $"run {index} failed: {failure}"
                : run.WaitsWith != wanted ? $"run {index} waits with \"{run.WaitsWith}\", in the model with \"{wanted}\" ({model.Step})"
                : model is { Step: Step.ReadSource, Batches: 0 } && run.Mark != model.Mark
                    ? $"run {index} goes on from {run.Mark}, in the model from {model.Mark}"
                : null;
        }

        private static string? Call(Step step) => step switch
        {
            Step.ReadRecord or Step.RereadRecord => "read record",
            Step.ReadRows or Step.Verify => "read rows",
            Step.CreateRow or Step.VoidRow or Step.MarkRowDone => "write rows",
            Step.ReadSource => "source",
            Step.SendData => "write data",
            Step.Commit or Step.WriteRecord => "write record",
            Step.Gone => null,
            _ => throw new InvalidOperationException($"The code is not driven through {step}."),
        };

        private static int Number(string? text) => text is null ? 0 : int.Parse(text, CultureInfo.InvariantCulture);
    }
}
