using System.Text.Json;
using Amazon.Lambda.SQSEvents;
using Amazon.SimpleEmailV2.Model;
using MarketoLambda.Functions.Tests.Support;
using MarketoLambda.Hosting.Warm;
using MarketoLambda.Marketo.Telemetry;
using MarketoLambda.Sync.Outages;
using MarketoLambda.Testing;
using Moq;

namespace MarketoLambda.Functions.Tests;

/// <summary>The function as it is deployed; what it decides is tested with the engine.</summary>
[Collection("the memory of this process")]
public sealed class SyncFunctionTests : IDisposable
{
    private readonly FunctionsUnderTest _functions = new();

    public void Dispose() => _functions.Dispose();

    [Fact]
    public void A_message_leads_to_a_run()
    {
        // Given
        _functions.Drop("products-1.csv", "a,1", "b,2");
        var function = _functions.Start<SyncFunction>();

        // When
        _functions.Invoke(() => function.RunAsync(Batch("""{"job":"product_c"}"""), Invocation.Context()));

        // Then
        Assert.Equal(2, _functions.Sync.Marketo.Count(SyncScenario.Product));
        Assert.Equal("Succeeded", _functions.Sync.State().LastRun!.Outcome);
        Assert.Contains($"\"requestId\":\"{Invocation.RequestId}\"", _functions.Log, StringComparison.Ordinal);
    }

    [Fact]
    public void A_schedule_asks_for_every_job()
    {
        var function = _functions.Start<SyncFunction>();

        _functions.Invoke(() => function.RunAsync(Events.Read<SQSEvent>("run-every-job.json"), Invocation.Context()));

        var queued = Assert.Single(_functions.Queued);
        Assert.Equal(
            ("product_c", """{"job":"product_c","trigger":"schedule","requestId":"2026-11-24T03:00:00Z","part":1}"""),
            (queued.MessageGroupId, queued.MessageBody));
        Assert.Matches("^[0-9a-f]{64}$", queued.MessageDeduplicationId);
    }

    [Fact]
    public void A_message_that_can_never_lead_to_a_run_goes_to_the_dead_letters_and_holds_nobody_up()
    {
        var function = _functions.Drop("products-1.csv", "a,1").Start<SyncFunction>();

        _functions.Invoke(() => function.RunAsync(Batch("jane@example.com", """{"job":"product_c"}"""), Invocation.Context()));

        var dead = Assert.Single(_functions.Queued);
        Assert.Equal(
            ("https://sqs.eu-central-1.amazonaws.com/123456789012/dead.fifo", "jane@example.com", "message-0"),
            (dead.QueueUrl, dead.MessageBody, dead.MessageDeduplicationId));
        Assert.Equal(1, _functions.Sync.Marketo.Count(SyncScenario.Product));
        Assert.Contains("\"eventId\":3000", _functions.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("jane", _functions.Log, StringComparison.Ordinal);
    }

    [Fact]
    public void Marketo_down_for_good_sends_one_mail_and_is_no_failed_invocation()
    {
        // Given
        _functions.Drop("products-1.csv", "a,1").Sync.Marketo.Faults.Unreachable = true;
        var function = _functions.Start<SyncFunction>();

        // When
        _functions.Invoke(() => function.RunAsync(Batch("""{"job":"product_c"}"""), Invocation.Context()));

        // Then
        Assert.Contains("product_c", Assert.Single(_functions.Mails).Content.Simple.Subject.Data, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mail_that_ses_refuses_fails_the_invocation()
    {
        // Given
        _functions.Drop("products-1.csv", "a,1").Sync.Marketo.Faults.Unreachable = true;
        _functions
            .Ses.Setup(ses => ses.SendEmailAsync(It.IsAny<SendEmailRequest>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new MessageRejectedException("one@example.com is not verified"));
        var function = _functions.Start<SyncFunction>();

        // When
        var told = Assert.ThrowsAny<AggregateException>(() =>
            _functions.Invoke(() => function.RunAsync(Batch("""{"job":"product_c"}"""), Invocation.Context())));

        // Then
        Assert.DoesNotContain("example.com", told.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("example.com", _functions.Log, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_that_is_exchanged_is_used_without_a_new_deployment()
    {
        // Given
        var function = _functions.Drop("products-1.csv", "a,1").Start<SyncFunction>();
        _functions.Invoke(() => function.RunAsync(Batch("""{"job":"product_c"}"""), Invocation.Context()));

        // When: the custom service's secret changes in Marketo and in SSM
        _functions.Sync.Marketo.Options.Services[0].ClientSecret = "another-secret";
        _functions.Parameters["/test/client-secret"] = "another-secret";
        _functions.Drop("products-2.csv", "b,1").Sync.Time.Advance(TimeSpan.FromHours(2));
        _functions.Invoke(() => function.RunAsync(Batch("""{"job":"product_c"}"""), Invocation.Context()));

        // Then
        Assert.Empty(_functions.Mails);
        Assert.Equal(2, _functions.Sync.Marketo.Count(SyncScenario.Product));
        Assert.Contains("\"eventId\":2120", _functions.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Marketo:BaseUrl", "", "Marketo__BaseUrl")]
    [InlineData("Sync:RejectsFolder", "/tmp/rejects", "Sync__RejectsFolder")]
    [InlineData("Sync:RejectsBucket", "my-bucket", "Sync__RejectsBucket")]
    [InlineData("Queue:Url", "", "Queue__Url")]
    [InlineData("Queue:DeadLettersUrl", "", "Queue__DeadLettersUrl")]
    [InlineData("Sync:JobsFile", "s3://acme", "Sync__JobsFile")]
    [InlineData("Alerts:To", "", "Alerts__To")]
    [InlineData("FromSsm:Marketo:ClientSecret", "/test/missing", "/test/missing")]
    [InlineData("FromSsm:Marketo:ClientSecret", "", "Marketo__ClientSecret")]
    public void A_wrong_setting_stops_the_start_and_is_named(string setting, string value, string named)
    {
        _functions.Settings[setting] = value;

        var told = Assert.ThrowsAny<Exception>(() => _functions.Start<SyncFunction>());

        Assert.Contains(named, told.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "MarketoLambda")]
    [InlineData("MarketoLambda/stack", "MarketoLambda/stack")]
    public void What_is_measured_during_an_invocation_leaves_as_a_line_of_its_log_that_cloudwatch_reads(string setting, string nameSpace)
    {
        // Given
        _functions.Settings["Metrics:Namespace"] = setting;
        var function = _functions.Start<SyncFunction>();
        MarketoTelemetry
            .Meter.CreateCounter<long>("marketolambda.a.test", "{test}")
            .Add(3, new KeyValuePair<string, object?>("job", "product_c"));

        // When: also where the invocation fails
        Assert.ThrowsAny<Exception>(() => _functions.Invoke(() => function.RunAsync(new SQSEvent(), Invocation.Context())));

        // Then
        var line = Assert.Single(_functions.Log.Split('\n'), line => line.Contains("marketolambda.a.test", StringComparison.Ordinal));
        using var metrics = JsonDocument.Parse(line);
        Assert.Equal(
            nameSpace,
            metrics.RootElement.GetProperty("_aws").GetProperty("CloudWatchMetrics")[0].GetProperty("Namespace").GetString());
        Assert.Equal(
            (3, "product_c"),
            (metrics.RootElement.GetProperty("marketolambda.a.test").GetInt32(), metrics.RootElement.GetProperty("job").GetString()));
    }

    [Fact]
    public void What_one_test_leaves_in_the_memory_of_the_process_is_gone_in_the_next()
    {
        // Given: an outage, as a test before this one leaves it
        ((IOutageMemory)WarmInstance.OfThisProcess).Keep(
            SyncScenario.Product,
            new Outage(DateTimeOffset.UnixEpoch, AlertedAt: null, FailedRuns: 1));

        // When
        using FunctionsUnderTest next = new();

        // Then
        Assert.Null(((IOutageMemory)WarmInstance.OfThisProcess).Find(SyncScenario.Product));
    }

    private static SQSEvent Batch(params string[] bodies) => new()
    {
        Records = [.. bodies.Select((body, index) => new SQSEvent.SQSMessage { MessageId = $"message-{index}", Body = body })],
    };
}
