using MarketoLambda.Sync.Sources;
using MarketoLambda.Testing.Salesforce;

namespace MarketoLambda.Sources.Tests.Salesforce;

public sealed class BulkTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_first_load_of_many_records_comes_by_bulk_jobs_in_the_order_of_change(bool headerOnEveryPage)
    {
        // Given
        var crm = Many(30, org => (org.BulkPageSize, org.BulkHeaderOnEveryPage) = (4, headerOnEveryPage));
        // When
        var read = crm.Read();
        // Then
        Assert.Equal(Enumerable.Range(1, 30).Select(crm.Assets.Id), read.Ids);
        Assert.True(crm.Org.BulkJobs > 0);
        Assert.Equal(crm.Time.GetUtcNow().AddMinutes(-2), read.End.Mark!.Value, TimeSpan.FromMinutes(2));
    }

    [Fact]
    public void What_is_new_afterwards_comes_by_queries()
    {
        // Given
        var crm = Many(30);
        var end = crm.Read().End;
        var jobs = crm.Org.BulkJobs;
        // When
        var read = crm.With(20).After(TimeSpan.FromMinutes(20)).Read(end);
        // Then
        Assert.Equal(20, read.Ids.Distinct().Except(Enumerable.Range(1, 30).Select(crm.Assets.Id)).Count());
        Assert.Equal(jobs, crm.Org.BulkJobs);
    }

    [Fact]
    public void A_run_that_was_cut_off_finds_its_job_again_from_every_position()
    {
        // Given
        var crm = Many(12);
        var whole = crm.Read();
        // When
        var jobs = crm.Org.BulkJobs;
        var rests = whole.Positions.Select(position => crm.Read(position).Ids).ToList();
        // Then
        for (var i = 0; i < rests.Count; i++)
        {
            var handedOut = whole.Items.Take(i + 1).OfType<SourceRecord>().Count();
            Assert.Equal(whole.Ids[handedOut..], rests[i].Take(whole.Ids.Length - handedOut)); // and then the rows of the lookback again
        }

        Assert.Equal(jobs + 1, crm.Org.BulkJobs); // only the first position is older than the job
    }

    [Fact]
    public void A_run_that_ends_while_the_job_is_running_leaves_it_to_the_next()
    {
        // Given
        var crm = Many(12, org => org.BulkDuration = TimeSpan.FromHours(1));
        var first = crm.Read(most: 3); // two records of the first page, and a wait
        Assert.IsType<SourceWait>(first.Items[^1]);
        // When
        crm.After(TimeSpan.FromHours(2));
        var second = crm.Read(first.End);
        // Then
        Assert.Equal(1, crm.Org.BulkJobs);
        Assert.Equal(Enumerable.Range(1, 12).Select(crm.Assets.Id), first.Ids.Concat(second.Ids).Take(12));
    }

    [Theory]
    [InlineData("Failed")]
    [InlineData("Aborted")]
    [InlineData("Gone")]
    public void A_job_that_came_to_nothing_is_made_again(string end)
    {
        // Given
        var crm = Many(12, org => org.BulkDuration = TimeSpan.FromMinutes(1));
        var first = crm.Read(most: 3);
        // When
        if (end == "Gone")
        {
            crm.Org.ForgetBulkJobs();
        }
        else
        {
            crm.Org.EndBulkJob(end, "Internal error");
        }

        var second = crm.Read(first.End);
        // Then
        Assert.Equal(2, crm.Org.BulkJobs);
        Assert.Equal(Enumerable.Range(1, 12).Select(crm.Assets.Id), first.Ids.Concat(second.Ids).Take(12));
    }

    [Fact]
    public void A_job_that_was_made_again_without_any_record_read_is_remembered_too()
    {
        // Given
        var crm = Many(12, org => org.BulkDuration = TimeSpan.FromMinutes(1));
        var first = crm.Read(most: 3);
        crm.Org.ForgetBulkJobs();
        // When
        var second = crm.Read(first.End, most: 2); // notices that the job is gone, and makes another
        crm.After(TimeSpan.FromMinutes(5));
        var third = crm.Read(second.End);
        // Then
        Assert.Empty(second.Ids);
        Assert.Equal(2, crm.Org.BulkJobs);
        Assert.Equal(Enumerable.Range(1, 12).Select(crm.Assets.Id), first.Ids.Concat(third.Ids).Take(12));
    }

    [Fact]
    public void A_job_that_fails_again_and_again_stops_the_run_with_Salesforces_reason()
    {
        // Given
        var crm = Many(12, org => org.BulkDuration = TimeSpan.FromMinutes(1));
        crm.Network = handler => new Ending(handler, () => crm.Org.EndBulkJob("Failed", "InternalServerError : Big trouble."));
        // When
        var refusal = crm.Error();
        // Then
        Assert.Equal(
            "A bulk job for Asset came to nothing three times (InternalServerError : Big trouble); nothing is lost. Set \"bulkAbove\" so "
                + "high that the job reads by queries, or ask Salesforce support",
            refusal);
    }

    [Fact]
    public void A_job_that_is_gone_as_soon_as_it_is_made_is_not_made_for_ever()
    {
        // Given
        var crm = Many(12, org => org.BulkDuration = TimeSpan.FromMinutes(1));
        crm.Network = handler => new Ending(handler, crm.Org.ForgetBulkJobs);
        // When
        var refusal = crm.Error();
        // Then
        Assert.StartsWith(
            "A bulk job for Asset came to nothing three times (Salesforce does not say why); nothing is lost.",
            refusal,
            StringComparison.Ordinal);
        Assert.Equal(3, crm.Org.BulkJobs);
    }

    [Fact]
    public void A_job_that_does_not_end_within_half_a_day_is_told_and_taken_up_again_should_it_end()
    {
        // Given
        var crm = Many(12, org => org.BulkDuration = TimeSpan.FromHours(20));
        var first = crm.Read(most: 3);
        // When
        crm.After(TimeSpan.FromHours(13));
        var refusal = Assert.Throws<SourceException>(() => crm.Read(first.End)).Message;
        var last = crm.After(TimeSpan.FromHours(8)).Read(first.End);
        // Then
        Assert.Equal(
            "The bulk job 750000000000001AAA for Asset has been running for over 12 hours; abort it in Setup > Bulk Data Load Jobs, and "
                + "the next run makes it again, or set \"bulkAbove\" so high that the job reads by queries. Nothing is lost",
            refusal);
        Assert.Equal(1, crm.Org.BulkJobs);
        Assert.Equal(Enumerable.Range(1, 12).Select(crm.Assets.Id), first.Ids.Concat(last.Ids).Take(12));
    }

    [Fact]
    public void A_changed_job_file_does_not_take_up_the_old_job()
    {
        // Given
        var crm = Many(12, org => org.BulkDuration = TimeSpan.FromMinutes(1));
        var first = crm.Read(most: 3);
        crm.After(TimeSpan.FromMinutes(5));
        // When
        var second = crm.Read(first.End, columns: "Id,Name");
        // Then
        Assert.Equal(2, crm.Org.BulkJobs);
        Assert.All(second.Records, record => Assert.Equal("1", record.Values[1]));
    }

    [Fact]
    public void More_than_fits_into_memory_is_cut_into_slices_and_a_second_too_large_for_one_is_read_by_queries()
    {
        // Given
        var crm = new Crm(org => org.PageSize = 2) { Section = "\"bulkAbove\": 5" };
        for (var second = 0; second < 20; second++)
        {
            crm.With(second == 10 ? 25 : 2).After(TimeSpan.FromSeconds(second == 3 ? 86_400 : 1));
        }

        crm.After(TimeSpan.FromMinutes(5));
        // When
        var read = crm.Read();
        var sliced = crm.ReadSliced(rowsPerJob: 8);
        // Then
        Assert.Equal(Enumerable.Range(1, 63).Select(crm.Assets.Id), read.Ids);
        Assert.Equal(read.Ids, sliced.Ids);
        Assert.True(crm.Org.BulkJobs > 4);
    }

    [Fact]
    public void A_result_that_is_not_whole_is_not_imported()
    {
        // Given
        var crm = Many(12);
        crm.Network = handler => new Cutting(handler);
        // When
        var refusal = crm.Error();
        // Then
        Assert.StartsWith(
            "A bulk job for Asset came to nothing three times (its result has 11 records, and 12 were announced); nothing is lost.",
            refusal,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Values_have_the_same_types_by_bulk_jobs_and_by_queries()
    {
        // Given
        const string columns =
            "Id,SerialNumber,Name,Quantity,Price,InstallDate,UsageEndsAt__c,IsCompetitorProduct,Account.Name,Account.NumberOfEmployees";
        var crm = Many(6);
        crm.Accounts.Put(1, new Dictionary<string, object?> { ["Name"] = "Müller \"&\" Söhne, Köln\nNord", ["NumberOfEmployees"] = 12 });
        crm.Assets.Put(3, new Dictionary<string, object?>
        {
            ["Quantity"] = 5.0,
            ["Price"] = 12.34,
            ["InstallDate"] = new DateOnly(2026, 11, 3),
            ["UsageEndsAt__c"] = new DateTimeOffset(2026, 12, 31, 23, 59, 58, TimeSpan.Zero),
            ["IsCompetitorProduct"] = true,
            ["AccountId"] = crm.Accounts.Id(1),
        });
        crm.After(TimeSpan.FromMinutes(5));
        // When
        var byBulk = crm.Read(columns: columns);
        crm.Section = "";
        var byQuery = crm.Read(columns: columns);
        // Then
        Assert.Equal(1, crm.Org.BulkJobs);
        Assert.Equal(byQuery.Records.Select(record => record.Values), byBulk.Records.Select(record => record.Values));
        var values = byBulk.Records.Single(record => (string?)record.Values[0] == crm.Assets.Id(3)).Values;
        Assert.Equal(
            [
                crm.Assets.Id(3),
                "sn-3",
                "1",
                5L,
                12.34m,
                new DateOnly(2026, 11, 3),
                new DateTimeOffset(2026, 12, 31, 23, 59, 58, TimeSpan.Zero),
                true,
                "Müller \"&\" Söhne, Köln\nNord",
                12L,
            ],
            values);
    }

    private static Crm Many(int count, Action<OrgOptions>? configure = null)
    {
        var crm = new Crm(org =>
        {
            org.PageSize = 2;
            configure?.Invoke(org);
        })
        { Section = $"\"bulkAbove\": 5" };
        for (var number = 1; number <= count; number++)
        {
            crm.Put(number).After(TimeSpan.FromSeconds(number % 3 == 0 ? 1 : 0));
        }

        return crm.After(TimeSpan.FromMinutes(5));
    }

    /// <summary>Each job ends as soon as someone asks about it.</summary>
    private sealed class Ending(HttpMessageHandler org, Action end) : DelegatingHandler(org)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Get && request.RequestUri!.AbsolutePath.Contains("/jobs/query/", StringComparison.Ordinal))
            {
                end();
            }

            return base.SendAsync(request, cancellationToken);
        }
    }

    /// <summary>A proxy cuts the last row off, and its count with it.</summary>
    private sealed class Cutting(HttpMessageHandler org) : DelegatingHandler(org)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (request.RequestUri!.AbsolutePath.EndsWith("/results", StringComparison.Ordinal))
            {
                var csv = await response.Content.ReadAsStringAsync(cancellationToken);
                response.Content = new StringContent(csv[..(csv[..^1].LastIndexOf('\n') + 1)]);
                response.Headers.Remove("Sforce-NumberOfRecords");
            }

            return response;
        }
    }
}
