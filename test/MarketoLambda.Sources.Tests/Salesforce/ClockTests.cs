using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Tests.Salesforce;

/// <summary>Whose clock bounds a pass: the organisation's, as far as it is proven to be no later than the truth.</summary>
public sealed class ClockTests
{
    [Theory]
    [InlineData(0, 180)]
    [InlineData(0, 6)]
    [InlineData(90, 0)]
    [InlineData(-90, 0)]
    [InlineData(90, 180)]
    [InlineData(4, 0)]
    public void No_record_is_left_behind_whichever_clock_is_wrong(int orgMinutesAhead, int dateMinutesAhead)
    {
        // Given
        var crm = new Crm(org =>
            (org.ClockSkew, org.DateSkew) = (TimeSpan.FromMinutes(orgMinutesAhead), TimeSpan.FromMinutes(dateMinutesAhead)));
        HashSet<string> ids = [];
        var position = crm.Put(1).After(TimeSpan.FromMinutes(20)).Read().End;
        // When
        for (var number = 2; number <= 30; number++)
        {
            var read = crm.Put(number).After(TimeSpan.FromMinutes(7)).Read(position);
            ids.UnionWith(read.Ids);
            position = read.End;
        }

        ids.UnionWith(crm.After(TimeSpan.FromHours(4)).Read(position).Ids);
        // Then
        Assert.Empty(Enumerable.Range(2, 29).Select(crm.Assets.Id).Except(ids));
    }

    [Fact]
    public void A_date_that_nothing_bears_out_is_told_with_what_is_read_meanwhile()
    {
        // Given
        var crm = new Crm(org => org.DateSkew = TimeSpan.FromHours(3)).Put(1).After(TimeSpan.FromMinutes(20));
        // When
        var read = crm.Read();
        // Then
        var notice = Assert.Single(read.Items.OfType<SourceNotice>());
        Assert.Equal("clock-ahead", notice.Code);
        Assert.Equal(
            "Salesforce's answers are dated 2026-11-04 15:20:00Z, and this machine's clock says 2026-11-04 12:20:00Z: until one of them "
                + "is set right, only what was changed before 2026-11-04 12:20:00Z is read; "
            + "check this machine's clock, and what stands in between",
            notice.Message);
        Assert.Equal([crm.Assets.Id(1)], read.Ids);
    }

    [Fact]
    public void A_machine_whose_clock_is_late_reads_what_the_newest_record_proves()
    {
        // Given
        var crm = new Crm(org =>
            org.ClockSkew = TimeSpan.FromHours(5)).Put(1).After(TimeSpan.FromMinutes(20)).Put(2).After(TimeSpan.FromMinutes(2)).Put(3);
        // When
        var read = crm.Read();
        // Then
        Assert.Equal([crm.Assets.Id(1), crm.Assets.Id(2)], read.Ids);
    }

    [Fact]
    public void Answers_without_a_date_cannot_bound_a_pass()
    {
        // Given
        var crm = new Crm().Put(1);
        crm.Network = org => new Rewriting(org, (_, response) => response.Headers.Date = null);
        // When
        var refusal = crm.Error();
        // Then
        Assert.StartsWith("Answers of Salesforce at emulated.my.salesforce.com tell no time; does a proxy in between take the header Date "
            + "away?", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void The_date_of_what_is_none_of_Salesforces_answers_does_not_count()
    {
        // Given
        var crm = new Crm().Put(1).After(TimeSpan.FromMinutes(20));
        var calls = 0;
        crm.Network = org => new Rewriting(org, (_, response) =>
        {
            if (++calls % 2 == 1)
            {
                response.StatusCode = System.Net.HttpStatusCode.BadGateway;
                response.Headers.Date = new DateTimeOffset(2036, 1, 1, 0, 0, 0, TimeSpan.Zero);
            }
        });
        // When
        var read = crm.Read();
        // Then
        Assert.Empty(read.Notices);
        Assert.Equal([crm.Assets.Id(1)], read.Ids);
    }
}
