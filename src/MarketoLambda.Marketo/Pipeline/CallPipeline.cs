using System.Diagnostics;
using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Identity;
using MarketoLambda.Marketo.Limits;
using MarketoLambda.Marketo.Telemetry;
using MarketoLambda.Marketo.Wire;
using Microsoft.Extensions.Logging;
using Refit;

namespace MarketoLambda.Marketo.Pipeline;

/// <summary>Sends one request with that access token.</summary>
internal delegate Task<ApiResponse<MarketoResponse<T>>> Request<T>(string accessToken, CancellationToken cancellationToken);

/// <summary>
/// The way every counted call takes: a slot, a place in the rate window, a token, the call, and the error table's verdict.
/// </summary>
/// <remarks>
/// The slot is held over all tries and pauses of a call, so that trouble slows the program down instead of piling up calls;
/// except after a refusal for too many at once, which is no trouble of this call but of all that hold a slot.
/// </remarks>
internal sealed class CallPipeline(
    InFlightSlots slots,
    RateWindow window,
    CallTurns turns,
    AccessTokens tokens,
    RetryPolicy retries,
    RetryBudget budget,
    LingeringWrites lingering,
    MarketoCallCounter counter,
    TimeProvider time,
    ILogger<CallPipeline> logger)
{
    /// <summary>Renewals in one call; more than one only where the renewed token reached its end meanwhile.</summary>
    private const int MaxRenewals = 3;

    /// <summary>A call of the program's own records, or one that reads.</summary>
    /// <inheritdoc cref="SendAsync{T}(CallKind, CallPurpose, Request{T}, Predicate{MarketoResponse{T}}, CancellationToken)"/>
    public Task<MarketoResponse<T>> SendAsync<T>(
        CallKind kind,
        Request<T> request,
        Predicate<MarketoResponse<T>> fits,
        CancellationToken cancellationToken) => SendAsync(kind, CallPurpose.State, request, fits, cancellationToken);

    /// <param name="kind">Decides about time-out and hold-off.</param>
    /// <param name="purpose">Decides about retries.</param>
    /// <param name="request">Sends it; called once per try.</param>
    /// <param name="fits">False when an answer that says success cannot belong to the request: an ambiguous fault.</param>
    /// <param name="cancellationToken">Gives the call up; Marketo may execute it nevertheless.</param>
    public async Task<MarketoResponse<T>> SendAsync<T>(
        CallKind kind, CallPurpose purpose, Request<T> request, Predicate<MarketoResponse<T>> fits, CancellationToken cancellationToken)
    {
        using var activity = CallInstruments.StartCall(kind.Name);
        try
        {
            return await SendUntilAnsweredAsync(new CallContext(kind, purpose), request, fits, cancellationToken);
        }
        catch (OperationCanceledException canceled) when (kind.IsWrite && canceled is not CallNotSentException)
        {
            lingering.Note(time.GetUtcNow() + kind.MarketoLimit);
            throw;
        }
        catch (MarketoException failure)
            when (Marked(activity, failure) && failure is MarketoUnavailableException { MayRunUntil: not null })
        {
            lingering.Note(((MarketoUnavailableException)failure).MayRunUntil ?? time.GetUtcNow());
            throw;
        }
    }

    private async Task<MarketoResponse<T>> SendUntilAnsweredAsync<T>(
        CallContext context,
        Request<T> request,
        Predicate<MarketoResponse<T>> fits,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            TimeSpan pause;
            await WaitAsync(slots.EnterAsync(cancellationToken), WaitReason.InFlight);
            try
            {
                (var answer, pause) = await RepeatAsync(context, request, fits, cancellationToken);
                if (answer is not null)
                {
                    return answer;
                }
            }
            finally
            {
                slots.Leave();
            }

            await WaitAsync(time.PauseAsync(pause, cancellationToken), WaitReason.InFlight);
        }
    }

    private Task WaitAsync(Task waiting, WaitReason reason) =>
        waiting.IsCompletedSuccessfully ? waiting : Waits.WaitAsync(waiting, reason, time);

    /// <summary>True, so that it can be part of a filter.</summary>
    private static bool Marked(Activity? activity, MarketoException failure)
    {
        activity?.SetTag("error.type", failure.Code ?? failure.GetType().Name);
        activity?.SetStatus(ActivityStatusCode.Error);
        return true;
    }

    /// <summary>Tries until there is an answer, or nothing more to try, or the slot must be given back for a while.</summary>
    private async Task<(MarketoResponse<T>? Answer, TimeSpan Pause)> RepeatAsync<T>(
        CallContext context, Request<T> request, Predicate<MarketoResponse<T>> fits, CancellationToken cancellationToken)
    {
        while (true)
        {
            await turns.TakeAsync(context, cancellationToken);
            var attempt = await TryAsync(context.Kind, request, fits, cancellationToken);
            if (attempt.Answer is { } answer)
            {
                budget.Earn();
                return (answer, TimeSpan.Zero);
            }

            var fault = attempt.Fault ?? throw new UnreachableException();

            if (fault.Error.Disposition == Disposition.RenewToken && MayRenew(context.Renewals, attempt.TokenEnded))
            {
                context.Renewals++;
                continue;
            }

            if (DelayAfter(context, fault, attempt) is not { } delay)
            {
                throw fault.ToException(context, time.GetElapsedTime(attempt.SentAt), time.GetUtcNow());
            }

            if (fault.Error.Disposition != Disposition.Throttled)
            {
                await WaitAsync(time.PauseAsync(delay, cancellationToken), WaitReason.HoldOff);
            }
            else if (fault.Error.IsRateLimit)
            {
                window.Throttled(attempt.SentAt, delay);
                await turns.PauseAsync(context, delay, cancellationToken);
            }
            else
            {
                slots.Throttled(attempt.SentAt);
                return (null, delay);
            }
        }
    }

    private static bool MayRenew(int renewals, bool tokenEnded) => renewals == 0 || (tokenEnded && renewals < MaxRenewals);

    /// <summary>Null when there is no further try.</summary>
    private TimeSpan? DelayAfter<T>(CallContext context, Fault fault, Attempt<T> attempt)
    {
        if (fault.Error.Disposition == Disposition.Throttled)
        {
            context.Throttle();
            var pause = retries.DelayAfterRefusal(fault.Error, context.Refusals);
            logger.CallRefused(context.Kind.Name, fault.Label, context.Refusals, RetryPolicy.MaxRefusals);
            return pause;
        }

        context.Fail(fault);
        if (
            retries.DelayAfter(fault, context.Kind, context.Tries, time.GetElapsedTime(attempt.SentAt)) is not { } delay
            || !context.MayRepeat(fault))
        {
            return null;
        }

        context.IsOutOfBudget = !budget.TryTake(context.Purpose);
        if (context.IsOutOfBudget)
        {
            return null;
        }

        logger.TryFailed(
            context.Kind.Name,
            fault.Label,
            context.Tries + 1,
            RetryPolicy.MaxTriesOf(fault.Error, context.Kind),
            delay.TotalSeconds);
        return delay;
    }

    private async Task<Attempt<T>> TryAsync<T>(
        CallKind kind,
        Request<T> request,
        Predicate<MarketoResponse<T>> fits,
        CancellationToken cancellationToken)
    {
        try
        {
            var token = await tokens.GetAsync(cancellationToken);
            if (kind.IsWrite)
            {
                WriteGuard.Check();
            }

            var sentAt = time.GetTimestamp();
            var (answer, fault) = await SendOnceAsync(kind, request, token, cancellationToken);
            if (answer is not null && !fits(answer))
            {
                fault = FaultReader.Unreadable(answer.RequestId);
                answer = null;
            }

            CallInstruments.Tried(kind.Name, fault?.Label);
            if (fault is null or { Error.IsCounted: true })
            {
                counter.Count();
            }

            if (fault?.Error.Disposition == Disposition.RenewToken)
            {
                tokens.Invalidate(token);
            }

            return new Attempt<T>(answer, fault, sentAt, TokenEnded: token.ExpiresAt <= time.GetUtcNow());
        }
        finally
        {
            window.Leave();
        }
    }

    private async Task<(MarketoResponse<T>? Answer, Fault? Fault)> SendOnceAsync<T>(
        CallKind kind,
        Request<T> request,
        AccessToken token,
        CancellationToken cancellationToken)
    {
        using var timeOut = new CancellationTokenSource(kind.TimeOut, time);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeOut.Token);
        try
        {
            using var response = await request(token.Value, giveUp.Token);
            var fault = FaultReader.Read(response);
            return fault is null ? (response.Content, null) : (null, kind.CarriesValues ? fault.InOurWords() : fault);
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException or ApiExceptionBase)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                counter.Count();
                throw new OperationCanceledException(cancellationToken);
            }

            return (null, e is OperationCanceledException ? Fault.Without(MarketoErrorCatalog.TimedOut) : FaultReader.FromException(e));
        }
    }

    /// <summary>One try: an answer, or the fault in its place.</summary>
    private sealed record Attempt<T>(MarketoResponse<T>? Answer, Fault? Fault, long SentAt, bool TokenEnded);
}
