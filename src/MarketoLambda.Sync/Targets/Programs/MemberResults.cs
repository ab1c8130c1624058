using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Targets.Leads;

namespace MarketoLambda.Sync.Targets.Programs;

/// <summary>One result for each record, put together of what several calls answer.</summary>
internal sealed class MemberResults(IReadOnlyList<ResolvedLead> people)
{
    private readonly RecordResult?[] _results =
    [
        .. people.Select((person, position) => person.WhyNot is { } reason
            ? new RecordResult(position, RecordStatus.Skipped, null, [reason])
            : null),
    ];

    /// <summary>Nothing has been refused of it so far.</summary>
    public bool IsMember(MemberRecord member) => _results[member.Position] is not { Status: RecordStatus.Skipped };

    /// <summary>Who has the status already, or a later one, is as the record wants.</summary>
    public void AddStatus(IReadOnlyList<MemberRecord> members, IReadOnlyList<RecordResult> results)
    {
        foreach (var (member, result) in members.Zip(results))
        {
            _results[member.Position] = MeansNoChange(result)
                ? new RecordResult(member.Position, RecordStatus.Unchanged, member.LeadId, [])
                : Placed(result, member.Position, member.LeadId);
        }
    }

    /// <summary>A member that was created counts as created, whatever else was written of it.</summary>
    public void AddFields(IReadOnlyList<MemberRecord> members, IReadOnlyList<RecordResult> results)
    {
        foreach (var (member, result) in members.Zip(results))
        {
            if (result.Status == RecordStatus.Skipped || _results[member.Position] is not { Status: RecordStatus.Created })
            {
                _results[member.Position] = Placed(result, member.Position, member.LeadId);
            }
        }
    }

    /// <summary>Who is no member is gone already.</summary>
    public void AddDeletions(IReadOnlyList<int> positions, IReadOnlyList<RecordResult> results)
    {
        foreach (var (position, result) in positions.Zip(results))
        {
            _results[position] = MeansNoChange(result)
                ? new RecordResult(position, RecordStatus.Skipped, null, [LeadMatches.NotFound])
                : Placed(result, position, people[position].Id);
        }
    }

    /// <summary>A record that says nothing but who it is changes nothing.</summary>
    public IReadOnlyList<RecordResult> All() =>
        [.. _results.Select((result, position) => result ?? new RecordResult(position, RecordStatus.Unchanged, people[position].Id, []))];

    private static RecordResult Placed(RecordResult result, int position, string? leadId) =>
        result with { Position = position, Id = result.Status == RecordStatus.Skipped ? null : leadId };

    private static bool MeansNoChange(RecordResult result) =>
        result.Status == RecordStatus.Skipped
        && result.Reasons.Count > 0
        && result.Reasons.All(reason => MarketoErrorCatalog.Find(reason.Code).MeansNoChange);
}
