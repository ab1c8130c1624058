using MarketoLambda.Hosting.Warm;
using MarketoLambda.Marketo.Identity;
using MarketoLambda.Sync.Settings;
using MarketoLambda.Testing;

namespace MarketoLambda.Hosting.Tests.Warm;

public sealed class RenewableHostTests : IDisposable
{
    private readonly VirtualTime _time = new();
    private readonly WarmInstance _memory = new();
    private readonly RecordedLog _log = new();
    private readonly MemoryAlerts _alerts = new();
    private string? _secret = "first";
    private string _jobs = "jobs";
    private int _reads;
    private int _wirings;

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Secrets_that_stay_are_read_every_five_minutes_and_wired_once()
    {
        // Given
        var renewable = Renewable();

        // When
        var hosts = new List<Host>();
        for (var minute = 0; minute < 20; minute++)
        {
            hosts.Add(await renewable.GetAsync(CancellationToken.None));
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        // Then
        Assert.Equal((4, 1), (_reads, _wirings));
        Assert.Single(hosts.Distinct());
    }

    [Fact]
    public async Task A_changed_secret_wires_the_host_anew_and_clears_the_memory()
    {
        // Given
        var renewable = Renewable();
        await renewable.GetAsync(CancellationToken.None);
        ((IAccessTokenCache)_memory).Keep("subscription", new AccessToken("token", _time.GetUtcNow()));

        // When
        _secret = "second";
        _time.Advance(RenewableHost<Host>.Lifetime);
        var host = await renewable.GetAsync(CancellationToken.None);

        // Then
        Assert.Equal(new Host("second", "jobs"), host);
        Assert.Null(((IAccessTokenCache)_memory).Find("subscription"));
        Assert.Contains(_log.Lines, line => line.Contains("[2120]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Secrets_out_of_reach_stay_those_in_use_but_a_start_without_any_fails()
    {
        // Given
        var renewable = Renewable();
        await renewable.GetAsync(CancellationToken.None);

        // When
        _secret = null;
        _time.Advance(RenewableHost<Host>.Lifetime);

        // Then
        Assert.Equal(new Host("first", "jobs"), await renewable.GetAsync(CancellationToken.None));
        Assert.Contains(_log.Lines, line => line.Contains("[2121]", StringComparison.Ordinal));
        await Assert.ThrowsAsync<IOException>(() => Renewable().GetAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_changed_job_file_is_in_force_within_five_minutes_and_costs_no_memory()
    {
        // Given
        var renewable = Renewable();
        await renewable.GetAsync(CancellationToken.None);
        ((IAccessTokenCache)_memory).Keep("subscription", new AccessToken("token", _time.GetUtcNow()));

        // When
        _jobs = "more jobs";
        var before = await renewable.GetAsync(CancellationToken.None);
        _time.Advance(RenewableHost<Host>.Lifetime);
        var after = await renewable.GetAsync(CancellationToken.None);

        // Then
        Assert.Equal((new Host("first", "jobs"), new Host("first", "more jobs")), (before, after));
        Assert.NotNull(((IAccessTokenCache)_memory).Find("subscription"));
        Assert.Contains(_log.Lines, line => line.Contains("[3003]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_cannot_wait_reads_again_at_once_and_gets_the_same_host_where_nothing_changed()
    {
        var renewable = Renewable();
        var first = await renewable.GetAsync(CancellationToken.None);

        Assert.Same(first, await renewable.RenewAsync(CancellationToken.None));
        _jobs = "more jobs";
        Assert.Equal(new Host("first", "more jobs"), await renewable.RenewAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_job_file_with_mistakes_is_refused_with_one_alert_and_the_one_before_stays_in_force()
    {
        // Given
        var renewable = Renewable();
        var first = await renewable.GetAsync(CancellationToken.None);

        // When: it is broken for an hour
        _jobs = "broken";
        for (var minute = 0; minute < 60; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            Assert.Same(first, await renewable.GetAsync(CancellationToken.None));
        }

        // Then
        var alert = Assert.Single(_alerts.Sent);
        Assert.Contains("the one before it stays in force", alert.Subject, StringComparison.Ordinal);
        Assert.Contains("line 7: is broken.", alert.Text, StringComparison.Ordinal);
        Assert.Equal(12, _log.Lines.Count(line => line.Contains("[3001]", StringComparison.Ordinal)));

        // When: it is corrected, and broken in another way later
        _jobs = "corrected";
        _time.Advance(RenewableHost<Host>.Lifetime);
        Assert.Equal(new Host("first", "corrected"), await renewable.GetAsync(CancellationToken.None));
        _jobs = "broken again";
        await renewable.RenewAsync(CancellationToken.None);

        // Then
        Assert.Equal(2, _alerts.Sent.Count);
    }

    [Fact]
    public async Task A_secret_that_changes_while_the_job_file_is_broken_is_used_with_the_job_file_before_it()
    {
        var renewable = Renewable();
        await renewable.GetAsync(CancellationToken.None);

        (_jobs, _secret) = ("broken", "second");

        Assert.Equal(new Host("second", "jobs"), await renewable.RenewAsync(CancellationToken.None));
        Assert.Equal(new Host("second", "jobs"), await renewable.RenewAsync(CancellationToken.None));
    }

    [Fact]
    public async Task An_alert_that_cannot_be_sent_is_tried_again_and_stops_no_job()
    {
        var renewable = Renewable();
        var first = await renewable.GetAsync(CancellationToken.None);
        (_jobs, _alerts.Failure) = ("broken", new IOException("the mail server is down"));
        Assert.Same(first, await renewable.RenewAsync(CancellationToken.None));
        Assert.Contains(_log.Lines, line => line.Contains("[3002]", StringComparison.Ordinal));

        _alerts.Failure = null;
        await renewable.RenewAsync(CancellationToken.None);

        Assert.Single(_alerts.Sent);
    }

    [Fact]
    public async Task An_instance_that_starts_with_a_broken_job_file_fails_and_says_where()
    {
        _jobs = "broken";

        var told = await Assert.ThrowsAsync<JobFileException>(() => Renewable().GetAsync(CancellationToken.None));

        Assert.Contains("jobs.json line 7: is broken.", told.Message, StringComparison.Ordinal);
    }

    private RenewableHost<Host> Renewable() => new(
        _ =>
        {
            _reads++;
            return _secret is null
                ? Task.FromException<HostInputs>(new IOException("out of reach"))
                : Task.FromResult(new HostInputs(new Dictionary<string, string?> { ["Secret"] = _secret }, _jobs));
        },
        inputs =>
        {
            _wirings++;
            return inputs.Jobs.StartsWith("broken", StringComparison.Ordinal)
                ? throw new JobFileException("jobs.json", [new JobProblem(7, "is broken")])
                : new Host(inputs.Secrets["Secret"]!, inputs.Jobs);
        },
        _memory,
        new JobFileWatch("s3://acme/jobs.json", _alerts, _time, _log.CreateLogger("test")),
        _time,
        _log.CreateLogger("test"));

    private sealed record Host(string Secret, string Jobs);
}
