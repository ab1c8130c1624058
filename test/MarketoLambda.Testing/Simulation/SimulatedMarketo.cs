using MarketoLambda.Emulator;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Setup;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Testing.Simulation;

/// <summary>The emulated Marketo of a simulation, as <c>init</c> leaves it.</summary>
internal static class SimulatedMarketo
{
    /// <param name="jobs">The jobs, each with what it fills.</param>
    /// <param name="change">Changes its settings.</param>
    /// <param name="time">The clock.</param>
    public static MarketoEmulator Create(IReadOnlyList<SimulatedJob> jobs, Action<EmulatorOptions>? change, TimeProvider time)
    {
        EmulatorOptions options = new() { KeepJournal = true, CallLogCapacity = 100_000 };
        options.Quirks.CreateIsAtomic = false;
        change?.Invoke(options);
        MarketoEmulator marketo = new(options, time);
        foreach (var kept in StateSetup.Objects.Concat(StateSetup.ObjectsOfTargets(jobs.Select(job => job.Job))))
        {
            marketo.DefineObject(
                kept.ApiName,
                kept.DisplayName,
                [.. kept.Fields.Select(field => new FieldDefinition(field.Name, field.DataType) { IsDedupeField = field == kept.KeyField })]
            );
        }

        foreach (var job in jobs)
        {
            var apiName = job.ApiName;
            job.Target.Define(marketo, apiName);
            marketo.Seed(
                StateFields.ObjectApiName,
                $$"""{"{{StateFields.ApiName.Name}}":"{{apiName}}","{{StateFields.NextReject.Name}}":1,"{{StateFields.LowestReject.Name}}":1}"""
            );
            marketo.Seed(RunFields.ObjectApiName, $$"""{"{{RunFields.Key.Name}}":"{{apiName}}#floor"}""");
        }

        return marketo;
    }
}
