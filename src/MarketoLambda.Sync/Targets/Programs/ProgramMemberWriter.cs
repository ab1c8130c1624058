using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Leads;
using MarketoLambda.Marketo.Programs;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Targets.Leads;

namespace MarketoLambda.Sync.Targets.Programs;

/// <summary>
/// Works with members of a program: finds the people, gives them their status, and then writes what else is said of them.
/// </summary>
internal sealed class ProgramMemberWriter(ProgramMemberTarget target, ProgramMembersClient members, LeadsClient leads) : ITargetWriter
{
    private readonly LeadResolver _people = new(leads, target.LookupField);

    public ITarget Target => target;

    public async Task<RecordTypeDescription?> DescribeAsync(CancellationToken cancellationToken)
    {
        if (!await ProgramFitsAsync(cancellationToken))
        {
            return null;
        }

        return await members.DescribeAsync(cancellationToken) is { } description
            ? MemberFields.Complete(description, target.LookupField)
            : null;
    }

    /// <summary>No person has this id.</summary>
    public Task TryWritingAsync(CancellationToken cancellationToken) =>
        members.DeleteAsync(target.Program, ["0"], CallPurpose.State, cancellationToken);

    public async Task<IReadOnlyList<RecordResult>> UpsertAsync(
        IReadOnlyList<EncodedRecord> records,
        CallPurpose purpose,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(records.Count, target.Limits.Records);
        var people = await _people.ResolveAsync(records, cancellationToken);
        List<MemberRecord> found =
        [
            .. people.Select((person, position) => person.Id is { } id
                ? MemberRecord.Read(position, id, records[position], target)
                : null).OfType<MemberRecord>(),
        ];
        MemberResults results = new(people);
        foreach (var group in found.Where(member => member.Status is not null).GroupBy(member => member.Status ?? ""))
        {
            List<string> ids = [.. group.Select(member => member.LeadId)];
            results.AddStatus(
                [.. group],
                await members.SetStatusAsync(target.Program, group.Key, ids, purpose, cancellationToken));
        }

        var withFields = found.Where(member => member.HasFields && results.IsMember(member)).ToList();
        if (withFields.Count > 0)
        {
            results.AddFields(
                withFields,
                await members.UpdateAsync(target.Program, [.. withFields.Select(member => member.Json)], purpose, cancellationToken));
        }

        return results.All();
    }

    public async Task<IReadOnlyList<RecordResult>> DeleteAsync(
        IReadOnlyList<EncodedRecord> records,
        CallPurpose purpose,
        CancellationToken cancellationToken)
    {
        var people = await _people.ResolveAsync(records, cancellationToken);
        MemberResults results = new(people);
        var found = people.Index().Where(person => person.Item.Id is not null).ToList();
        results.AddDeletions(
            [.. found.Select(person => person.Index)],
            await members.DeleteAsync(target.Program, [.. found.Select(person => person.Item.Id ?? "")], purpose, cancellationToken));
        return results.All();
    }

    public async Task<IReadOnlyList<MarketoRecord>> ReadAsync(
        IReadOnlyList<string> keyFields,
        IReadOnlyList<IReadOnlyList<string>> keys,
        IReadOnlyList<string> fields,
        CancellationToken cancellationToken)
    {
        var people = await _people.ResolveAsync(keys.Select(key => key[0]).ToList(), cancellationToken);
        var keyOf = keys.Zip(people)
            .Where(pair => pair.Second.Id is not null)
            .ToLookup(pair => pair.Second.Id ?? "", pair => pair.First[0], StringComparer.Ordinal);
        var found = await members.QueryAsync(
            target.Program,
            [.. keyOf.Select(person => person.Key)],
            [.. fields.Except(keyFields, StringComparer.OrdinalIgnoreCase)],
            cancellationToken);
        return [.. found.Select(member => KeyedRecord.WithKey(member, keyFields[0], keyOf[member.Id].FirstOrDefault() ?? member.Id))];
    }

    /// <summary>False where there is no such program.</summary>
    /// <exception cref="JobMismatchException">It has no such status.</exception>
    private async Task<bool> ProgramFitsAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await members.FindAsync(target.Program, cancellationToken) is not { } program)
            {
                return false;
            }

            if (target.Status is { } status && program.Statuses is { Count: > 0 } known && !known.Contains(status, StringComparer.Ordinal))
            {
                throw new JobMismatchException(
                    $"The program {target.Program} has no status \"{status}\"; its channel has {string.Join(", ", known)}. Correct "
                        + "\"status\" in the job's target");
            }
        }
        catch (MarketoAuthorizationException)
        {
            // Reading programs needs a permission that writing members does not: the first write tells the same.
        }

        return true;
    }
}
