using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Pipeline;
using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Marketo.Activities;

/// <summary>Adds custom activities to people.</summary>
/// <remarks>
/// An activity has no key, and nothing changes or deletes it: sent twice, it is there twice. Failures of a whole call are
/// <see cref="MarketoException"/>s; a refused activity is a result with <see cref="RecordStatus.Skipped"/>. Answers number nothing: they
/// belong to the activities by their order. Safe to use from several threads. Source: Adobe, rest-api/activities, "Custom Activities".
/// </remarks>
public sealed class ActivitiesClient
{
    /// <summary>How long Marketo works on a call at most.</summary>
    public static readonly TimeSpan MaxAdd = TimeSpan.FromSeconds(90);

    private static readonly CallKind Add = CallKind.Sync with { MarketoLimit = MaxAdd };
    private static readonly CallKind AddOnce = Add with { IsRepeatable = false };

    private readonly IActivitiesApi _api;
    private readonly CallPipeline _pipeline;
    private readonly RecordCalls _calls;

    internal ActivitiesClient(IActivitiesApi api, CallPipeline pipeline, RecordCalls calls)
    {
        _api = api;
        _pipeline = pipeline;
        _calls = calls;
    }

    /// <summary>The types of custom activities; up to 10.</summary>
    public async Task<IReadOnlyList<ActivityType>> ListTypesAsync(CancellationToken cancellationToken)
    {
        var answer = await _pipeline.SendAsync<DescribedActivityType>(
            CallKind.Describe,
            (token, giveUp) => _api.ListTypesAsync(token, giveUp),
            _ => true,
            cancellationToken);
        return [.. answer.Elements.Select(type => type.ToType()).OfType<ActivityType>()];
    }

    /// <summary>Adds up to 300 activities; one result for each, in their order.</summary>
    /// <remarks>Where a try gets no clear answer, it is repeated: activities may be there twice then.</remarks>
    /// <param name="activities">Each with all members that Adobe requires.</param>
    /// <param name="purpose">Decides about quota and retries.</param>
    /// <param name="cancellationToken">Gives up; Marketo may execute the call nevertheless.</param>
    public Task<IReadOnlyList<RecordResult>> AddAsync(
        IReadOnlyList<EncodedRecord> activities,
        CallPurpose purpose,
        CancellationToken cancellationToken) =>
        AddAsync(Add, activities, purpose, begin: null, cancellationToken);

    /// <summary>The same, but a try that gets no clear answer is the last one.</summary>
    /// <param name="begin">Called before each try: from then on Marketo may have the activities.</param>
    /// <exception cref="MarketoUnavailableException">
    /// With <see cref="MarketoUnavailableException.MayHaveBeenExecuted"/>: nobody knows whether Marketo has them.
    /// </exception>
    /// <inheritdoc cref="AddAsync(IReadOnlyList{EncodedRecord}, CallPurpose, CancellationToken)"/>
    public Task<IReadOnlyList<RecordResult>> AddOnceAsync(
        IReadOnlyList<EncodedRecord> activities,
        CallPurpose purpose,
        Action begin,
        CancellationToken cancellationToken) =>
        AddAsync(AddOnce, activities, purpose, begin, cancellationToken);

    private Task<IReadOnlyList<RecordResult>> AddAsync(
        CallKind kind,
        IReadOnlyList<EncodedRecord> activities,
        CallPurpose purpose,
        Action? begin,
        CancellationToken cancellationToken)
    {
        ActivitiesRequest body = new(activities);
        return _calls.WriteAsync(
            kind,
            (token, giveUp) =>
            {
                begin?.Invoke();
                return _api.AddAsync(body, token, giveUp);
            },
            activities.Count,
            AnswerNumbering.ByOrder,
            purpose,
            cancellationToken);
    }
}
