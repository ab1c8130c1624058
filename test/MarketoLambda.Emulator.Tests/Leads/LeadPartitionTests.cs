using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Tests.Leads;

/// <summary>Partitions of leads.</summary>
public sealed class LeadPartitionTests
{
    private const string Leads = "/rest/v1/leads.json";

    [Fact]
    public async Task They_are_listed()
    {
        // Given
        using var marketo = await NewMarketoAsync(_ => { });
        // When
        var listed = await marketo.GetAsync("/rest/v1/leads/partitions.json");
        // Then
        Assert.Equal("""{"id":2,"name":"Europe","description":""}""", listed.Row(1).GetRawText());
    }

    [Theory]
    [InlineData("Default", "updated")]
    [InlineData("Europe", "1010")]
    public async Task A_lead_of_another_partition_is_skipped(string partition, string expected)
    {
        // Given
        using var marketo = await NewMarketoAsync(_ => { });
        await marketo.PostAsync(Leads, """{"input":[{"email":"a@x.org"}]}""");
        // When
        var answer = await marketo.PostAsync(Leads, $$"""{"partitionName":"{{partition}}","input":[{"email":"a@x.org"}]}""");
        // Then
        Assert.Equal(expected, answer.Status());
    }

    [Fact]
    public async Task A_lead_of_another_partition_may_be_no_match_instead()
    {
        // Given
        using var marketo = await NewMarketoAsync(options => options.Quirks.LeadLookupStaysInPartition = true);
        await marketo.PostAsync(Leads, """{"input":[{"email":"a@x.org"}]}""");
        // When
        var first = await marketo.PostAsync(Leads, """{"partitionName":"Europe","input":[{"email":"a@x.org"}]}""");
        var second = await marketo.PostAsync(Leads, """{"partitionName":"Europe","input":[{"email":"a@x.org"}]}""");
        // Then
        Assert.Equal(["created", "updated"], [first.Status(), second.Status()]);
        Assert.Equal(["1", "2"], marketo.Emulator.Find("lead", "a@x.org").Select(lead => lead["leadPartitionId"]));
    }

    [Theory]
    [InlineData("Asia", false, "1008")]
    [InlineData("Asia", true, "1008")]
    [InlineData("", false, "1009")]
    [InlineData("", true, "1009")]
    public async Task An_unknown_or_missing_name_refuses_the_call_or_skips_each_lead(string partition, bool skips, string code)
    {
        // Given
        using var marketo = await NewMarketoAsync(options =>
        {
            options.Quirks.PartitionNameIsRequired = true;
            options.Quirks.PartitionNameSkipsRecords = skips;
        });
        // When
        var answer = await marketo.PostAsync(Leads, $$"""{"partitionName":"{{partition}}","input":[{"email":"a@x.org"}]}""");
        // Then
        Assert.Equal(code, skips ? answer.Status() : answer.Code());
        Assert.Empty(marketo.Emulator.Records("lead"));
    }

    [Theory]
    [InlineData("updateOnly")]
    [InlineData("createDuplicate")]
    public async Task A_name_goes_with_createOnly_and_createOrUpdate_alone(string action)
    {
        // Given
        using var marketo = await NewMarketoAsync(_ => { });
        // When
        var answer = await marketo.PostAsync(
            Leads,
            $$"""{"action":"{{action}}","partitionName":"Europe","input":[{"email":"a@x.org"}]}""");
        // Then
        Assert.Equal("1003", answer.Code());
    }

    private static Task<SubscriptionUnderTest> NewMarketoAsync(Action<EmulatorOptions> configure) =>
        new SubscriptionUnderTest(options =>
        {
            options.LeadPartitions.Add(new LeadPartition(2, "Europe"));
            configure(options);
        }).SignInAsync();
}
