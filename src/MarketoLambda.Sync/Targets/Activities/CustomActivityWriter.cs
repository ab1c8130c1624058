using MarketoLambda.Marketo;
using MarketoLambda.Marketo.Activities;
using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.State.Sent;
using MarketoLambda.Sync.Targets.Leads;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sync.Targets.Activities;

/// <summary>Adds custom activities: finds the people, and sends what they did.</summary>
internal sealed class CustomActivityWriter(CustomActivityTarget target, MarketoClient marketo, SentTable? sent) : ITargetWriter
{
    private static readonly MarketoReason NotDeleted = new("not-deletable", "Marketo cannot delete activities");

    private static readonly EncodedRecord Nothing = new(
        """{"leadId":0,"activityTypeId":0,"activityDate":"2000-01-01T00:00:00Z","primaryAttributeValue":"","attributes":[]}"""u8.ToArray());

    private readonly LeadResolver _people = new(marketo.Leads, target.LookupField);
    private readonly SendOnce? _once = sent is null ? null : new SendOnce(sent, marketo.Time);
    private ActivityType? _type;

    public ITarget Target => target;

    public async Task<RecordTypeDescription?> DescribeAsync(CancellationToken cancellationToken) =>
        await FindTypeAsync(cancellationToken) is { } type
            ? new RecordTypeDescription(
                type.ApiName,
                type.DisplayName,
                [CustomActivityTarget.KeyField],
                [
                    new RecordField(CustomActivityTarget.KeyField, "Activity Key", "string", Length: null, IsUpdateable: true),
                    PersonSettings.KeyField(target.LookupField) with { IsRequired = true },
                    new RecordField(CustomActivityTarget.DateField, "Activity Date", "datetime", Length: null, IsUpdateable: true)
                    {
                        IsRequired = true,
                    },
                    type.PrimaryAttribute with { IsRequired = true },
                    .. type.Attributes,
                ])
            : null;

    public async Task<string> DescribeOthersAsync(CancellationToken cancellationToken)
    {
        var types = await marketo.Activities.ListTypesAsync(cancellationToken);
        return NearName.Instead(target.Type, types.Select(type => type.ApiName), "custom activities");
    }

    /// <summary>An activity of no type, of a person that nobody is.</summary>
    public Task TryWritingAsync(CancellationToken cancellationToken) =>
        marketo.Activities.AddOnceAsync([Nothing], CallPurpose.State, () => { }, cancellationToken);

    public async Task<IReadOnlyList<RecordResult>> UpsertAsync(
        IReadOnlyList<EncodedRecord> records,
        CallPurpose purpose,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(records.Count, target.Limits.Records);
        var type = await FindTypeAsync(cancellationToken)
            ?? throw await this.MissingAsync(cancellationToken);
        var people = await _people.ResolveAsync(records, cancellationToken);
        List<Known> known =
        [
            .. people.Select((person, position) => person.Id is { } id
                ? new Known(position, KeyOf(records[position]), ActivityRecord.Encode(records[position], type, id, target.LookupField))
                : null).OfType<Known>(),
        ];
        var results = ResolvedLead.Unanswered(people);
        foreach (var (activity, result) in known.Zip(await AddAsync(known, purpose, cancellationToken)))
        {
            results[activity.Position] = result with { Position = activity.Position };
        }

        return results;
    }

    public Task AllowAgainAsync(IReadOnlyList<EncodedRecord> records, CancellationToken cancellationToken) =>
        _once?.AllowAgainAsync([.. records.Select(KeyOf)], cancellationToken) ?? Task.CompletedTask;

    public Task<IReadOnlyList<RecordResult>> DeleteAsync(
        IReadOnlyList<EncodedRecord> records,
        CallPurpose purpose,
        CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RecordResult>>(
            [.. records.Select((_, position) => new RecordResult(position, RecordStatus.Skipped, null, [NotDeleted]))]);

    /// <summary>None: activities have no key to ask for.</summary>
    public Task<IReadOnlyList<MarketoRecord>> ReadAsync(
        IReadOnlyList<string> keyFields,
        IReadOnlyList<IReadOnlyList<string>> keys,
        IReadOnlyList<string> fields,
        CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<MarketoRecord>>([]);

    private static string KeyOf(EncodedRecord record) => LeadMatches.KeyOf(record, CustomActivityTarget.KeyField);

    private async Task<IReadOnlyList<RecordResult>> AddAsync(
        IReadOnlyList<Known> known,
        CallPurpose purpose,
        CancellationToken cancellationToken)
    {
        if (known.Count == 0)
        {
            return [];
        }

        return _once is null
            ? await marketo.Activities.AddAsync([.. known.Select(activity => activity.Json)], purpose, cancellationToken)
            : await _once.SendAsync(
                [.. known.Select(activity => activity.Key)],
                (places, begin, giveUp) =>
                    marketo.Activities.AddOnceAsync([.. places.Select(place => known[place].Json)], purpose, begin, giveUp),
                cancellationToken);
    }

    private async Task<ActivityType?> FindTypeAsync(CancellationToken cancellationToken) =>
        _type ??= (await marketo.Activities.ListTypesAsync(cancellationToken)).FirstOrDefault(type =>
            type.ApiName.Equals(target.Type, StringComparison.OrdinalIgnoreCase));

    /// <summary>An activity whose person is known.</summary>
    private sealed record Known(int Position, string Key, EncodedRecord Json);
}
