using MarketoLambda.Sources.Salesforce.Client;
using MarketoLambda.Sources.Salesforce.Rows;
using MarketoLambda.Sources.Salesforce.Soql;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Tests.Salesforce;

public sealed class SoqlTextTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 4, 13, 0, 0, 700, TimeSpan.FromHours(1));

    [Fact]
    public void Times_are_whole_seconds_in_utc_and_the_filter_stands_in_brackets()
    {
        // Given
        SoqlText soql = new("Asset", ["Id", "Account.Name"], "Status = 'a'\nOR Status = 'b'");
        // When
        var text = soql.InOrder(Noon, Noon.AddDays(1), 2000);
        // Then
        Assert.Equal(
            "SELECT Id,Account.Name FROM Asset WHERE (Status = 'a' OR Status = 'b') AND SystemModstamp >= 2026-11-04T12:00:00Z AND "
                + "SystemModstamp < 2026-11-05T12:00:00Z ORDER BY SystemModstamp, Id LIMIT 2000",
            text);
        Assert.Equal(text.IndexOf("Status", StringComparison.Ordinal) + 1, soql.FilterColumn(text));
    }

    [Fact]
    public void Without_a_beginning_all_rows_are_meant()
    {
        // Given
        SoqlText soql = new("Asset", ["Id"], filter: null);
        // When
        var text = soql.Count(null, Noon);
        // Then
        Assert.Equal("SELECT COUNT() FROM Asset WHERE SystemModstamp < 2026-11-04T12:00:00Z", text);
        Assert.Null(soql.FilterColumn(text));
    }

    [Theory]
    [InlineData("02i000000000001AAA", "'02i000000000001AAA'")]
    [InlineData("a'b\\c", @"'a\'b\\c'")]
    public void Texts_are_escaped(string text, string literal) => Assert.Equal(literal, SoqlText.Quoted(text));

    [Fact]
    public void An_unknown_order_of_ids_stops_the_run_before_anything_is_skipped()
    {
        // Given
        SalesforceRow small = new(Noon, "02i00000000000aAAA", IsDeleted: false, []);
        SalesforceRow capital = new(Noon, "02i00000000000AAAQ", IsDeleted: false, []);
        PageOrder.CheckIds(capital, small);
        // When
        var refusal = Assert.Throws<SourceException>(() => PageOrder.CheckIds(small, capital));
        // Then
        Assert.StartsWith("Salesforce sorts record ids in an order this program does not know", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("double", "5.0", 5L)]
    [InlineData("currency", "-1E3", -1000L)]
    [InlineData("percent", "1e300", "1e300")]
    [InlineData("boolean", "true", true)]
    [InlineData("string", "5.0", "5.0")]
    [InlineData("string", "", null)]
    [InlineData("datetime", "no time", "no time")]
    public void Values_get_their_types(string type, string text, object? value) => Assert.Equal(value, SalesforceValue.Parse(type, text));

    [Theory]
    [InlineData("2026-11-23T18:05:00.250+0000")]
    [InlineData("2026-11-23T18:05:00.250Z")]
    [InlineData("2026-11-23T20:05:00.25+0200")]
    [InlineData("2026-11-23T20:05:00.25+02:00")]
    public void Both_ways_to_write_a_time_are_understood(string text) =>
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 18, 5, 0, 250, TimeSpan.Zero), SalesforceValue.Parse("datetime", text));
}
