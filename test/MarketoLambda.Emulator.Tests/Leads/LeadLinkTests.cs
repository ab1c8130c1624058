using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.Emulator.Tests.Leads;

/// <summary>Links of custom objects to leads.</summary>
public sealed class LeadLinkTests
{
    [Theory]
    [InlineData("id", "1", "created")]
    [InlineData("id", "2", "1004")]
    [InlineData("email", "\"a@x.org\"", "created")]
    [InlineData("email", "\"b@x.org\"", "1004")]
    public async Task A_link_needs_a_lead_that_exists(string field, string value, string expected)
    {
        // Given
        using var marketo = await NewMarketoAsync(field);
        await marketo.PostAsync("/rest/v1/leads.json", """{"input":[{"email":"a@x.org"}]}""");
        // When
        var answer = await marketo.PostAsync("/rest/v1/customobjects/ticket_c.json", $$"""{"input":[{"name":"t","person":{{value}}}]}""");
        // Then
        Assert.Equal(expected, answer.Status());
    }

    [Fact]
    public async Task A_link_by_email_leads_to_the_person_updated_most_recently_as_an_author_on_partitions_saw()
    {
        // Given
        using var marketo = await NewMarketoAsync("email");
        marketo.Emulator.AddLead(7, "a@x.org");
        marketo.Emulator.AddLead(8, "a@x.org");
        marketo.Time.Advance(TimeSpan.FromSeconds(1));
        await marketo.PostAsync(
            "/rest/v1/leads.json",
            """{"action":"updateOnly","lookupField":"id","input":[{"id":7,"firstName":"Ada"}]}""");
        // When
        await marketo.PostAsync("/rest/v1/customobjects/ticket_c.json", """{"input":[{"name":"t","person":"a@x.org"}]}""");
        // Then
        Assert.Equal(7, marketo.Emulator.FindLinkedLead("ticket_c", "person", "t"));
        Assert.Null(marketo.Emulator.FindLinkedLead("ticket_c", "person", "u"));
    }

    private static async Task<SubscriptionUnderTest> NewMarketoAsync(string field)
    {
        var marketo = await new SubscriptionUnderTest().SignInAsync();
        marketo.Emulator.DefineObject("ticket_c", "Ticket", FieldDefinition.Key("name"), FieldDefinition.Link("person", "lead", field));
        return marketo;
    }
}
