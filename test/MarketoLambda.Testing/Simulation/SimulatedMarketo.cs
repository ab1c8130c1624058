using System.Globalization;
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
    /// <param name="apiNames">Objects to import.</param>
    /// <param name="change">Changes its settings.</param>
    /// <param name="time">The clock.</param>
    public static MarketoEmulator Create(IReadOnlyList<string> apiNames, Action<EmulatorOptions>? change, TimeProvider time)
    {
        EmulatorOptions options = new() { KeepJournal = true, CallLogCapacity = 100_000 };
        options.Quirks.CreateIsAtomic = false;
        change?.Invoke(options);
        MarketoEmulator marketo = new(options, time);
        marketo.AddLead(long.Parse(SimulatedJob.KnownOwner, CultureInfo.InvariantCulture));
        foreach (var kept in StateSetup.Objects)
        {
            marketo.DefineObject(
                kept.ApiName,
                kept.DisplayName,
                [.. kept.Fields.Select(field => new FieldDefinition(field.Name, field.DataType) { IsDedupeField = field == kept.KeyField })]
            );
        }

        foreach (var apiName in apiNames)
        {
            marketo.DefineObject(
                apiName,
                apiName,
                FieldDefinition.Key(SimulatedJob.KeyField),
                new(SimulatedJob.VersionField, "integer"),
                FieldDefinition.Link(SimulatedJob.OwnerField, "lead", "id"));
            marketo.Seed(
                StateFields.ObjectApiName,
                $$"""{"{{StateFields.ApiName.Name}}":"{{apiName}}","{{StateFields.NextReject.Name}}":1,"{{StateFields.LowestReject.Name}}":1}"""
            );
            marketo.Seed(RunFields.ObjectApiName, $$"""{"{{RunFields.Key.Name}}":"{{apiName}}#floor"}""");
        }

        return marketo;
    }
}
