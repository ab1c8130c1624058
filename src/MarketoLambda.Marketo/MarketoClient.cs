using MarketoLambda.Marketo.Activities;
using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.CustomObjects;
using MarketoLambda.Marketo.Leads;
using MarketoLambda.Marketo.Lists;
using MarketoLambda.Marketo.Programs;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Marketo.StandardObjects;

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

    public required LeadsClient Leads { get; init; }

    public required ProgramMembersClient ProgramMembers { get; init; }

    public required ActivitiesClient Activities { get; init; }

    public required StaticListsClient StaticLists { get; init; }

    public CustomObjectsClient CustomObjects => field ??= new CustomObjectsClient(_calls);

    public StandardObjectsClient StandardObjects => field ??= new StandardObjectsClient(_calls);

    /// <summary>The clock that calls go by.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Until when Marketo may still be executing a write whose outcome is unknown; null when there is none.</summary>
    public DateTimeOffset? MayBeWritingUntil => _lingering.Until;
}
