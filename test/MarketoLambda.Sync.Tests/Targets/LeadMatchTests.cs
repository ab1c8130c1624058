using MarketoLambda.Emulator.Calls;
using MarketoLambda.Marketo;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Checks;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.Targets;
using MarketoLambda.Sync.Targets.Leads;
using MarketoLambda.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MarketoLambda.Sync.Tests.Targets;

/// <summary>People that are there several times, and what may be done to them.</summary>
public sealed class LeadMatchTests
{
    private readonly SyncScenario _scenario = new();

    [Fact]
    public void A_key_of_several_people_is_rejected_with_the_ids_of_all_and_the_others_go_through()
    {
        // Given
        Job(new LeadTarget(LeadTarget.Email, WriteMode.Default));
        Seed("many@x.example", "Ann");
        Seed("many@x.example", "Bob");
        _scenario.Source.Add("many@x.example", "new").Add("one@x.example", "new");

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, 1L, 1L), (report.Outcome, report.Accepted, report.Rejected));
        var reject = Assert.Single(_scenario.Rejects.Stored);
        Assert.Equal("1007", reject.Code);
        Assert.StartsWith("2 people share this e-mail address: ids 1, 2", reject.Reason, StringComparison.Ordinal);
        Assert.Equal(["Ann", "Bob", "new"], Names());
    }

    [Theory]
    [InlineData("oldest", "new", "Bob")]
    [InlineData("mostRecentlyUpdated", "Ann", "new")]
    public void A_policy_chooses_one_of_several_people(string policy, string first, string second)
    {
        // Given: the second one was changed last
        Job(new LeadTarget(LeadTarget.Email, WriteMode.Default)
        {
            OnSeveralMatches = policy == "oldest" ? SeveralMatches.Oldest : SeveralMatches.MostRecentlyUpdated,
        });
        Seed("many@x.example", "Ann");
        _scenario.Time.Advance(TimeSpan.FromMinutes(1));
        Seed("many@x.example", "Bob");
        Add(people: 400).Add("many@x.example", "new");

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, 401L, 0L), (report.Outcome, report.Accepted, report.Rejected));
        Assert.Equal([first, second], Names().Take(2));
        Assert.Equal(402, _scenario.Marketo.Count("lead"));
    }

    [Fact]
    public void People_that_are_as_they_are_to_be_are_read_and_not_written()
    {
        // Given
        Job(new LeadTarget(LeadTarget.Email, WriteMode.Default with { SkipsUnchanged = true }));
        Add(people: 700);
        _scenario.Run();
        Add(people: 700).Add("person-3@x.example", "other");

        // When
        var report = _scenario.Run();

        // Then: one of them was sent, and each 300 were read with one call
        Assert.Equal((701L, 1L, 700L), (report.Accepted, report.Updated, report.Unchanged));
        Assert.Equal(1, Leads(CallKind.Sync).Sum(call => call.Records) - 700);
        Assert.Equal(3 + 3, Leads(CallKind.Query).Count());
    }

    [Fact]
    public void A_record_that_this_run_has_written_is_sent_again_whatever_is_read_of_it()
    {
        // Given: what is read is older than what was written last
        Job(new LeadTarget(LeadTarget.Email, WriteMode.Default with { SkipsUnchanged = true }));
        Seed("a@x.example", "old");
        ReadLateOnceWritten();
        _scenario.Source.Add("a@x.example", "new");
        Add(people: 600).Add("a@x.example", "old");

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, "old"), (report.Outcome, Names().First()));
    }

    [Fact]
    public void A_person_who_comes_again_to_the_letter_is_sent_once_and_one_who_is_there_already_never()
    {
        // Given: each person stands in the file three times, too far apart for one call
        Job(new LeadTarget(LeadTarget.Email, WriteMode.Default with { SkipsUnchanged = true }));
        Add(people: 400);
        Add(people: 400);
        Add(people: 400);

        // When
        var first = _scenario.Run();
        var sent = Leads(CallKind.Sync).Sum(call => call.Records);
        Add(people: 400);
        Add(people: 400);
        var second = _scenario.Run();

        // Then
        Assert.Equal((1200L, 400L, 400), (first.Accepted, first.Created, sent));
        Assert.Equal((800L, 800L, 400), (second.Accepted, second.Unchanged, Leads(CallKind.Sync).Sum(call => call.Records)));
    }

    [Fact]
    public void A_person_who_changes_to_and_fro_ends_as_the_last_row_says()
    {
        // Given: the third row is the first one again, and what is read is older than what was written
        Job(new LeadTarget(LeadTarget.Email, WriteMode.Default with { SkipsUnchanged = true }));
        Seed("a@x.example", "zero");
        ReadLateOnceWritten();
        _scenario.Source.Add("a@x.example", "one");
        Add(people: 600).Add("a@x.example", "two");
        Add(people: 600).Add("a@x.example", "one");

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, "one"), (report.Outcome, Names().First()));
    }

    [Fact]
    public void A_person_whose_last_row_was_refused_is_sent_again_whatever_was_taken_before()
    {
        // Given: the third row is the first one again
        Job(new LeadTarget(LeadTarget.Email, WriteMode.Default with { SkipsUnchanged = true }));
        _scenario.Source.Add("a@x.example", "one");
        Add(people: 600).Add("a@x.example", "two");
        Add(people: 600).Add("a@x.example", "one");
        _scenario.Marketo.Faults.On(
            CallKind.Sync,
            Emulator.Faults.Fault.SkipRecords("1010", message: null, "a@x.example"),
            nth: 3,
            objectName: "lead");

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal(1L, report.Rejected);
        Assert.Equal(2, _scenario.Marketo.Sent("lead", "a@x.example").Count);
    }

    [Theory]
    [InlineData(SyncAction.CreateOnly, 1, 2)]
    [InlineData(SyncAction.UpdateOnly, 0, 1)]
    public void Records_that_an_action_leaves_alone_count_as_unchanged(SyncAction action, int created, int people)
    {
        // Given
        Job(new LeadTarget(LeadTarget.Email, new WriteMode(action)));
        Seed("a@x.example", "Ann");
        _scenario.Source.Add("a@x.example", "new").Add("b@x.example", "new");

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((2L, 0L, 1L, (long)created), (report.Accepted, report.Rejected, report.Unchanged, report.Created));
        Assert.Equal(people, _scenario.Marketo.Count("lead"));
        Assert.Equal(action == SyncAction.UpdateOnly ? "new" : "Ann", Names().First());
    }

    [Theory]
    [InlineData(SyncAction.CreateOnly, "1005")]
    [InlineData(SyncAction.UpdateOnly, "1004")]
    public void Records_that_an_action_leaves_alone_are_rejected_where_the_job_says_so(SyncAction action, string code)
    {
        // Given
        Job(new LeadTarget(LeadTarget.Email, new WriteMode(action, RejectsOthers: true)));
        Seed("a@x.example", "Ann");
        _scenario.Source.Add("a@x.example", "new").Add("b@x.example", "new");

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((1L, 1L), (report.Accepted, report.Rejected));
        Assert.Equal(code, Assert.Single(_scenario.Rejects.Stored).Code);
    }

    [Fact]
    public void A_source_that_deletes_stops_before_a_person_is_deleted_unless_the_job_says_so_in_words()
    {
        // Given
        Job(new LeadTarget(LeadTarget.Email, WriteMode.Default));
        Seed("a@x.example", "Ann");
        _scenario.Source.Add([new ListSource.ListRow("a@x.example", "", IsDeletion: true)]);

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Failed, 0L), (report.Outcome, report.Rejected));
        Assert.Contains("\"deleteLeads\": \"yes, delete people\"", report.Error, StringComparison.Ordinal);
        Assert.Equal(1, _scenario.Marketo.Count("lead"));
    }

    [Fact]
    public void A_key_of_several_people_deletes_nobody()
    {
        // Given
        Job(new LeadTarget(LeadTarget.Email, WriteMode.Default) { DeletesPeople = true });
        Seed("a@x.example", "Ann");
        Seed("a@x.example", "Bob");
        _scenario.Source.Add([new ListSource.ListRow("a@x.example", "", IsDeletion: true)]);

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((0L, 1L), (report.Accepted, report.Rejected));
        Assert.Equal(2, _scenario.Marketo.Count("lead"));
    }

    [Fact]
    public void A_field_of_the_company_is_refused_by_the_check_with_the_reason() => Use(async writer =>
    {
        var job = _scenario.Job with { Fields = [.. _scenario.Job.Fields, new FieldMapping("industry", "Value")] };

        var found = await new JobCheck(job, await writer.DescribeAsync(CancellationToken.None)).ProbeAsync(
            withSamples: false,
            CancellationToken.None);

        var mistake = Assert.Single(found.Mistakes);
        Assert.Contains("belongs to the person's company, and Marketo refuses it here (1021)", mistake, StringComparison.Ordinal);
    });

    [Fact]
    public void An_address_with_letters_beyond_ascii_is_a_reject_that_says_so()
    {
        // Given
        Job(new LeadTarget(LeadTarget.Email, WriteMode.Default));
        _scenario.Source.Add("jürgen@x.example", "new").Add("ann@x.example", "new");

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((1L, 1L), (report.Accepted, report.Rejected));
        var reject = Assert.Single(_scenario.Rejects.Stored);
        Assert.Equal("wrong-type", reject.Code);
        Assert.Contains("ASCII", reject.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("@x.example")]
    [InlineData("ann@")]
    [InlineData("ann b@x.example")]
    public void What_is_certainly_no_address_is_refused_before_it_is_sent(string address)
    {
        // Given
        Job(new LeadTarget(LeadTarget.Email, WriteMode.Default));
        _scenario.Source.Add(address, "new").Add("ann@x.example", "new");

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((1L, 1L), (report.Accepted, report.Rejected));
        var reject = Assert.Single(_scenario.Rejects.Stored);
        Assert.Equal("wrong-type", reject.Code);
        Assert.Contains("needs an e-mail address, such as name@example.com", reject.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Leads_are_described_by_the_older_call_where_the_newer_one_is_not_there() => Use(async writer =>
    {
        var newer = await writer.DescribeAsync(CancellationToken.None);
        _scenario.Marketo.Faults.On(CallKind.Describe, Emulator.Faults.Fault.Code("610"), objectName: "lead");

        var older = await writer.DescribeAsync(CancellationToken.None);

        Assert.Equal(
            newer!.Fields.Where(field => field.IsUpdateable && field.Name != "id").Select(field => (field.Name, field.DataType, field.Length)),
            older!.Fields.Where(field => field.IsUpdateable && field.Name != "id").Select(field => (field.Name, field.DataType, field.Length)));
    });

    private ListSource Add(int people) =>
        _scenario.Source.Add(Enumerable.Range(0, people).Select(number => new ListSource.ListRow($"person-{number}@x.example", "1")));

    private void Job(LeadTarget target)
    {
        _scenario.Job = new SyncJob(
            SyncScenario.Product,
            _scenario.Source,
            [LeadTarget.Email],
            [new(LeadTarget.Email, "Key"), new("firstName", "Value")])
        {
            Target = target,
        };
        _scenario.Initialized();
    }

    private void Use(Func<ITargetWriter, Task> act)
    {
        Job(new LeadTarget(LeadTarget.Email, WriteMode.Default));
        _scenario.Use(services => act(_scenario.Job.Target.Open(services.GetRequiredService<MarketoClient>())));
    }

    /// <summary>From the first write of people on, queries show what was an hour ago; before, a lease could not be had.</summary>
    private void ReadLateOnceWritten() => _scenario.Network = marketo => new LateReads(
        marketo,
        () => _scenario.Marketo.Options.Quirks.ReadLag = TimeSpan.FromHours(1));

    private void Seed(string email, string name) => _scenario.Marketo.Seed("lead", $$"""{"email":"{{email}}","firstName":"{{name}}"}""");

    private IEnumerable<string?> Names() => _scenario.Marketo.Records("lead").Select(lead => lead["firstName"]);

    private IEnumerable<CallEntry> Leads(CallKind kind) =>
        _scenario.Marketo.Calls.Newest.Where(call => call.Kind == kind && call.ObjectName == "lead");

    private sealed class LateReads(HttpMessageHandler marketo, Action begin) : DelegatingHandler(marketo)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.PathAndQuery == "/rest/v1/leads.json")
            {
                begin();
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
