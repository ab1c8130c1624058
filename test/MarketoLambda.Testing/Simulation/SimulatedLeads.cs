using System.Globalization;
using MarketoLambda.Emulator;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Targets;

namespace MarketoLambda.Testing.Simulation;

/// <summary>Leads by their e-mail address. A few addresses are those of two people from the start (1007).</summary>
/// <remarks>A row that custom objects would have refused (<see cref="RowKind.RefusedByMarketo"/>) has one of these addresses.</remarks>
/// <param name="filled">Leads by <c>email</c>.</param>
/// <param name="chosen">Which of two people a row is written to: the first, the second, or nobody where it is null.</param>
/// <param name="domain">What the addresses of this job end with; no other job's addresses do.</param>
/// <param name="ignoresCase">Whether Marketo takes addresses for one that differ in casing; as it does already when left out.</param>
public sealed class SimulatedLeads(ITarget filled, int? chosen, string domain, bool? ignoresCase = null) : SimulatedTarget
{
    private const int Doubled = 12;

    private readonly HashSet<long> _bystanders = [];
    private MarketoEmulator? _marketo;

    public override ITarget Filled => filled;

    public override string KeyField => "email";

    public override string VersionField => "priority";

    public override IReadOnlyList<FieldMapping> OtherFields => [];

    public override string ObjectName(string job) => "lead";

    public override void Define(MarketoEmulator marketo, string job)
    {
        _marketo = marketo;
        marketo.Options.Quirks.KeyValuesIgnoreCase = ignoresCase ?? marketo.Options.Quirks.KeyValuesIgnoreCase;
        for (var number = 0; number < Doubled; number++)
        {
            for (var person = 0; person < 2; person++)
            {
                var id = 1000 + marketo.Count("lead");
                marketo.Seed("lead", $$"""{"id":{{id}},"email":"{{Address($"twice-{number}")}}"}""");
                if (person != chosen)
                {
                    _bystanders.Add(id);
                }
            }
        }
    }

    public override ListSource.ListRow Shape(ListSource.ListRow row, int number) =>
        row.Key.Length == 0 || row.Key.Contains('@', StringComparison.Ordinal) ? row
        : row.Owner == SimulatedJob.MissingOwner ? row with { Key = Address($"twice-{row.Key[^1] % Doubled}") }
        : row with { Key = Address(row.Key) };

    public override bool Concerns(RecordView record) =>
        record.Key.EndsWith($"@{domain}", StringComparison.OrdinalIgnoreCase) && !_bystanders.Contains(record.Id ?? 0);

    /// <summary>The address as it was written last.</summary>
    public override string KeyIn(RecordView record) => record[KeyField] ?? "";

    public override string Fold(string key) =>
        _marketo?.Options.Quirks.KeyValuesIgnoreCase == true ? key.ToUpperInvariant() : key;

    /// <summary>Nobody is deleted, and those who only have the address of somebody else are left alone.</summary>
    public override IEnumerable<string> Judge(SimulatedWorld world, SimulatedJob job)
    {
        foreach (var write in world.Marketo.Journal.Where(write => write.Record.ObjectName == "lead"))
        {
            if (write.Kind == WriteKind.Deleted)
            {
                yield return $"{job.ApiName}: call {write.CallNumber} deleted the person {write.Record.Id}";
            }
            else if (write.CallNumber > 0 && _bystanders.Contains(write.Record.Id ?? 0))
            {
                yield return $"{job.ApiName}: call {write.CallNumber} changed the person {write.Record.Id}, who was not meant";
            }
        }
    }

    private string Address(string name) => string.Create(CultureInfo.InvariantCulture, $"{name}@{domain}");
}
