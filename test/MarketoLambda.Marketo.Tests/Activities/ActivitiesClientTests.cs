using System.Net;
using System.Text;
using MarketoLambda.Marketo.Activities;
using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Marketo.Tests.Activities;

/// <summary>Custom activities, with answers as on Adobe's page rest-api/activities.</summary>
public sealed class ActivitiesClientTests : IDisposable
{
    private const string Types = """
        {"requestId":"a#1","success":true,"result":[{"id":100001,"apiName":"visit_c","name":"Visit","status":"approved",
        "primaryAttribute":{"apiName":"store","name":"Store","dataType":"string"},
        "attributes":[{"apiName":"basket","name":"Basket","dataType":"float"}]},
        {"id":100002,"apiName":"draft_c","name":"Draft","status":"draft"}]}
        """;

    private const string OneAddedOneSkipped = """
        {"requestId":"a#2","success":true,"result":[{"id":50,"marketoGUID":"50","status":"added"},
        {"status":"skipped","errors":[{"code":"1004","message":"Lead not found"}]}]}
        """;

    private static readonly EncodedRecord[] Two = [Activity(1), Activity(2)];

    private readonly MarketoUnderTest _marketo = new();

    private ActivitiesClient Client => _marketo.Get<MarketoClient>().Activities;

    public void Dispose() => _marketo.Dispose();

    [Fact]
    public void Types_are_listed_with_their_attributes_and_without_those_that_cannot_be_used()
    {
        _marketo.Marketo.Then(Types);

        var type = Assert.Single(_marketo.Run(() => Client.ListTypesAsync(CancellationToken.None)));

        Assert.Equal((100_001, "visit_c", "store"), (type.Id, type.ApiName, type.PrimaryAttribute.Name));
        Assert.Equal(DataType.Float, Assert.Single(type.Attributes).DataType);
    }

    [Fact]
    public void Answers_belong_to_the_activities_by_their_order_and_reasons_stand_under_errors()
    {
        _marketo.Marketo.Then(OneAddedOneSkipped);

        var results = _marketo.Run(() => Client.AddAsync(Two, CallPurpose.State, CancellationToken.None));

        Assert.Equal((RecordStatus.Created, "50"), (results[0].Status, results[0].Id));
        Assert.Equal((RecordStatus.Skipped, "1004"), (results[1].Status, Assert.Single(results[1].Reasons).Code));
    }

    [Theory]
    [InlineData("gateway")]
    [InlineData("silence")]
    [InlineData("unknown code")]
    [InlineData("one answer for two")]
    public void What_may_have_been_added_is_not_sent_a_second_time_where_it_must_be_there_once(string fault)
    {
        // Given
        Script(fault);
        var begun = 0;

        // When
        var failure = Assert.Throws<MarketoUnavailableException>(() =>
            _marketo.Run(() => Client.AddOnceAsync(Two, CallPurpose.State, () => begun++, CancellationToken.None)));

        // Then
        Assert.True(failure.MayHaveBeenExecuted);
        Assert.Equal((1, 1), (begun, _marketo.Marketo.Calls.Count));
    }

    [Theory]
    [InlineData("606")]
    [InlineData("615")]
    [InlineData("602")]
    public void What_was_not_executed_for_certain_is_sent_again(string code)
    {
        _marketo.Marketo.ThenError(code).Then(OneAddedOneSkipped);

        var results = _marketo.Run(() => Client.AddOnceAsync(Two, CallPurpose.State, () => { }, CancellationToken.None));

        Assert.Equal(2, results.Count);
    }

    [Fact]
    public void Where_duplicates_are_accepted_an_unclear_answer_is_repeated()
    {
        Script("gateway");
        _marketo.Marketo.Then(OneAddedOneSkipped);

        var results = _marketo.Run(() => Client.AddAsync(Two, CallPurpose.State, CancellationToken.None));

        Assert.Equal((2, 2), (results.Count, _marketo.Marketo.Calls.Count));
    }

    private void Script(string fault)
    {
        _ = fault switch
        {
            "gateway" => _marketo.Marketo.Then(HttpStatusCode.BadGateway, "<html></html>"),
            "silence" => _marketo.Marketo.ThenSilence(),
            "unknown code" => _marketo.Marketo.ThenError("9999"),
            _ => _marketo.Marketo.Then("""{"requestId":"a#2","success":true,"result":[{"id":50,"status":"added"}]}"""),
        };
    }

    private static EncodedRecord Activity(int lead) =>
        new(
            Encoding.UTF8.GetBytes(
                $$"""{"leadId":{{lead}},"activityTypeId":100001,"activityDate":"2026-03-01T12:00:00Z","primaryAttributeValue":"Berlin","attributes":[]}"""));
}
