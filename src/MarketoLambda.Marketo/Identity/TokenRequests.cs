using System.Diagnostics;
using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Settings;
using MarketoLambda.Marketo.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MarketoLambda.Marketo.Identity;

/// <summary>Asks Marketo for the current token, repeating what is worth it. Not counted by Marketo, so no limit is kept here.</summary>
internal sealed class TokenRequests(
    IIdentityApi api,
    IOptions<MarketoOptions> options,
    RetryPolicy retries,
    TimeProvider time,
    ILogger<TokenRequests> logger)
{
    /// <summary>Marketo's live an hour; whatever an answer says, a day is the end.</summary>
    private const double MaxLifeSeconds = 86_400;

    public async Task<AccessToken> AskAsync()
    {
        for (var tries = 1; ; tries++)
        {
            var sentAt = time.GetTimestamp();
            var (token, fault) = await TryAsync();
            CallInstruments.Tried(CallKind.Token.Name, fault?.Label);
            if (token is not null)
            {
                return token;
            }

            if (fault is null)
            {
                throw new UnreachableException();
            }

            if (fault.Error.Disposition == Disposition.Denied)
            {
                throw new MarketoAuthorizationException(fault.Describe(CallKind.Token), fault.Code, requestId: null);
            }

            if (retries.DelayAfter(fault, CallKind.Token, tries, time.GetElapsedTime(sentAt)) is not { } delay)
            {
                throw new MarketoUnavailableException(
                    $"Marketo gave no access token. {fault.Describe(CallKind.Token)}",
                    fault.Code,
                    requestId: null,
                    mayHaveBeenExecuted: false)
                {
                    IsAddressWrong = fault.Error == MarketoErrorCatalog.HostUnknown || fault.Error.Disposition == Disposition.RequestWrong,
                };
            }

            logger.TryFailed(
                CallKind.Token.Name,
                fault.Label,
                tries + 1,
                RetryPolicy.MaxTriesOf(fault.Error, CallKind.Token),
                delay.TotalSeconds);
            await time.PauseAsync(delay, CancellationToken.None);
        }
    }

    /// <summary>No exception of the request is kept: each would hold the URL, and so the secret.</summary>
    private async Task<(AccessToken? Token, Fault? Fault)> TryAsync()
    {
        using var timeOut = new CancellationTokenSource(CallKind.Token.TimeOut, time);
        try
        {
            using var response = await api.GetTokenAsync(options.Value.ClientId.Trim(), options.Value.ClientSecret.Trim(), timeOut.Token);
            if (FaultReader.ReadTransport(response) is { } fault)
            {
                return (null, fault with { Cause = null });
            }

            return
                response.Content is { AccessToken: { Length: > 0 } value, ExpiresIn: { } seconds }
                && value.All(sign => sign is > ' ' and <= '~')
                ? (new AccessToken(value, time.GetUtcNow().AddSeconds(Math.Clamp(seconds, -1, MaxLifeSeconds))), null)
                : (null, FaultReader.Unreadable(null));
        }
        catch (OperationCanceledException)
        {
            return (null, Fault.Without(MarketoErrorCatalog.TimedOut));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or Refit.ApiExceptionBase)
        {
            return (null, FaultReader.FromException(e) with { Cause = null });
        }
    }
}
