using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Companies;
using MarketoLambda.Marketo.CustomObjects;
using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Marketo;

/// <summary>Marketo's REST API, with one property for each type of records.</summary>
public sealed class MarketoClient
{
    private readonly RecordCalls _calls;
    private readonly LingeringWrites _lingering;

    internal MarketoClient(RecordCalls calls, LingeringWrites lingering)
    {
        _calls = calls;
        _lingering = lingering;
    }

    public CustomObjectsClient CustomObjects => field ??= new CustomObjectsClient(_calls);

    public CompaniesClient Companies => field ??= new CompaniesClient(_calls);

    /// <summary>Until when Marketo may still be executing a write whose outcome is unknown; null when there is none.</summary>
    public DateTimeOffset? MayBeWritingUntil => _lingering.Until;
}
