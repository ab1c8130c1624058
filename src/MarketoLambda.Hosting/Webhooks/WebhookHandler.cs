using System.Globalization;
using System.Text.Json;
using MarketoLambda.Hosting.Logs;
using MarketoLambda.Hosting.Requests;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Sync.Failures;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.State.Tables;
using Microsoft.Extensions.Logging;

namespace MarketoLambda.Hosting.Webhooks;

/// <summary>Answers web requests: asks for a run of a job, which then happens elsewhere, or shows its state.</summary>
/// <remarks>
/// Marketo calls a webhook once <em>per person</em>. All calls for a job in one minute are one request; the queue holds it back
/// until that minute is over, so the run sees what every one of these calls was about.
/// </remarks>
public sealed class WebhookHandler(
    WebhookSecrets secrets,
    JobNames jobs,
    IRunRequests requests,
    StateStore states,
    TimeProvider time,
    ILogger<WebhookHandler> logger)
{
    /// <summary>The body is not read, so nobody needs a larger one.</summary>
    public const int MaxBodyBytes = 16 * 1024;

    /// <summary>Answers the call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="remaining">Time until the answer must be there.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<WebhookAnswer> AnswerAsync(WebhookCall call, TimeSpan remaining, CancellationToken cancellationToken)
    {
        if (!secrets.Accepts(call.Secret))
        {
            return Refused(401, problem: null); // first of all, and without a word: strangers learn nothing, not even which jobs there are
        }

        if (call.BodyBytes > MaxBodyBytes)
        {
            return Refused(413, $"The body has more than {MaxBodyBytes} bytes; it is not read anyway, so leave it empty.");
        }

        if (jobs.Find(call.ApiName ?? "") is not { } job)
        {
            return Refused(404, "There is no job of that name.");
        }

        return call.IsRead ? await ShowStateAsync(job, remaining, cancellationToken) : await AskForRunAsync(job, cancellationToken);
    }

    private async Task<WebhookAnswer> AskForRunAsync(string job, CancellationToken cancellationToken)
    {
        var minute = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);
        await requests.SendAsync(new RunRequest(job, RunTrigger.Webhook, minute), cancellationToken);
        logger.WebhookAccepted(job, minute);
        return new WebhookAnswer(202, JsonSerializer.Serialize(new RunAccepted(job, "queued", minute), WebhookJson.Default.RunAccepted));
    }

    private async Task<WebhookAnswer> ShowStateAsync(string job, TimeSpan remaining, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeUp = new(remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeUp.Token, cancellationToken);
        try
        {
            return await states.FindAsync(job, either.Token) is { } state
                ? new WebhookAnswer(200, JsonSerializer.Serialize(Shown(job, state), WebhookJson.Default.JobState))
                : Refused(404, "The job has no state record yet: run \"marketo-lambda init\" once.");
        }
        catch (Exception failure)
            when (failure is MarketoException or StateException
                || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            logger.StateNotShown(
                job,
                failure is OperationCanceledException ? "Marketo did not answer in time." : FailureText.From(failure));
            return Refused(503, "The state cannot be read from Marketo right now.");
        }
    }

    private WebhookAnswer Refused(int status, string? problem)
    {
        logger.WebhookRefused(status);
        return new WebhookAnswer(
            status,
            problem is null ? null : JsonSerializer.Serialize(new WebhookProblem(problem), WebhookJson.Default.WebhookProblem));
    }

    private static JobState Shown(string job, StateRecord state) => new(
        job,
        state.Checkpoint.Mark,
        state.Checkpoint.LastFileName,
        state.Checkpoint.LastFileRecords,
        state.EpochStartedAt,
        state.TotalRecordsInEpoch,
        state.LastRun?.Number ?? 0,
        state.LastRun?.Outcome,
        state.LastRun?.StartedAt,
        state.LastRun?.EndedAt,
        state.LastRun?.Records,
        state.LastRun?.Rejects,
        state.LastRun?.Error,
        state.Notices is { Length: > 0 } notices ? notices : null,
        state.Rejects?.Open,
        state.Rejects?.Waiting);
}
