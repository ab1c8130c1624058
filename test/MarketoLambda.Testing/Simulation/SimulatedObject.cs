using System.Globalization;
using MarketoLambda.Emulator;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Sync.Jobs;

namespace MarketoLambda.Testing.Simulation;

/// <summary>A custom object whose records are linked to people.</summary>
public sealed class SimulatedObject : SimulatedTarget
{
    private MarketoEmulator? _marketo;

    public override string KeyField => SimulatedJob.KeyField;

    public override string VersionField => SimulatedJob.VersionField;

    public override IReadOnlyList<FieldMapping> OtherFields => [new(SimulatedJob.OwnerField, "Owner")];

    public override void Define(MarketoEmulator marketo, string job)
    {
        _marketo = marketo;
        marketo.AddLead(long.Parse(SimulatedJob.KnownOwner, CultureInfo.InvariantCulture));
        marketo.DefineObject(
            job,
            job,
            FieldDefinition.Key(KeyField),
            new(VersionField, "integer"),
            FieldDefinition.Link(SimulatedJob.OwnerField, "lead", "id"));
    }

    public override void BringPeople() => _marketo?.AddLead(long.Parse(SimulatedJob.MissingOwner, CultureInfo.InvariantCulture));
}
