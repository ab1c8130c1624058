using System.Globalization;
using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Pipeline;
using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Marketo.Programs;

/// <summary>Reads programs, and writes who is a member of one and with which status.</summary>
/// <remarks>
/// Members are named by their lead's id. Failures of a whole call are <see cref="MarketoException"/>s; a refused member is a result with
/// <see cref="RecordStatus.Skipped"/>. Safe to use from several threads. Source: Adobe, rest-api/program-members.
/// </remarks>
public sealed class ProgramMembersClient
{
    /// <summary>Name of the field that holds a member's lead.</summary>
    public const string LeadIdField = "leadId";

    /// <summary>How long Marketo works on a call at most; Adobe gives no other time than the usual one.</summary>
    public static readonly TimeSpan MaxSync = TimeSpan.FromSeconds(30);

    private static readonly CallKind Sync = CallKind.Sync with { MarketoLimit = MaxSync };

    private readonly IProgramsApi _api;
    private readonly CallPipeline _pipeline;
    private readonly RecordCalls _calls;

    internal ProgramMembersClient(IProgramsApi api, CallPipeline pipeline, RecordCalls calls)
    {
        _api = api;
        _pipeline = pipeline;
        _calls = calls;
    }

    /// <summary>The program; null when Marketo does not know it.</summary>
    public async Task<MarketoProgram?> FindAsync(long id, CancellationToken cancellationToken)
    {
        // Where nothing is found the asset API answers with success and a warning in place of a result
        var programs = await _pipeline.SendAsync<DescribedProgram>(
            CallKind.Describe,
            (token, giveUp) => _api.FindAsync(id, token, giveUp),
            _ => true,
            cancellationToken);
        if (programs.Elements.FirstOrDefault() is not { } program)
        {
            return null;
        }

        var channels = program.Channel is not { } channel
            ? null
            : await _pipeline.SendAsync<DescribedChannel>(
                CallKind.Describe,
                (token, giveUp) => _api.FindChannelAsync(channel, token, giveUp),
                _ => true,
                cancellationToken);
        var statuses = channels?.Elements.FirstOrDefault()?.ProgressionStatuses ?? [];
        return new MarketoProgram(program.Name ?? "", [.. statuses.Select(status => status?.Name).OfType<string>()]);
    }

    /// <summary>Names and fields of members; null when Marketo does not know them.</summary>
    public async Task<RecordTypeDescription?> DescribeAsync(CancellationToken cancellationToken)
    {
        return await Absent.AsNullAsync(async () =>
        {
            var answer = await _pipeline.SendAsync<DescribedRecordType>(
                CallKind.Describe,
                (token, giveUp) => _api.DescribeMembersAsync(token, giveUp),
                described => described.IsWhole,
                cancellationToken);
            return answer.Elements.FirstOrDefault()?.ToDescription("programMember");
        });
    }

    /// <summary>Makes up to 300 leads members, or moves them on; one result for each, in their order.</summary>
    /// <param name="program">Its id.</param>
    /// <param name="status">Name of the status; nobody moves back to an earlier one.</param>
    /// <param name="leadIds">Whom.</param>
    /// <param name="purpose">Decides about quota and retries.</param>
    /// <param name="cancellationToken">Gives up; Marketo may execute the call nevertheless.</param>
    public Task<IReadOnlyList<RecordResult>> SetStatusAsync(
        long program,
        string status,
        IReadOnlyList<string> leadIds,
        CallPurpose purpose,
        CancellationToken cancellationToken)
    {
        MemberStatusRequest body = new(status, Members(leadIds));
        return WriteAsync((token, giveUp) => _api.SetStatusAsync(program, body, token, giveUp), leadIds.Count, purpose, cancellationToken);
    }

    /// <summary>Writes fields of up to 300 members; one result for each, in their order.</summary>
    /// <param name="program">Its id.</param>
    /// <param name="members">Each with its <see cref="LeadIdField"/>.</param>
    /// <param name="purpose">Decides about quota and retries.</param>
    /// <param name="cancellationToken">Gives up; Marketo may execute the call nevertheless.</param>
    public Task<IReadOnlyList<RecordResult>> UpdateAsync(
        long program,
        IReadOnlyList<EncodedRecord> members,
        CallPurpose purpose,
        CancellationToken cancellationToken)
    {
        MembersRequest body = new(members);
        return WriteAsync((token, giveUp) => _api.UpdateAsync(program, body, token, giveUp), members.Count, purpose, cancellationToken);
    }

    /// <summary>Takes up to 300 leads out of a program; one result for each, in their order.</summary>
    /// <inheritdoc cref="SetStatusAsync"/>
    public Task<IReadOnlyList<RecordResult>> DeleteAsync(
        long program,
        IReadOnlyList<string> leadIds,
        CallPurpose purpose,
        CancellationToken cancellationToken)
    {
        MemberIdsRequest body = new(Members(leadIds));
        return WriteAsync((token, giveUp) => _api.DeleteAsync(program, body, token, giveUp), leadIds.Count, purpose, cancellationToken);
    }

    /// <summary>Members that are these leads, in no particular order.</summary>
    /// <param name="program">Its id.</param>
    /// <param name="leadIds">Any number; asked for 300 at a time.</param>
    /// <param name="fields">Fields to read besides <see cref="LeadIdField"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<MarketoRecord>> QueryAsync(
        long program,
        IReadOnlyList<string> leadIds,
        IReadOnlyList<string> fields,
        CancellationToken cancellationToken) =>
        _calls.QueryAsync(
            new RecordEndpoint(string.Create(CultureInfo.InvariantCulture, $"programs/{program}/members"), "programMember", LeadIdField),
            LeadIdField,
            leadIds,
            [LeadIdField, .. fields],
            cancellationToken);

    private static MemberId[] Members(IReadOnlyList<string> leadIds) =>
        [.. leadIds.Select(id => new MemberId(long.Parse(id, CultureInfo.InvariantCulture)))];

    private Task<IReadOnlyList<RecordResult>> WriteAsync(
        Request<WrittenRecord> request,
        int count,
        CallPurpose purpose,
        CancellationToken cancellationToken) =>
        _calls.WriteAsync(Sync, request, count, AnswerNumbering.BySeq, purpose, cancellationToken);
}
