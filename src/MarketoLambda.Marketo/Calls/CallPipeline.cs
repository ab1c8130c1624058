using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Identity;
using MarketoLambda.Marketo.Wire;
using Microsoft.Extensions.Logging;
using Refit;

namespace MarketoLambda.Marketo.Calls;

/// <summary>Sends one request with that access token.</summary>
internal delegate Task<ApiResponse<MarketoResponse<T>>> Request<T>(string accessToken, CancellationToken cancellationToken);

/// <summary>The way every counted call takes: a slot, a place in the rate window, a token, the call, and the error table's verdict.</summary>
/// <remarks>
/// The slot is held over all tries and pauses of a call, so that trouble slows the program down instead of piling up calls.
/// </remarks>
internal sealed class CallPipeline(
    InFlightSlots slots, RateWindow window, AccessTokens tokens, RetryPolicy retries, LingeringWrites lingering, MarketoCallCounter counter, TimeProvider time, ILogger<CallPipeline> logger)
{
    /// <summary>Renewals in one call; more than one only where the renewed token reached its end meanwhile.</summary>
    private const int MaxRenewals = 3;

    /// <param name="kind">Decides about time-out and hold-off.</param>
    /// <param name="request">Sends it; called once per try.</param>
    /// <param name="fits">False when an answer that says success cannot belong to the request: an ambiguous fault.</param>
    /// <param name="cancellationToken">Gives the call up; Marketo may execute it nevertheless.</param>
    public async Task<MarketoResponse<T>> SendAsync<T>(CallKind kind, Request<T> request, Predicate<MarketoResponse<T>> fits, CancellationToken cancellationToken)
    {
        await slots.EnterAsync(cancellationToken);
        try
        {
            return await RepeatAsync(kind, request, fits, cancellationToken);
        }
        catch (OperationCanceledException) when (kind.IsWrite)
        {
            lingering.Note(time.GetUtcNow() + kind.MarketoLimit);
            throw;
        }
        catch (MarketoUnavailableException failure) when (failure.MayRunUntil is not null)
        {
            lingering.Note(failure.MayRunUntil.Value);
            throw;
        }
        finally
        {
            slots.Leave();
        }
    }

    private async Task<MarketoResponse<T>> RepeatAsync<T>(CallKind kind, Request<T> request, Predicate<MarketoResponse<T>> fits, CancellationToken cancellationToken)
    {
        var mayHaveBeenExecuted = false;
        var renewals = 0;
        for (var tries = 1; ; tries++)
        {
            var attempt = await TryAsync(kind, request, fits, cancellationToken);
            if (attempt.Fault is not { } fault)
            {
                return attempt.Answer!;
            }

            if (fault.Error.Disposition == Disposition.RenewToken && (renewals == 0 || attempt.TokenEnded) && renewals < MaxRenewals)
            {
                renewals++;
                tries--;
                continue;
            }

            mayHaveBeenExecuted |= kind.IsWrite && fault.Error.Disposition == Disposition.Ambiguous;
            if (retries.DelayAfter(fault, kind, tries, time.GetElapsedTime(attempt.SentAt)) is not { } delay)
            {
                throw fault.ToException(kind, mayHaveBeenExecuted, time.GetElapsedTime(attempt.SentAt), time.GetUtcNow());
            }

            if (fault.Error.IsRateLimit)
            {
                window.Close(delay);
            }

            logger.TryFailed(kind.Name, fault.Label, tries + 1, RetryPolicy.MaxTries, delay.TotalSeconds);
            await time.PauseAsync(delay, cancellationToken);
        }
    }

    private async Task<Attempt<T>> TryAsync<T>(CallKind kind, Request<T> request, Predicate<MarketoResponse<T>> fits, CancellationToken cancellationToken)
    {
        await window.EnterAsync(cancellationToken);
        try
        {
            var token = await tokens.GetAsync(cancellationToken);
            var sentAt = time.GetTimestamp();
            var (answer, fault) = await SendOnceAsync(kind, request, token, cancellationToken);
            if (fault is null && !fits(answer!))
            {
                fault = FaultReader.Unreadable(answer!.RequestId);
            }

            if (fault is null or { Error.IsCounted: true })
            {
                counter.Count();
            }

            if (fault?.Error.Disposition == Disposition.RenewToken)
            {
                tokens.Refuse(token);
            }

            return new Attempt<T>(answer, fault, sentAt, TokenEnded: token.ExpiresAt <= time.GetUtcNow());
        }
        finally
        {
            window.Leave();
        }
    }

    private async Task<(MarketoResponse<T>? Answer, Fault? Fault)> SendOnceAsync<T>(CallKind kind, Request<T> request, AccessToken token, CancellationToken cancellationToken)
    {
        using var timeOut = new CancellationTokenSource(kind.TimeOut, time);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeOut.Token);
        try
        {
            using var response = await request(token.Value, giveUp.Token);
            return (response.Content, FaultReader.Read(response));
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException or ApiExceptionBase)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                counter.Count();
                throw new OperationCanceledException(cancellationToken);
            }

            return (null, e is OperationCanceledException ? Fault.Without(MarketoErrorCatalog.TimedOut) : FaultReader.Of(e));
        }
    }

    private sealed record Attempt<T>(MarketoResponse<T>? Answer, Fault? Fault, long SentAt, bool TokenEnded);
}
