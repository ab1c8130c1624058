using MarketoLambda.Hosting.Requests;
using MarketoLambda.Hosting.Warm;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Testing;
using Microsoft.Extensions.Logging;

namespace MarketoLambda.Hosting.Tests.Requests;

/// <summary>What becomes of messages, good and bad.</summary>
public sealed class RunMessagesTests : IDisposable
{
    private readonly ServerlessScenario _app = new();
    private readonly MemoryDeadLetters _deadLetters = new();
    private readonly RecordedLog _log = new();
    private string _jobs = SyncScenario.Product;

    public void Dispose()
    {
        _app.Dispose();
        _log.Dispose();
    }

    [Fact]
    public void A_message_leads_to_a_run()
    {
        _app.Sync.Source.Add(10);

        Handle(Messages(), """{"job":"product_c"}""");

        Assert.Equal(10, _app.Sync.Marketo.Count(SyncScenario.Product));
        Assert.Empty(_deadLetters.Kept);
    }

    [Theory]
    [InlineData("jane@example.com")]
    [InlineData("{}")]
    [InlineData("""{"job":""}""")]
    [InlineData("""{"job":"unknown_c"}""")]
    public void One_that_can_never_lead_to_a_run_is_among_the_dead_letters_at_once_and_an_error_in_the_log(string message)
    {
        Handle(Messages(), message);

        Assert.Equal([("the-id", message)], _deadLetters.Kept);
        Assert.Contains(
            "[3000]",
            Assert.Single(_log.Lines, line => line.Contains("the-id", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        Assert.DoesNotContain(_log.Lines, line => line.Contains("jane", StringComparison.Ordinal));
    }

    [Fact]
    public void One_that_cannot_be_put_aside_stays_on_the_queue()
    {
        _deadLetters.Failure = new IOException("out of reach");

        Assert.Throws<IOException>(() => Handle(Messages(), "jane@example.com"));
    }

    [Fact]
    public void A_job_that_was_added_a_moment_ago_is_found_in_the_job_file_of_now()
    {
        // Given
        var messages = Messages();
        _app.Sync.Source.Add(10);
        _jobs = "product_c other_c";

        // When
        Handle(messages, """{"job":"OTHER_c"}""");

        // Then: it ran, and failed for want of a state record, which is a matter of the run
        Assert.Empty(_deadLetters.Kept);
        Assert.Contains(
            _app.Log,
            line => line.Contains("\"eventId\":2100", StringComparison.Ordinal) && line.Contains("other_c", StringComparison.Ordinal));
    }

    private void Handle(RunMessages messages, string message) =>
        _app.Sync.Time.Run(() => messages.HandleAsync("the-id", message, ServerlessScenario.FunctionTime, CancellationToken.None));

    private RunMessages Messages()
    {
        RenewableHost<RunRequestHandler> host = new(
            _ => Task.FromResult(new HostInputs(new Dictionary<string, string?>(), _jobs)),
            inputs =>
            {
                _app.Jobs = new JobList([.. inputs.Jobs.Split(' ').Select(name => _app.Sync.Job with { Name = name })]);
                return _app.ColdStart().Handler;
            },
            new WarmInstance(),
            new JobFileWatch("jobs.json", alerts: null, _app.Sync.Time, _log.CreateLogger("test")),
            _app.Sync.Time,
            _log.CreateLogger("test"));
        _app.Sync.Time.Run(() => host.GetAsync(CancellationToken.None));
        return new RunMessages(host, _deadLetters, LoggerFactory.Create(logging => logging.AddProvider(_log)).CreateLogger<RunMessages>());
    }
}
