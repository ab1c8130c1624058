using System.Text.Json;
using MarketoLambda.Hosting.Webhooks;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;

namespace MarketoLambda.Hosting.Tests.Webhooks;

public sealed class WebhookHandlerTests : IDisposable
{
    private readonly ServerlessScenario _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public void A_call_is_answered_at_once_and_leads_to_a_run()
    {
        // Given
        _app.Sync.Source.Add(10);
        var before = _app.Sync.Time.GetUtcNow();

        // When
        var answer = _app.Call(Post());

        // Then
        Assert.Equal((202, before), (answer.Status, _app.Sync.Time.GetUtcNow()));
        Assert.Equal("""{"job":"product_c","status":"queued","requestId":"2026-11-04T12:00Z"}""", answer.Json);
        Assert.Equal(0, _app.Sync.Marketo.Count(SyncScenario.Product));
        Assert.Equal(RunOutcome.Succeeded, _app.Deliver()!.Outcome);
        Assert.Equal(10, _app.Sync.Marketo.Count(SyncScenario.Product));
    }

    [Fact]
    public void A_storm_of_one_call_per_person_becomes_one_run_per_job_and_minute()
    {
        // Given
        _app.Sync.Time.Advance(TimeSpan.FromSeconds(10));

        // When: 5,000 calls in 80 seconds
        for (var person = 0; person < 5000; person++)
        {
            Assert.Equal(202, _app.Call(Post()).Status);
            _app.Sync.Time.Advance(TimeSpan.FromMilliseconds(16));
        }

        // Then
        Assert.Equal(["2026-11-04T12:00Z", "2026-11-04T12:01Z"], _app.Queue.Accepted.Select(request => request.RequestId));
    }

    [Fact]
    public void The_run_of_a_minute_sees_what_its_last_call_was_about()
    {
        // Given
        _app.Sync.Time.Advance(TimeSpan.FromSeconds(1));
        _app.Call(Post());
        _app.Sync.Time.Advance(TimeSpan.FromSeconds(58));

        // When: something new just before the minute ends, and a call that the first one stands for
        _app.Sync.Source.Add(10);
        _app.Call(Post());
        var reports = _app.DeliverAll();

        // Then
        Assert.Equal(10, Assert.Single(reports).Accepted);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a-secret-of-the-tesT")]
    [InlineData("a-secret-of-the-test ")]
    [InlineData("a-secret-of-the-tes")]
    public void A_stranger_learns_nothing(string? secret)
    {
        string?[] jobs = [SyncScenario.Product, "unknown_c", null];

        Assert.All(jobs, job => Assert.Equal(new WebhookAnswer(401), _app.Call(new WebhookCall(IsRead: true, job, secret, 1_000_000))));
        Assert.All(jobs, job => Assert.Equal(new WebhookAnswer(401), _app.Call(new WebhookCall(IsRead: false, job, secret, 1_000_000))));
        Assert.Equal(0, _app.Queue.Sendings);
        Assert.Equal(0, _app.Queue.Waiting);
    }

    [Fact]
    public void Both_secrets_are_accepted_while_they_are_exchanged() =>
        Assert.Equal(
            (202, 202),
            (_app.Call(Post()).Status, _app.Call(Post() with { Secret = ServerlessScenario.PreviousWebhookSecret }).Status));

    [Fact]
    public void A_job_nobody_knows_is_404() =>
        Assert.Equal((404, 0), (_app.Call(Post() with { ApiName = "unknown_c" }).Status, _app.Queue.Sendings));

    [Fact]
    public void A_job_is_found_in_any_casing_and_its_requests_go_by_its_own_name()
    {
        _app.Call(Post() with { ApiName = "PRODUCT_C" });

        Assert.Equal(SyncScenario.Product, Assert.Single(_app.Queue.Accepted).Job);
    }

    [Theory]
    [InlineData(WebhookHandler.MaxBodyBytes, 202)]
    [InlineData(WebhookHandler.MaxBodyBytes + 1, 413)]
    public void Large_bodies_are_refused(int bytes, int status) =>
        Assert.Equal(status, _app.Call(Post() with { BodyBytes = bytes }).Status);

    [Fact]
    public void The_state_of_a_job_can_be_read()
    {
        // Given
        _app.Sync.Source.Add(10);
        _app.AskForProduct("3 o'clock").Deliver();

        // When
        var answer = _app.Call(Get());

        // Then
        Assert.Equal(200, answer.Status);
        var state = JsonDocument.Parse(answer.Json!).RootElement;
        Assert.Equal(
            ("product_c", 10L, 1L, "Succeeded"),
            (
                state.GetProperty("job").GetString(),
                state.GetProperty("totalRecordsInEpoch").GetInt64(),
                state.GetProperty("lastRunNumber").GetInt64(),
                state.GetProperty("lastRunOutcome").GetString()));
        Assert.Equal(1, _app.Queue.Sendings);
    }

    [Fact]
    public void A_marketo_that_does_not_answer_is_told_within_the_time_there_is()
    {
        // Given
        _app.Sync.Marketo.Options.Latency = TimeSpan.FromMinutes(10);
        var before = _app.Sync.Time.GetUtcNow();

        // When
        var answer = _app.Call(Get());

        // Then
        Assert.Equal(503, answer.Status);
        Assert.True(_app.Sync.Time.GetUtcNow() - before <= TimeSpan.FromSeconds(26));
    }

    [Fact]
    public void Secrets_stay_out_of_answers_and_logs()
    {
        WebhookAnswer[] answers =
        [
            _app.Call(Post()),
            _app.Call(Get()),
            _app.Call(Post() with { Secret = "wrong-secret-value" }),
            _app.Call(Post() with { ApiName = "nobody@example.com" }),
        ];

        string[] told = [.. _app.Log, .. answers.Select(answer => answer.Json ?? "")];
        Assert.Contains(told, line => line.Contains("2110", StringComparison.Ordinal));
        Assert.All(told, line => Assert.DoesNotMatch("secret-of|secret-before|wrong-secret|nobody", line));
    }

    private static WebhookCall Post() => new(IsRead: false, SyncScenario.Product, ServerlessScenario.WebhookSecret, 0);

    private static WebhookCall Get() => Post() with { IsRead = true };
}
