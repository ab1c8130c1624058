using System.Diagnostics.CodeAnalysis;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Leads;

/// <summary>What a query of leads looks for: some values of one field.</summary>
/// <param name="Field">Null: the id.</param>
/// <param name="Values">In the form they are stored in, each once.</param>
/// <param name="IgnoresCase">Whether <c>a</c> finds <c>A</c>.</param>
internal sealed record LeadFilter(FieldDefinition? Field, IReadOnlyList<string> Values, bool IgnoresCase)
{
    public static bool TryRead(
        LookupRequest request,
        ObjectSchema schema,
        EmulatorOptions options,
        [NotNullWhen(true)] out LeadFilter? filter,
        [NotNullWhen(false)] out Refusal? refusal)
    {
        filter = null;
        if (request.FilterType is not { } type)
        {
            refusal = Refusal.Invalid("filterType not specified");
            return false;
        }

        if (!LeadOrder.TryReadField(type, schema, options.Quirks, out var field, out refusal))
        {
            refusal = refusal.Code == "1006" ? Refusal.Invalid($"Invalid filterType '{type}'") : refusal;
            return false;
        }

        var values = request.FilterValues ?? [];
        refusal = values.Count == 0 ? Refusal.Invalid("filterValues not specified")
            : values.Count > options.MaxRecordsPerCall
                ? Refusal.Invalid($"The filter has {values.Count} values, {options.MaxRecordsPerCall} are allowed")
            : null;
        filter = refusal is null ? new LeadFilter(field, [.. values.Distinct()], options.Quirks.KeyValuesIgnoreCase) : null;
        return filter is not null;
    }

    /// <summary>Matching leads: in the order of the values, then of their creation.</summary>
    public IEnumerable<StoredRecord> Find(RecordTable leads) => Values.SelectMany(value =>
        Field is { } field ? leads.WithValue(field.Ordinal, value, IgnoresCase)
        : IdField.Number.Parse(value) is { } id && leads.TryGet(id, out var lead) ? [lead]
        : []);
}
