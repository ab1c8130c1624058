using Refit;

namespace MarketoLambda.Marketo.Wire;

/// <summary>
/// Takes from Refit's exceptions what they keep of the request: the URL may hold the client secret, the headers the token, the body
/// people's data.
/// </summary>
internal static class ExceptionRedaction
{
    public static void Redact(ApiExceptionBase exception)
    {
        exception.RequestMessage.Headers.Authorization = null;
        exception.RequestMessage.RequestUri = null;
        if (exception is ApiException answered)
        {
            answered.Content = null;
        }
    }
}
