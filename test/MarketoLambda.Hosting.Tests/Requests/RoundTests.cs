using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Faults;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Hosting.Requests;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Setup;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MarketoLambda.Hosting.Tests.Requests;

/// <summary>One request for every job, where jobs come after others.</summary>
public sealed class RoundTests : IDisposable
{
    private static readonly RunRequest Tick = new(RunRequest.EveryJob, RunTrigger.Schedule, "3 o'clock");

    private readonly ServerlessScenario _app = new();
    private readonly Dictionary<string, ListSource> _sources = [];

    public void Dispose() => _app.Dispose();

    [Fact]
    public void Jobs_run_one_by_one_in_their_order_whatever_the_order_of_the_file()
    {
        // Given
        Jobs(Job("roles_c", "deals_c"), Job("deals_c", "companies_c"), Job("companies_c"));

        // When
        var reports = _app.Ask(Tick).DeliverAll();

        // Then
        Assert.Equal(["companies_c", "deals_c", "roles_c"], reports.Select(report => report.Job));
        Assert.All(reports, report => Assert.Equal((RunOutcome.Succeeded, 10L), (report.Outcome, report.Accepted)));
        Assert.True(reports[0].StartedAt + reports[0].Elapsed <= reports[1].StartedAt);
        Assert.All(
            _app.Queue.Accepted.Skip(1),
            request => Assert.Equal((RunTrigger.Schedule, "3 o'clock"), (request.Trigger, request.RequestId)));
    }

    [Fact]
    public void A_job_is_asked_for_only_when_the_last_continuation_before_it_has_ended()
    {
        // Given: more than fits into one invocation
        _app.Sync.Marketo.Options.LatencyOf = (_, _) => TimeSpan.FromSeconds(20);
        Jobs(Job("deals_c", "companies_c"), Job("companies_c"));
        _sources["companies_c"].Add(100_000);

        // When
        var reports = _app.Ask(Tick).DeliverAll();

        // Then
        Assert.True(reports.Count > 2);
        Assert.All(reports.SkipLast(2), report => Assert.Equal(("companies_c", RunOutcome.Continued), (report.Job, report.Outcome)));
        Assert.Equal(("companies_c", RunOutcome.Succeeded), (reports[^2].Job, reports[^2].Outcome));
        Assert.Equal(("deals_c", RunOutcome.Succeeded), (reports[^1].Job, reports[^1].Outcome));
        Assert.Equal(new RunRequest("deals_c", RunTrigger.Schedule, "3 o'clock"), _app.Queue.Accepted[^1]);
    }

    [Fact]
    public void What_is_independent_from_there_on_is_asked_for_at_the_same_time()
    {
        // Given
        Jobs(Job("deals_c", "companies_c"), Job("leads_c", "companies_c"), Job("products_c"), Job("companies_c"));

        // When
        _app.Ask(Tick).Deliver();
        var first = Asked();
        _app.Deliver();
        _app.Deliver();

        // Then
        Assert.Equal(["*", "companies_c", "products_c"], first);
        Assert.Equal(["*", "companies_c", "products_c", "deals_c", "leads_c"], Asked());
    }

    [Fact]
    public void A_job_that_comes_after_two_is_asked_for_once_when_both_have_ended()
    {
        // Given
        Jobs(Job("roles_c", "leads_c", "deals_c"), Job("deals_c"), Job("leads_c"));

        // When
        var reports = _app.Ask(Tick).DeliverAll();

        // Then
        Assert.Equal(["deals_c", "leads_c", "roles_c"], reports.Select(report => report.Job));
    }

    [Fact]
    public void What_comes_after_a_failed_job_is_skipped_and_the_log_names_the_failed_one()
    {
        // Given
        Jobs(Job("roles_c", "deals_c"), Job("deals_c", "companies_c"), Job("products_c", "companies_c"), Job("companies_c"));
        _app.Jobs = new JobList([.. _app.Jobs.All.Select(job => job with { RunsAfterUnfinished = job.Name == "products_c" })]);
        _app.Sync.Marketo.Faults.Always(CallKind.Sync, Fault.Code("603"), "companies_c");

        // When
        var reports = _app.Ask(Tick).DeliverAll();

        // Then: the job that says so runs all the same
        Assert.Equal(
            [("companies_c", RunOutcome.Failed), ("products_c", RunOutcome.Succeeded)],
            reports.Select(report => (report.Job, report.Outcome)));
        var skipped = _app.Log.Where(line => line.Contains("\"eventId\":2104", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, skipped.Count);
        Assert.Contains("deals_c is skipped in this round, because companies_c, which comes before it, has failed", skipped[0]);
        Assert.Contains("roles_c is skipped in this round, because deals_c, which comes before it, was skipped itself", skipped[1]);
    }

    [Fact]
    public void The_next_round_makes_up_for_what_was_skipped()
    {
        // Given
        Jobs(Job("deals_c", "companies_c"), Job("companies_c"));
        _app.Sync.Marketo.Faults.Always(CallKind.Sync, Fault.Code("603"), "companies_c");
        _app.Ask(Tick).DeliverAll();
        _app.Sync.Marketo.Faults.Clear();

        // When
        var reports = _app.Ask(Tick with { RequestId = "4 o'clock" }).DeliverAll();

        // Then
        Assert.Equal([("companies_c", 10L), ("deals_c", 10L)], reports.Select(report => (report.Job, report.Accepted)));
    }

    [Fact]
    public void A_queue_that_does_not_take_the_next_job_fails_the_invocation_and_the_round_goes_on_when_the_message_comes_again()
    {
        // Given
        Jobs(Job("deals_c", "companies_c"), Job("companies_c"));
        _app.Ask(Tick).Deliver();
        _app.Queue.Failure = new IOException("the queue is down");

        // When
        Assert.Throws<IOException>(() => _app.Deliver());
        _app.Queue.Failure = null;
        _app.Sync.Time.Advance(ServerlessScenario.VisibilityTimeout);
        var reports = _app.DeliverAll();

        // Then
        Assert.Equal(
            [("companies_c", RunOutcome.NothingNew), ("deals_c", RunOutcome.Succeeded)],
            reports.Select(report => (report.Job, report.Outcome)));
    }

    [Fact]
    public void A_job_that_has_left_the_job_file_meanwhile_holds_nothing_up()
    {
        // Given
        Jobs(Job("roles_c", "deals_c"), Job("deals_c", "companies_c"), Job("companies_c"));
        _app.Ask(Tick).Deliver();

        // When
        Jobs(Job("roles_c", "companies_c"), Job("companies_c"));
        var reports = _app.ColdStart().DeliverAll();

        // Then
        Assert.Equal(["companies_c", "roles_c"], reports.Select(report => report.Job));
    }

    [Fact]
    public void A_request_for_one_job_leads_to_no_other()
    {
        // Given
        Jobs(Job("deals_c", "companies_c"), Job("companies_c"));

        // When
        var reports = _app.Ask(new RunRequest("companies_c", RunTrigger.Webhook, "3:07")).DeliverAll();

        // Then
        Assert.Equal("companies_c", Assert.Single(reports).Job);
    }

    private IReadOnlyList<string> Asked() => [.. _app.Queue.Accepted.Select(request => request.Job)];

    private void Jobs(params SyncJob[] jobs) => _app.Jobs = new JobList(jobs);

    /// <summary>A job of ten records, whose object is in Marketo.</summary>
    private SyncJob Job(string name, params string[] after)
    {
        if (_sources.TryAdd(name, new ListSource()))
        {
            _sources[name].Add(10);
            _app.Sync.Marketo.DefineObject(name, name, FieldDefinition.Key("sku"), new FieldDefinition("amount", "integer"));
        }

        var job = _app.Sync.Job with { Name = name, Source = _sources[name], After = after };
        _app.Sync.Use(services => services.GetRequiredService<StateSetup>().EnsureRecordsAsync(job, CancellationToken.None));
        return job;
    }
}
