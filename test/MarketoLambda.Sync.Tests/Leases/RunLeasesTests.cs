using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Faults;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MarketoLambda.Sync.Tests.Leases;

/// <summary>One run of a job at a time, whatever hosts there are; the model beside this folder says why each step is there.</summary>
public sealed class RunLeasesTests
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    private readonly SyncScenario _scenario = new SyncScenario().Initialized();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_several_hosts_that_start_at_once_at_most_one_works(bool createIsAtomic)
    {
        // Given
        _scenario.Marketo.Options.Quirks.CreateIsAtomic = createIsAtomic;
        _scenario.WithLatency(TimeSpan.FromSeconds(3)).Source.Add(2000);

        // When
        var reports = RunAtOnce(hosts: 4);

        // Then
        var worked = reports.Where(report => report.Outcome == RunOutcome.Succeeded).ToList();
        Assert.InRange(worked.Count, createIsAtomic ? 1 : 0, 1);
        Assert.All(reports.Except(worked), report => Assert.Equal((RunOutcome.Busy, 0L), (report.Outcome, report.Accepted)));
        Assert.Equal(worked.Count * 2000, _scenario.Marketo.Journal.Count(write => write.Record.ObjectName == SyncScenario.Product));
        Assert.Equal(RunOutcome.Succeeded, worked.Count == 1 ? RunOutcome.Succeeded : _scenario.Run().Outcome);
    }

    [Fact]
    public void The_claim_of_a_dead_run_keeps_others_away_until_nothing_of_it_can_arrive_any_more()
    {
        // Given: a run that dies while its first call is under way
        _scenario.Source.Add(10);
        _scenario.Marketo.Faults.On(CallKind.Sync, Fault.Hang(), objectName: SyncScenario.Product);
        var begun = _scenario.Time.GetUtcNow();
        Abandon(Quarter);

        // When
        var early = _scenario.RunOnce();
        _scenario.Time.Advance(early.BusyUntil!.Value - _scenario.Time.GetUtcNow() + TimeSpan.FromSeconds(1));
        var late = _scenario.RunOnce();

        // Then
        Assert.Equal(RunOutcome.Busy, early.Outcome);
        Assert.InRange(
            early.BusyUntil.Value,
            begun + Quarter + RunLeases.Grace,
            begun + Quarter + RunLeases.Grace + TimeSpan.FromSeconds(30));
        Assert.Equal((RunOutcome.Succeeded, 2L), (late.Outcome, late.RunNumber));
        Assert.Empty(_scenario.Alerts.Sent);
    }

    [Fact]
    public void A_claim_whose_reply_was_lost_is_recognised_by_its_token()
    {
        // Given
        _scenario.Source.Add(10);
        _scenario.Marketo.Faults.On(CallKind.Sync, Fault.BrokenConnection().AfterEffect(), objectName: RunFields.ObjectApiName);

        // When
        var report = _scenario.RunOnce(Quarter);

        // Then
        Assert.Equal((RunOutcome.Succeeded, 1L), (report.Outcome, report.RunNumber));
        Assert.Equal("done", Assert.Single(Runs()).Value["stage"]);
    }

    [Theory]
    [InlineData("1013")]
    [InlineData("1003")]
    public void A_claim_that_marketo_refuses_for_another_reason_is_told_and_not_taken_for_a_run_at_work(string code)
    {
        // Given
        _scenario.Source.Add(10);
        _scenario.Marketo.Faults.Always(CallKind.Sync, Fault.SkipRecords(code), RunFields.ObjectApiName);

        // When
        var report = _scenario.RunOnce();

        // Then
        Assert.Equal((RunOutcome.Failed, true), (report.Outcome, report.IsAlerted));
        Assert.Contains(code, report.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_whose_own_record_could_not_be_closed_holds_up_the_next_one_and_loses_nothing()
    {
        // Given
        _scenario.Source.Add(10);
        _scenario.Marketo.Faults.On(CallKind.Sync, Fault.Code("603"), nth: 2, objectName: RunFields.ObjectApiName);

        // When
        var first = _scenario.RunOnce(Quarter);
        _scenario.Source.Add(5);
        var second = _scenario.RunOnce();
        var third = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, RunOutcome.Busy, RunOutcome.Succeeded), (first.Outcome, second.Outcome, third.Outcome));
        Assert.Equal(5, third.Accepted);
    }

    [Fact]
    public void Calls_without_an_answer_that_no_time_is_left_to_wait_for_leave_the_claim_to_its_lease()
    {
        // Given
        _scenario.Source.Add(3000);
        _scenario.Marketo.Faults.On(CallKind.Sync, Fault.Hang(), nth: 4, times: FaultPlan.Forever, objectName: SyncScenario.Product);

        // When
        var report = _scenario.RunOnce(TimeSpan.FromMinutes(4));

        // Then: what is finished is recorded, but the next run waits for what may still arrive
        Assert.Equal(RunOutcome.Continued, report.Outcome);
        Assert.Equal("claimed", Runs()[1]["stage"]);
        Assert.Equal(900, _scenario.State().TotalRecordsInEpoch);
        Assert.Equal(RunOutcome.Busy, _scenario.RunOnce().Outcome);
    }

    [Fact]
    public void Taking_over_from_a_run_that_is_known_to_be_dead_waits_for_what_it_had_sent()
    {
        // Given
        _scenario.Source.Add(10);
        _scenario.Marketo.Faults.On(CallKind.Sync, Fault.Hang(), objectName: SyncScenario.Product);
        Abandon(TimeSpan.FromHours(3));
        var start = _scenario.Time.Elapsed;

        // When
        TakeOverResult? result = null;
        _scenario.Use(async services =>
            result = await services
                .GetRequiredService<RunLeases>()
                .TakeOverAsync(await StateAsync(services), _ => { }, CancellationToken.None));
        var report = _scenario.RunOnce();

        // Then
        Assert.Equal(1, Assert.IsType<TakeOverResult.Done>(result).Run.Number);
        Assert.InRange(_scenario.Time.Elapsed - start, TimeSpan.FromSeconds(120), TimeSpan.FromSeconds(200));
        Assert.Equal((RunOutcome.Succeeded, 2L), (report.Outcome, report.RunNumber));
    }

    [Theory]
    [InlineData(0, 150)]
    [InlineData(100, 50)]
    [InlineData(150, 0)]
    [InlineData(4000, 0)]
    public void Who_takes_over_from_a_process_that_is_proved_dead_waits_only_for_what_it_may_still_have_sent(int quietFor, int waits)
    {
        TakeOver taking = new(new RunRow("", "job", 1), new LeaseHolder.Dead(ProcessId: 1, TimeSpan.FromSeconds(quietFor)));

        Assert.Equal(TimeSpan.FromSeconds(waits), taking.Wait);
    }

    [Fact]
    public void Where_nobody_is_at_work_there_is_nothing_to_take_over()
    {
        // Given
        _scenario.Source.Add(10);
        _scenario.Run();

        // When
        _scenario.Use(async services =>
            Assert.IsType<TakeOverResult.NobodyAtWork>(
                await services
                    .GetRequiredService<RunLeases>()
                    .TakeOverAsync(
                        await StateAsync(services),
                        _ => throw new InvalidOperationException("Nobody to wait for."),
                        CancellationToken.None)));
    }

    [Fact]
    public void A_state_record_that_is_older_than_the_newest_run_is_read_again_and_then_the_run_itself_tells()
    {
        // Given: Marketo lost the last commit, or shows an old one
        _scenario.Source.Add(10);
        _scenario.Run();
        var old = _scenario.State();
        _scenario.Source.Add(10);
        _scenario.Run();
        Update(StateFields.ObjectApiName, old.MarketoGuid, $$"""{{Resume(10)}}, "lastRunNumber": 1""");
        _scenario.Source.Add(1);

        // When
        var report = _scenario.RunOnce();

        // Then
        Assert.Equal((3L, 1L), (report.RunNumber, report.Accepted));
    }

    [Fact]
    public void A_record_of_a_run_that_somebody_deleted_is_told_with_the_remedy_and_init_adds_it()
    {
        // Given
        _scenario.Source.Add(10);
        _scenario.Run();
        Delete(RunFields.ObjectApiName, Runs()[1].MarketoGuid.ToString());
        _scenario.Source.Add(1);

        // When
        var report = _scenario.RunOnce();
        _scenario.Initialized();
        var next = _scenario.RunOnce();

        // Then
        Assert.Equal(RunOutcome.Failed, report.Outcome);
        Assert.Contains("no record of run 1", report.Error, StringComparison.Ordinal);
        Assert.Equal((RunOutcome.Succeeded, 2L, 1L), (next.Outcome, next.RunNumber, next.Accepted));
    }

    [Fact]
    public void A_job_from_before_runs_were_claimed_goes_on_after_init_at_its_number_and_position()
    {
        // Given
        SyncScenario scenario = new();
        scenario.Use(async services =>
            await services.GetRequiredService<Sync.Setup.StateSetup>().EnsureObjectAsync(StateFields.Definition, CancellationToken.None));
        scenario.Marketo.Seed(
            StateFields.ObjectApiName,
            $$"""{ "aPIName": "{{SyncScenario.Product}}", {{Resume(7)}}, "lastRunNumber": 41, "lastRunOutcome": "Succeeded" }""");
        scenario.Source.Add(10);

        // When
        var report = scenario.Initialized().RunOnce();

        // Then
        Assert.Equal((42L, 3L), (report.RunNumber, report.Accepted));
    }

    [Fact]
    public void Old_records_of_runs_are_deleted_in_time_and_runs_go_on_counting()
    {
        // Given: two hundred runs, one a day
        for (var day = 1; day <= 201; day++)
        {
            _scenario.Source.Add(1);
            Assert.Equal((RunOutcome.Succeeded, (long)day), (_scenario.RunOnce().Outcome, _scenario.State().LastRun!.Number));
            _scenario.Time.Advance(TimeSpan.FromDays(1));
        }

        // Then
        var floor = long.Parse(Floor()["runNumber"]!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(100, floor);
        Assert.Equal(Enumerable.Range(100, 102).Select(number => (long)number), Runs().Keys);
        Assert.Equal(201, _scenario.Marketo.Count(SyncScenario.Product));
    }

    [Fact]
    public void A_run_that_read_the_state_while_another_was_at_work_goes_on_where_that_one_ended()
    {
        // Given: the record as it was in the middle of run 1
        _scenario.Source.Add(700);
        _scenario.Run();
        StateRecord? ended = null;
        LeaseResult? result = null;
        _scenario.Use(async services => ended = await StateAsync(services));
        var between = ended! with
        {
            Checkpoint = new Checkpoint { Resume = "{\"rows\":300}" },
            LastRun = ended.LastRun! with { Outcome = RunOutcomeText.Running, EndedAt = null },
        };

        // When
        _scenario.Use(async services =>
            result = await services
                .GetRequiredService<RunLeases>()
                .AcquireAsync(
                    between,
                    isWarm: false,
                    RunKind.Import,
                    target: null,
                    new RunDeadline(_scenario.Time, Quarter, CancellationToken.None),
                    CancellationToken.None));

        // Then
        Assert.Equal("{\"rows\":700}", Assert.IsType<LeaseResult.Acquired>(result).Lease.Before.Checkpoint.Resume);
    }

    private static string Resume(int rows) => $$"""
        "resumePosition": "{\"rows\":{{rows}}}"
        """;

    private Dictionary<long, RecordView> Runs() => _scenario.Marketo.Records(RunFields.ObjectApiName)
        .Where(row => !row.Key.EndsWith("#floor", StringComparison.Ordinal))
        .ToDictionary(row => long.Parse(row["runNumber"]!, System.Globalization.CultureInfo.InvariantCulture));

    private RecordView Floor() =>
        _scenario.Marketo.Records(RunFields.ObjectApiName).Single(row => row.Key.EndsWith("#floor", StringComparison.Ordinal));

    private static Task<StateRecord> StateAsync(IServiceProvider services) =>
        services.GetRequiredService<StateStore>().ReadAsync(SyncScenario.Product, CancellationToken.None);

    /// <summary>A run that hangs, and whose process is gone before it could do anything about it.</summary>
    private void Abandon(TimeSpan limit)
    {
        using CancellationTokenSource abort = new(TimeSpan.FromSeconds(20), _scenario.Time);
        _scenario.Use(async services =>
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                services
                    .GetRequiredService<SyncEngine>()
                    .RunAsync(_scenario.Job, new RunDeadline(_scenario.Time, limit, CancellationToken.None), progress: null, abort.Token)));
    }

    private List<SyncReport> RunAtOnce(int hosts)
    {
        List<SyncReport> reports = [];
        _scenario.Time.Run(() =>
            Task.WhenAll(
                Enumerable
                    .Range(0, hosts)
                    .Select(async _ =>
                    {
                        await using var host = _scenario.Host();
                        reports.Add(
                            await host.GetRequiredService<SyncEngine>()
                                .RunAsync(
                                    _scenario.Job,
                                    new RunDeadline(_scenario.Time, Quarter, CancellationToken.None),
                                    null,
                                    CancellationToken.None));
                    })));
        return reports;
    }

    private void Update(string objectName, string guid, string fields) =>
        Post(
            $"/rest/v1/customobjects/{objectName}.json",
            $$"""{ "action": "updateOnly", "dedupeBy": "idField", "input": [{ "marketoGUID": "{{guid}}", {{fields}} }] }""");

    private void Delete(string objectName, string guid) =>
        Post(
            $"/rest/v1/customobjects/{objectName}/delete.json",
            $$"""{ "deleteBy": "idField", "input": [{ "marketoGUID": "{{guid}}" }] }""");

    private void Post(string path, string body) =>
        _scenario.Time.Run(async () =>
        {
            using HttpClient http = new(_scenario.Marketo.CreateHandler()) { BaseAddress = new Uri("https://123-abc-456.mktorest.com") };
            var identity = System.Text.Json.JsonDocument.Parse(
                await http.GetStringAsync(
                    new Uri(
                        $"/identity/oauth/token?grant_type=client_credentials&client_id={Emulator.Identity.CustomService.DefaultClientId}&client_secret={Emulator.Identity.CustomService.DefaultClientSecret}",
                        UriKind.Relative)));
            http.DefaultRequestHeaders.Authorization = new("Bearer", identity.RootElement.GetProperty("access_token").GetString());
            using StringContent content = new(body, System.Text.Encoding.UTF8, "application/json");
            using var response = await http.PostAsync(new Uri(path, UriKind.Relative), content);
            Assert.Contains("\"success\":true", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.DoesNotContain("skipped", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        });
}
