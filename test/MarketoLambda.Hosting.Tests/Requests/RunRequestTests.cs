using MarketoLambda.Hosting.Requests;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Hosting.Tests.Requests;

public sealed class RunRequestTests
{
    [Fact]
    public void A_request_survives_its_message()
    {
        RunRequest request = new("product_c", RunTrigger.Continuation, "run-7", Continuation: 3);

        Assert.Equal(request, RunRequest.Parse(request.ToJson()));
        Assert.Equal("""{"job":"product_c","trigger":"continuation","requestId":"run-7","part":3}""", request.ToJson());
    }

    [Fact]
    public void A_request_of_a_round_carries_what_waits_for_it_through_its_message()
    {
        // Given
        RunRequest request = new("companies_c", RunTrigger.Schedule, "3:00")
        {
            Round = new RequestRound(RunTrigger.Schedule, "3:00")
            {
                Then = ["deals_c"],
                Unfinished = new Dictionary<string, RunOutcome> { ["leads_c"] = RunOutcome.Failed },
            },
        };

        // When
        var read = RunRequest.Parse(request.ToJson());

        // Then
        Assert.Equal(
            """{"job":"companies_c","trigger":"schedule","requestId":"3:00","part":1,"round":{"trigger":"schedule","requestId":"3:00","then":["deals_c"],"unfinished":{"leads_c":"Failed"}}}""",
            request.ToJson());
        Assert.Equal(request.ToJson(), read.ToJson());
        Assert.NotEqual((request with { Round = null }).DeduplicationId, read.DeduplicationId);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"then":null,"unfinished":null}""")]
    public void A_round_that_somebody_wrote_by_hand_need_not_be_complete(string round)
    {
        var request = RunRequest.Parse($$"""{"job":"product_c","round":{{round}}}""");

        Assert.Empty(request.Round!.Then);
        Assert.Empty(request.Round.Unfinished);
    }

    [Fact]
    public void A_person_need_only_name_the_job() =>
        Assert.Equal(new RunRequest("product_c"), RunRequest.Parse("""{ "job": "product_c" }"""));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"job":""}""")]
    [InlineData("""{"job":null}""")]
    [InlineData("""{"job":"a","trigger":"jane@example.com"}""")]
    [InlineData("jane@example.com")]
    public void What_is_no_request_is_told_without_repeating_it(string message)
    {
        var told = Assert.Throws<RunRequestException>(() => RunRequest.Parse(message));

        Assert.DoesNotContain("jane", told.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Requests_of_one_occasion_are_one_and_all_others_differ()
    {
        RunRequest request = new("product_c", RunTrigger.Webhook, "12:00");

        Assert.Equal(request.DeduplicationId, (request with { }).DeduplicationId);
        Assert.Equal(
            5,
            new[]
            {
                request,
                request with
                {
                    Job = "other_c",
                },
                request with
                {
                    Trigger = RunTrigger.Schedule,
                },
                request with
                {
                    RequestId = "12:01",
                },
                request with
                {
                    Continuation = 2,
                },
            }
                .Select(one => one.DeduplicationId)
                .Distinct()
                .Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("ümläut and blanks \u0001")]
    public void An_occasion_of_any_text_makes_an_id_that_sqs_accepts(string occasion) =>
        // SQS: at most 128 letters, digits and punctuation
        Assert.Matches("^[0-9a-f]{64}$", new RunRequest("product_c", RequestId: occasion).DeduplicationId);
}
