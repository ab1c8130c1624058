using MarketoLambda.Marketo.Leads;
using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Sync.Targets.Leads;

/// <summary>Finds the ids of people by one of their fields, and remembers them within a run.</summary>
/// <param name="leads">Asks Marketo, with one call for 300.</param>
/// <param name="lookupField">The field; where it is Marketo's own id, nobody is asked.</param>
internal sealed class LeadResolver(LeadsClient leads, string lookupField)
{
    private readonly LeadMatches _matches = new(leads, lookupField);
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Of each record the id of the person whom it names, or why there is none.</summary>
    public Task<IReadOnlyList<ResolvedLead>> ResolveAsync(IReadOnlyList<EncodedRecord> records, CancellationToken cancellationToken) =>
        ResolveAsync(records.Select(record => LeadMatches.KeyOf(record, lookupField)).ToList(), cancellationToken);

    /// <summary>Of each key the person's id, or why there is none.</summary>
    public async Task<IReadOnlyList<ResolvedLead>> ResolveAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        if (IsId(lookupField))
        {
            return [.. keys.Select(key => new ResolvedLead(key, WhyNot: null))];
        }

        var unknown = keys.Where(key => Recall(key) is null).ToList();
        var found = unknown.Count == 0 ? null : await _matches.FindAsync(unknown, cancellationToken);
        return [.. keys.Select(key => Recall(key) is { } id ? new ResolvedLead(id, WhyNot: null) : Judge(key, found))];
    }

    /// <summary>Whether a field holds Marketo's own id of a lead.</summary>
    public static bool IsId(string field) =>
        field.Equals(LeadsClient.IdField, StringComparison.OrdinalIgnoreCase) || field.Equals("leadId", StringComparison.OrdinalIgnoreCase);

    private ResolvedLead Judge(string key, ILookup<string, LeadMatch>? found)
    {
        var matches = found?[LeadMatches.Fold(key)].ToList() ?? [];
        if (matches is not [var match])
        {
            return new ResolvedLead(Id: null, matches.Count == 0 ? LeadMatches.NotFound : _matches.Several(matches));
        }

        lock (_lock)
        {
            _ids[LeadMatches.Fold(key)] = match.Id;
        }

        return new ResolvedLead(match.Id, WhyNot: null);
    }

    private string? Recall(string key)
    {
        lock (_lock)
        {
            return _ids.GetValueOrDefault(LeadMatches.Fold(key));
        }
    }
}

/// <summary>A person that a record names.</summary>
/// <param name="Id">Marketo's id; null where nobody is meant, or several are.</param>
/// <param name="WhyNot">Why there is no id; null where there is one.</param>
internal sealed record ResolvedLead(string? Id, MarketoReason? WhyNot)
{
    /// <summary>A result for each record before any is sent: refused, with the reason where it has no person.</summary>
    public static RecordResult[] Unanswered(IReadOnlyList<ResolvedLead> people) =>
        [
            .. people.Select((person, position) =>
                new RecordResult(position, RecordStatus.Skipped, null, person.WhyNot is { } reason ? [reason] : [])),
        ];
}
