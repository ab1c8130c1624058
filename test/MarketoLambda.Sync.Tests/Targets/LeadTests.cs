using MarketoLambda.Emulator;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Targets;
using MarketoLambda.Sync.Targets.Leads;

namespace MarketoLambda.Sync.Tests.Targets;

/// <summary>Leads by their e-mail address.</summary>
public class LeadTests : TargetContract
{
    private protected override ITarget Target => LeadTarget;

    private protected virtual LeadTarget LeadTarget { get; } = new(LeadTarget.Email, WriteMode.Default) { DeletesPeople = true };

    protected override string EmulatedName => "lead";

    protected override IReadOnlyList<string> KeyFields => ["email"];

    protected override string NumberField => "priority";

    protected override string LongField => "notes";

    protected override FieldOrigin KeyOrigin => new ComposedText(FieldTemplate.Parse("{Key}@people.example"));

    protected override IReadOnlyList<string> OddKeys => ["o'neil+x&y"];

    protected override string Key(string name) => $"{name.Replace(' ', '-')}@people.example";

    protected override void Define(MarketoEmulator marketo) =>
        marketo.DefineLeadField(new FieldDefinition(LongField, FieldDataTypes.Text));
}

/// <summary>Leads by a field of their own, which may hold any text.</summary>
public sealed class LeadByOtherFieldTests : LeadTests
{
    private protected override LeadTarget LeadTarget { get; } = new("customerNumber", WriteMode.Default) { DeletesPeople = true };

    protected override IReadOnlyList<string> KeyFields => ["customerNumber"];

    protected override FieldOrigin KeyOrigin => "Key";

    protected override IReadOnlyList<string> OddKeys => ["ü & <c>"];

    protected override string Key(string name) => name;

    private protected override string StoredKey(RecordView record) => record[KeyFields[0]] ?? "";

    protected override void Define(MarketoEmulator marketo)
    {
        base.Define(marketo);
        marketo.DefineLeadField(new FieldDefinition("customerNumber", FieldDataTypes.String));
    }
}

/// <summary>Leads that are read before they are written.</summary>
public sealed class ComparedLeadTests : LeadTests
{
    private protected override LeadTarget LeadTarget { get; } =
        new(LeadTarget.Email, WriteMode.Default with { SkipsUnchanged = true }) { DeletesPeople = true };
}
