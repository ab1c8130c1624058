using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Wire;
using Refit;

namespace MarketoLambda.Marketo.Calls;

/// <summary>Finds out whether a try failed, and by which row of the error table.</summary>
internal static class FaultReader
{
    /// <summary>Null when Marketo says the call succeeded.</summary>
    public static Fault? Read<T>(IApiResponse<MarketoResponse<T>> response)
    {
        if (ReadTransport(response) is { } fault)
        {
            return fault;
        }

        return response.Content switch
        {
            { Success: true } => null,
            { Success: false, Errors: [{ Code: { } code } first, ..] } answer => FromCode(code, first.Message, answer.RequestId),
            var answer => Unreadable(answer?.RequestId),
        };
    }

    /// <summary>Null when there is a body that could be read.</summary>
    public static Fault? ReadTransport<T>(IApiResponse<T> response)
    {
        if (!response.IsReceived)
        {
            return FromException(response.Error?.InnerException);
        }

        if (response.StatusCode is { } status && !response.IsSuccessStatusCode)
        {
            var error = MarketoErrorCatalog.Find(status);
            var message =
                error == MarketoErrorCatalog.Redirected && response.Headers?.Location is { IsAbsoluteUri: true } elsewhere
                    // Of the address only this: the rest may hold the secret.
                    ? $"{error.Message}, {elsewhere.Scheme}://{elsewhere.Authority}"
                    : error.Message;
            return new Fault(error, MarketoErrorCatalog.CodeOf(status), message, null);
        }

        // A body cut off on its way is reported by the connection, one that is no JSON by the reader; both say nothing about the effect.
        return response.Error is null && response.Content is not null ? null : Unreadable(null);
    }

    /// <summary>What an exception of the connection means.</summary>
    public static Fault FromException(Exception? exception) =>
        exception switch
        {
            UnreachableHostException unreachable => Fault.Without(RowOf(unreachable), exception) with
            {
                Message = unreachable.Message,
            },
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } =>
                Fault.Without(MarketoErrorCatalog.HostUnknown, exception),
            HttpRequestException
            {
                HttpRequestError: HttpRequestError.ConnectionError
                    or HttpRequestError.SecureConnectionError
                    or HttpRequestError.ProxyTunnelError
            } => Fault.Without(MarketoErrorCatalog.NotSent, exception),
            ApiExceptionBase { InnerException: { } inner } => FromException(inner),
            HttpRequestException or IOException => Fault.Without(MarketoErrorCatalog.Broken, exception),
            _ => Fault.Without(MarketoErrorCatalog.Broken),
        };

    private static MarketoError RowOf(UnreachableHostException unreachable) =>
        unreachable.HttpRequestError == HttpRequestError.NameResolutionError
            ? MarketoErrorCatalog.HostUnknown
            : MarketoErrorCatalog.NotSent;

    public static Fault Unreadable(string? requestId) =>
        Fault.Without(MarketoErrorCatalog.Unreadable) with { RequestId = requestId };

    private static Fault FromCode(string code, string? message, string? requestId)
    {
        var error = MarketoErrorCatalog.Find(code);
        return new Fault(error, code, error.MayQuoteValues || string.IsNullOrWhiteSpace(message) ? error.Message : message, requestId);
    }
}
