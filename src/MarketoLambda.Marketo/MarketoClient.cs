using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.CustomObjects;
using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Marketo;

/// <summary>Marketo's REST API, with one property for each type of records.</summary>
public sealed class MarketoClient
{
    private readonly LingeringWrites _lingering;

    internal MarketoClient(RecordCalls calls, LingeringWrites lingering)
    {
        _lingering = lingering;
        CustomObjects = new CustomObjectsClient(calls);
    }

    public CustomObjectsClient CustomObjects { get; }

    /// <summary>Until when Marketo may still be executing a write whose outcome nobody told; null when there is none.</summary>
    public DateTimeOffset? MayBeWritingUntil => _lingering.Until;
}
