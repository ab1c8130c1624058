using System.Globalization;
using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Leads;
using MarketoLambda.Marketo.Pipeline;
using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Marketo.Lists;

/// <summary>Puts leads into static lists, and takes them out.</summary>
/// <remarks>
/// Failures of a whole call are <see cref="MarketoException"/>s; a refused lead is a result with <see cref="RecordStatus.Skipped"/>.
/// Answers number nobody: they belong to the leads by their order. Safe to use from several threads. Source: Adobe,
/// rest-api/list-membership.
/// </remarks>
public sealed class StaticListsClient
{
    /// <summary>How long Marketo works on a call at most; Adobe gives no other time than the usual one.</summary>
    public static readonly TimeSpan MaxSync = TimeSpan.FromSeconds(30);

    private static readonly CallKind Sync = CallKind.Sync with { MarketoLimit = MaxSync };
    private static readonly CallKind Delete = CallKind.Delete with { MarketoLimit = MaxSync };

    private readonly IStaticListsApi _api;
    private readonly CallPipeline _pipeline;
    private readonly RecordCalls _calls;

    internal StaticListsClient(IStaticListsApi api, CallPipeline pipeline, RecordCalls calls)
    {
        _api = api;
        _pipeline = pipeline;
        _calls = calls;
    }

    /// <summary>The list's name; null when Marketo does not know it.</summary>
    public async Task<string?> FindNameAsync(long list, CancellationToken cancellationToken)
    {
        return await Absent.AsNullAsync(async () =>
        {
            var answer = await _pipeline.SendAsync<DescribedList>(
                CallKind.Describe,
                (token, giveUp) => _api.FindAsync(list, token, giveUp),
                found => found.IsWhole,
                cancellationToken);
            return answer.Elements.FirstOrDefault() is { } found ? found.Name ?? "" : null;
        });
    }

    /// <summary>Puts up to 300 leads into a list; one result for each, in their order.</summary>
    public Task<IReadOnlyList<RecordResult>> AddAsync(
        long list,
        IReadOnlyList<string> leadIds,
        CallPurpose purpose,
        CancellationToken cancellationToken)
    {
        LeadIdsRequest body = new([.. Numbers(leadIds).Select(id => new LeadId(id))]);
        return _calls.WriteAsync(
            Sync,
            (token, giveUp) => _api.AddAsync(list, body, token, giveUp),
            leadIds.Count,
            AnswerNumbering.ByOrder,
            purpose,
            cancellationToken);
    }

    /// <summary>Takes up to 300 leads out of a list; one result for each, in their order.</summary>
    public Task<IReadOnlyList<RecordResult>> RemoveAsync(
        long list,
        IReadOnlyList<string> leadIds,
        CallPurpose purpose,
        CancellationToken cancellationToken)
    {
        long[] ids = [.. Numbers(leadIds)];
        return _calls.WriteAsync(
            Delete,
            (token, giveUp) => _api.RemoveAsync(list, ids, token, giveUp),
            leadIds.Count,
            AnswerNumbering.ByOrder,
            purpose,
            cancellationToken);
    }

    /// <summary>Those of up to 300 leads that are in a list.</summary>
    public async Task<IReadOnlySet<string>> FindMembersAsync(
        long list,
        IReadOnlyList<string> leadIds,
        CancellationToken cancellationToken)
    {
        long[] ids = [.. Numbers(leadIds)];
        var answer = await _pipeline.SendAsync<ListedLead>(
            CallKind.Query,
            (token, giveUp) => _api.AreMembersAsync(list, ids, token, giveUp),
            found => found.IsWhole,
            cancellationToken);
        return answer.Elements.Where(lead => lead.Status == "memberof").Select(lead => lead.Id).OfType<string>().ToHashSet();
    }

    private static IEnumerable<long> Numbers(IReadOnlyList<string> ids) => ids.Select(id => long.Parse(id, CultureInfo.InvariantCulture));
}
