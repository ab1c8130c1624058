using MarketoLambda.Emulator;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Sync.Targets;
using MarketoLambda.Sync.Targets.CustomObjects;

namespace MarketoLambda.Sync.Tests.Targets;

public class CustomObjectTests : TargetContract
{
    private protected override ITarget Target { get; } = new CustomObjectTarget("car_c");

    protected override string EmulatedName => "car_c";

    protected override IReadOnlyList<string> KeyFields => ["vin"];

    protected override string NumberField => "doors";

    protected override string LongField => "notes";

    protected override void Define(MarketoEmulator marketo) =>
        marketo.DefineObject(
            EmulatedName,
            "Car",
            [.. KeyFields.Select(FieldDefinition.Key), new(NumberField, FieldDataTypes.Integer), new(LongField, FieldDataTypes.Text)]);
}

/// <summary>A custom object whose key has several fields.</summary>
public sealed class CompoundCustomObjectTests : CustomObjectTests
{
    protected override IReadOnlyList<string> KeyFields => ["vin", "owner"];
}
