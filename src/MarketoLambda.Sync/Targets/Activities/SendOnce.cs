using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.State.Sent;

namespace MarketoLambda.Sync.Targets.Activities;

/// <summary>
/// Sends what must not be sent twice: noted before, marked after. What is noted and not marked may be in Marketo, and is not sent again.
/// </summary>
/// <param name="sent">The notes.</param>
/// <param name="time">The clock.</param>
internal sealed class SendOnce(SentTable sent, TimeProvider time)
{
    /// <summary>For taking back notes of what was not sent, when time is up: the end of a run must not wait for it.</summary>
    private static readonly TimeSpan MaxTakingBack = TimeSpan.FromSeconds(10);

    /// <param name="keys">What tells the records apart; none twice.</param>
    /// <param name="send">
    /// Sends those of these places, and calls the action before each try; a failure tells whether Marketo may have them.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>One result for each, in their order.</returns>
    public async Task<IReadOnlyList<RecordResult>> SendAsync(
        IReadOnlyList<string> keys,
        Func<IReadOnlyList<int>, Action, CancellationToken, Task<IReadOnlyList<RecordResult>>> send,
        CancellationToken cancellationToken)
    {
        var states = await sent.NoteAsync(keys, cancellationToken);
        int[] fresh = [.. states.Index().Where(state => state.Item == SentState.New).Select(state => state.Index)];
        var answers = fresh.Length == 0
            ? []
            : await SendNotedAsync([.. fresh.Select(place => keys[place])], fresh, send, cancellationToken);
        RecordResult[] results = [.. states.Select((state, place) => FromNote(state, place))];
        foreach (var (place, answer) in fresh.Zip(answers))
        {
            results[place] = answer with { Position = place };
        }

        return results;
    }

    /// <summary>Somebody has looked up that Marketo does not have them.</summary>
    public Task AllowAgainAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        sent.AllowAgainAsync(keys, cancellationToken);

    private async Task<IReadOnlyList<RecordResult>> SendNotedAsync(
        IReadOnlyList<string> keys,
        IReadOnlyList<int> places,
        Func<IReadOnlyList<int>, Action, CancellationToken, Task<IReadOnlyList<RecordResult>>> send,
        CancellationToken cancellationToken)
    {
        var isBegun = false;
        IReadOnlyList<RecordResult> answers;
        try
        {
            answers = await send(places, () => isBegun = true, cancellationToken);
        }
        catch (MarketoUnavailableException unclear) when (unclear.MayHaveBeenExecuted)
        {
            // Its parts must not be sent either, as they would be if a record might be to blame
            throw new MarketoUnavailableException(
                $"{unclear.Message}. Whether Marketo has the {keys.Count} activities of the call is not known: the next run tells them as "
                    + "rejects, and does not send them again",
                unclear.Code,
                unclear.RequestId,
                mayHaveBeenExecuted: true,
                unclear)
            {
                MayRunUntil = unclear.MayRunUntil,
            };
        }
        catch (MarketoException)
        {
            await sent.ForgetAsync(keys, cancellationToken);
            throw;
        }
        catch (OperationCanceledException) when (!isBegun)
        {
            await TakeBackAsync(keys);
            throw;
        }

        await AcknowledgeAsync(keys, answers, cancellationToken);
        return answers;
    }

    private async Task AcknowledgeAsync(
        IReadOnlyList<string> keys,
        IReadOnlyList<RecordResult> answers,
        CancellationToken cancellationToken)
    {
        var refused = answers.ToLookup(answer => answer.Status == RecordStatus.Skipped, answer => keys[answer.Position]);
        if (refused[false].Any())
        {
            await sent.MarkSentAsync([.. refused[false]], cancellationToken);
        }

        if (refused[true].Any())
        {
            await sent.ForgetAsync([.. refused[true]], cancellationToken);
        }
    }

    private async Task TakeBackAsync(IReadOnlyList<string> keys)
    {
        using CancellationTokenSource limit = new(MaxTakingBack, time);
        try
        {
            await sent.ForgetAsync(keys, limit.Token);
        }
        catch (Exception failure) when (failure is MarketoException or OperationCanceledException)
        {
            // They stay noted: the next run tells them as unknown.
        }
    }

    private static RecordResult FromNote(SentState state, int place) =>
        new(place, state == SentState.Sent ? RecordStatus.Unchanged : RecordStatus.Unknown, Id: null, []);
}
