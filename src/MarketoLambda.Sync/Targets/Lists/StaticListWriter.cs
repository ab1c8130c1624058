using System.Text.Json;
using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Leads;
using MarketoLambda.Marketo.Lists;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Targets.Leads;

namespace MarketoLambda.Sync.Targets.Lists;

/// <summary>Works with members of a static list: finds the people, and puts them in or takes them out.</summary>
internal sealed class StaticListWriter(StaticListTarget target, StaticListsClient lists, LeadsClient leads) : ITargetWriter
{
    private static readonly JsonElement IsMember = JsonDocument.Parse("true").RootElement;

    private readonly LeadResolver _people = new(leads, target.LookupField);

    public ITarget Target => target;

    public async Task<RecordTypeDescription?> DescribeAsync(CancellationToken cancellationToken) =>
        await lists.FindNameAsync(target.List, cancellationToken) is { } name
            ? new RecordTypeDescription(
                "staticList",
                name,
                [target.LookupField],
                [
                    PersonSettings.KeyField(target.LookupField),
                    new RecordField(StaticListTarget.MemberField, "Member", "boolean", Length: null, IsUpdateable: true),
                ])
            : null;

    /// <summary>No person has this id.</summary>
    public Task TryWritingAsync(CancellationToken cancellationToken) =>
        lists.RemoveAsync(target.List, ["0"], CallPurpose.State, cancellationToken);

    public async Task<IReadOnlyList<RecordResult>> UpsertAsync(
        IReadOnlyList<EncodedRecord> records,
        CallPurpose purpose,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(records.Count, target.Limits.Records);
        var people = await _people.ResolveAsync(records, cancellationToken);
        var results = ResolvedLead.Unanswered(people);
        var found = people.Index().Where(person => person.Item.Id is not null).ToLookup(person => IsWanted(records[person.Index]));
        await AnswerAsync(found[true], results, ids => lists.AddAsync(target.List, ids, purpose, cancellationToken));
        await AnswerAsync(found[false], results, ids => lists.RemoveAsync(target.List, ids, purpose, cancellationToken));
        return [.. results.Select(result => IsOut(result) && !IsWanted(records[result.Position]) ? Unchanged(result) : result)];
    }

    public async Task<IReadOnlyList<RecordResult>> DeleteAsync(
        IReadOnlyList<EncodedRecord> records,
        CallPurpose purpose,
        CancellationToken cancellationToken)
    {
        var people = await _people.ResolveAsync(records, cancellationToken);
        var results = ResolvedLead.Unanswered(people);
        await AnswerAsync(
            people.Index().Where(person => person.Item.Id is not null),
            results,
            ids => lists.RemoveAsync(target.List, ids, purpose, cancellationToken));
        return results;
    }

    public async Task<IReadOnlyList<MarketoRecord>> ReadAsync(
        IReadOnlyList<string> keyFields,
        IReadOnlyList<IReadOnlyList<string>> keys,
        IReadOnlyList<string> fields,
        CancellationToken cancellationToken)
    {
        var people = await _people.ResolveAsync(keys.Select(key => key[0]).ToList(), cancellationToken);
        var named = keys.Zip(people)
            .Where(pair => pair.Second.Id is not null)
            .Select(pair => (Id: pair.Second.Id ?? "", Key: pair.First[0]));
        List<MarketoRecord> members = [];
        foreach (var chunk in named.Chunk(target.Limits.Records))
        {
            var ids = await lists.FindMembersAsync(target.List, [.. chunk.Select(person => person.Id)], cancellationToken);
            members.AddRange(chunk.Where(person => ids.Contains(person.Id)).Select(person => Member(person.Id, keyFields[0], person.Key)));
        }

        return members;
    }

    private static MarketoRecord Member(string id, string keyField, string key) =>
        KeyedRecord.WithKey(
            new MarketoRecord(id, new Dictionary<string, JsonElement> { [StaticListTarget.MemberField] = IsMember }),
            keyField,
            key);

    private static async Task AnswerAsync(
        IEnumerable<(int Index, ResolvedLead Item)> people,
        RecordResult[] results,
        Func<IReadOnlyList<string>, Task<IReadOnlyList<RecordResult>>> write)
    {
        var all = people.ToList();
        var written = all.Count == 0 ? [] : await write([.. all.Select(person => person.Item.Id ?? "")]);
        foreach (var ((position, person), result) in all.Zip(written))
        {
            results[position] = result with { Position = position, Id = result.Status == RecordStatus.Skipped ? null : person.Id };
        }
    }

    private static bool IsWanted(EncodedRecord record)
    {
        using var json = JsonDocument.Parse(record.Json);
        return !json.RootElement.TryGetProperty(StaticListTarget.MemberField, out var value) || value.ValueKind != JsonValueKind.False;
    }

    /// <summary>The person exists and was not in the list.</summary>
    private static bool IsOut(RecordResult result) =>
        result is { Status: RecordStatus.Skipped, Reasons: [var reason] } && MarketoErrorCatalog.Find(reason.Code).MeansNoChange;

    private static RecordResult Unchanged(RecordResult result) => result with { Status = RecordStatus.Unchanged, Reasons = [] };
}
