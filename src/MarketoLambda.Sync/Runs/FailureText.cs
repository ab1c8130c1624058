using MarketoLambda.Marketo.Errors;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Reading;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Sync.Runs;

/// <summary>What may be told of a failure: our own sentences hold no secret and no field value, other people's may.</summary>
public static class FailureText
{
    public static string Of(Exception failure) => failure switch
    {
        MarketoException or SourceException or JobMismatchException or StateException => failure.Message,
        IOException or UnauthorizedAccessException => $"A file could not be written or read: {failure.Message}",
        _ => $"The program failed unexpectedly ({failure.GetType().Name}); its log has the details. The next run starts from the last checkpoint.",
    };
}
