namespace MarketoLambda.Marketo.Wire;

/// <summary>Says which host could not be reached and why: the one thing to look at when the first call fails.</summary>
internal sealed class UnreachableHostHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException failure) when (ConnectionFailure.Describe(failure) is { } cause && request.RequestUri is { } uri)
        {
            throw new UnreachableHostException(uri, cause, failure.HttpRequestError, failure.InnerException);
        }
        catch (OperationCanceledException failure)
            when (failure.InnerException is TimeoutException && !cancellationToken.IsCancellationRequested && request.RequestUri is { } uri)
        {
            // The connection's own time limit; those of calls are tokens.
            throw new UnreachableHostException(uri, "no answer", HttpRequestError.ConnectionError, failure.InnerException);
        }
    }
}

/// <summary>
/// Nothing was sent. The message names host and cause, and no more of the address than scheme, host and port: the rest may hold the secret.
/// </summary>
internal sealed class UnreachableHostException(Uri uri, string cause, HttpRequestError error, Exception? inner)
    : HttpRequestException(error, $"No connection to Marketo at {uri.Scheme}://{uri.Authority} ({cause})", inner);
