using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Tests.Salesforce;

public sealed class DeletedTests
{
    [Fact]
    public void A_deleted_record_is_ignored_unless_the_job_says_otherwise()
    {
        // Given
        var crm = Deleted();
        // When
        var read = crm.Read();
        // Then
        Assert.Equal([crm.Assets.Id(1), crm.Assets.Id(3)], read.Ids);
    }

    [Fact]
    public void A_deleted_record_may_be_flagged_in_a_field()
    {
        // Given
        var crm = Deleted();
        crm.Section = "\"deleted\": \"flag\"";
        // When
        var read = crm.Read(columns: "Id,IsDeleted");
        // Then
        Assert.Equal(
            [(crm.Assets.Id(1), false), (crm.Assets.Id(3), false), (crm.Assets.Id(2), true)],
            read.Records.Select(record => ((string)record.Values[0]!, (bool)record.Values[1]!)));
        Assert.DoesNotContain(read.Records, record => record.IsDeletion);
    }

    [Fact]
    public void A_deleted_record_may_be_deleted_in_Marketo_with_its_place_in_the_order()
    {
        // Given
        var crm = Deleted();
        crm.Section = "\"deleted\": \"delete\"";
        // When
        var read = crm.Read();
        // Then
        Assert.Equal(
            [(crm.Assets.Id(1), false), (crm.Assets.Id(3), false), (crm.Assets.Id(2), true)],
            read.Records.Select(record => ((string)record.Values[0]!, record.IsDeletion)));
    }

    [Fact]
    public void Records_are_named_by_their_id()
    {
        // Given
        var crm = Deleted();
        // When
        var read = crm.Read();
        // Then
        Assert.Equal(new SourceLocation($"Asset {crm.Assets.Id(1)}", 0), read.Records[0].Location);
    }

    [Theory]
    [InlineData(
        "Id,Age__c",
        "changes of Age__c (computed by Salesforce) do not move a record's SystemModstamp, so they arrive only with its next own change; "
            + "set \"fullPassEveryDays\""
    )]
    [InlineData(
        "Id,Account.Name,Age__c",
        "changes of Age__c (computed by Salesforce) and Account.Name (taken from another record) do not move"
    )]
    public void Fields_whose_changes_cannot_be_seen_are_named_once(string columns, string notice)
    {
        // Given
        var crm = Deleted();
        // When
        var read = crm.Read(columns: columns);
        // Then
        Assert.StartsWith(notice, Assert.Single(read.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public void With_full_passes_they_are_no_surprise()
    {
        // Given
        var crm = Deleted();
        crm.Section = "\"fullPassEveryDays\": 7";
        // When
        var read = crm.Read(columns: "Id,Age__c");
        // Then
        Assert.Empty(read.Notices);
    }

    [Theory]
    [InlineData("delete", 16, true)]
    [InlineData("flag", 16, true)]
    [InlineData("delete", 14, false)]
    [InlineData("ignore", 16, false)]
    public void A_job_that_rested_longer_than_the_recycle_bin_keeps_is_told_what_it_may_have_missed(string rule, int days, bool isTold)
    {
        // Given
        var crm = Deleted();
        crm.Section = $"\"deleted\": \"{rule}\"";
        var first = crm.Read();
        // When
        var second = crm.After(TimeSpan.FromDays(days)).Read(first.End);
        // Then
        Assert.Equal(
            isTold,
            second
                .Items.OfType<SourceNotice>()
                .Any(notice =>
                    notice is { Code: "deletions-unseen" }
                    && notice.Message.Contains("keeps deleted records for 15 days only", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_job_that_follows_deletions_is_told_once_which_ones_leave_no_trace()
    {
        // Given
        var crm = Deleted();
        crm.Section = "\"deleted\": \"delete\"";
        // When
        var first = crm.Read();
        var second = crm.After(TimeSpan.FromMinutes(5)).Read(first.End);
        // Then
        Assert.Equal("hard-deletes-unseen", Assert.Single(first.Items.OfType<SourceNotice>()).Code);
        Assert.Empty(second.Notices);
    }

    [Fact]
    public void Fields_may_be_named_twice_and_in_any_casing()
    {
        // Given
        var crm = Deleted();
        // When
        var read = crm.Read(columns: "id,ID,serialnumber,systemmodstamp,account.name");
        // Then
        Assert.Equal([crm.Assets.Id(1), crm.Assets.Id(1), "sn-1", crm.Assets.SecondOf(1), null], read.Records[0].Values);
    }

    private static Crm Deleted()
    {
        var crm = new Crm().Put(1).Put(2).After(TimeSpan.FromSeconds(1)).Put(3).After(TimeSpan.FromSeconds(1));
        crm.Assets.Delete(2);
        return crm.After(TimeSpan.FromMinutes(5));
    }
}
