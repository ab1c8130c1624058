using MarketoLambda.Emulator;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Marketo.StandardObjects;
using MarketoLambda.Sync.Targets;
using MarketoLambda.Sync.Targets.StandardObjects;

namespace MarketoLambda.Sync.Tests.Targets;

/// <summary>What all standard objects but companies have in common: their fields are custom ones here.</summary>
public abstract class OtherStandardObjectTests : TargetContract
{
    protected override string NumberField => "visits";

    protected override string LongField => "remarks";

    protected override void Define(MarketoEmulator marketo)
    {
        marketo.DefineStandardField(EmulatedName, new FieldDefinition(NumberField, FieldDataTypes.Integer));
        marketo.DefineStandardField(EmulatedName, new FieldDefinition(LongField, FieldDataTypes.Text));
    }
}

public sealed class OpportunityTests : OtherStandardObjectTests
{
    private protected override ITarget Target { get; } =
        new StandardObjectTarget(StandardObject.Opportunities, "opportunities", WriteMode.Default) { MayBeOwnedByCrm = true };

    protected override string EmulatedName => "opportunity";

    protected override IReadOnlyList<string> KeyFields => ["externalOpportunityId"];
}

public sealed class SalesPersonTests : OtherStandardObjectTests
{
    private protected override ITarget Target { get; } =
        new StandardObjectTarget(StandardObject.SalesPersons, "sales persons", WriteMode.Default) { MayBeOwnedByCrm = true };

    protected override string EmulatedName => "SalesPerson";

    protected override IReadOnlyList<string> KeyFields => ["externalSalesPersonId"];
}

public sealed class NamedAccountTests : OtherStandardObjectTests
{
    private protected override ITarget Target { get; } =
        new StandardObjectTarget(StandardObject.NamedAccounts, "named accounts", WriteMode.Default);

    protected override string EmulatedName => "Named Account";

    protected override IReadOnlyList<string> KeyFields => ["name"];
}
